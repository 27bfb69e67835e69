import type { FunctionId } from '../../core/python-index.ts';
import type { CallRef } from '../../core/python-facts.ts';
import type { WorkspaceModule } from './module-map.ts';

/** A class of the workspace, by its qualified name: indices move with edits. */
export interface ClassRef {
  readonly path: string;
  readonly name: string;
}

export type ClassEntity = { readonly kind: 'class' } & ClassRef;

export type InstanceEntity = {
  readonly kind: 'instance';
  /** Whether it is known to be of this very class, and not of a subclass. */
  readonly exact: boolean;
  readonly origin?: CallRef;
} & ClassRef;

export interface FunctionEntity {
  readonly kind: 'function';
  readonly id: FunctionId;
  /** What it is bound to. */
  readonly receiver?: InstanceEntity | ClassEntity;
}

export interface ExternalEntity {
  readonly kind: 'external';
  readonly symbol: string;
  readonly origin?: CallRef;
  readonly partial?: CallRef;
  readonly inheritedBy?: ClassRef;
}

/** What an expression stands for when all files are looked at. */
export type Entity =
  | { readonly kind: 'module'; readonly module: WorkspaceModule }
  | ClassEntity
  | InstanceEntity
  /** `super()` inside of a class. */
  | ({ readonly kind: 'super' } & ClassRef)
  | FunctionEntity
  /** What a function with `@contextmanager` gives back; `with` binds what it yields. */
  | { readonly kind: 'manager'; readonly function: FunctionEntity }
  | ExternalEntity;

/** The one thing that all are; its origin only where that is the same too. */
export function agreed(entities: readonly (Entity | undefined)[]): Entity | undefined {
  const [first, ...others] = entities;
  if (!first) return undefined;
  let result = first;
  for (const other of others) {
    const both = other && agreedPair(result, other);
    if (!both) return undefined;
    result = both;
  }
  return result;
}

function agreedPair(left: Entity, right: Entity): Entity | undefined {
  if (left.kind === 'external' && right.kind === 'external') {
    if (left.symbol !== right.symbol || left.inheritedBy || right.inheritedBy) return undefined;
    const isOne = isSameCall(left.origin, right.origin) && isSameCall(left.partial, right.partial);
    return isOne ? left : { kind: 'external', symbol: left.symbol };
  }
  if (left.kind === 'instance' && right.kind === 'instance') {
    if (left.path !== right.path || left.name !== right.name) return undefined;
    return isSameCall(left.origin, right.origin)
      ? left
      : { kind: 'instance', path: left.path, name: left.name, exact: left.exact && right.exact };
  }
  return isSame(left, right) ? left : undefined;
}

/** Whether two entities are the same thing, origins left out. */
export function isSame(left: Entity, right: Entity): boolean {
  switch (left.kind) {
    case 'module':
      return (
        right.kind === 'module' && left.module.path === right.module.path && left.module.folder === right.module.folder
      );
    case 'class':
    case 'super':
    case 'instance':
      return right.kind === left.kind && left.path === right.path && left.name === right.name;
    case 'function':
      return right.kind === 'function' && left.id === right.id;
    case 'manager':
      return right.kind === 'manager' && left.function.id === right.function.id;
    case 'external':
      return right.kind === 'external' && left.symbol === right.symbol;
  }
}

function isSameCall(left: CallRef | undefined, right: CallRef | undefined): boolean {
  return left?.path === right?.path && left?.call === right?.call;
}
