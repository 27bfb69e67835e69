import type { FunctionId, Target } from '../../core/python-index.ts';
import type { OutlineCall } from '../../core/python-outline.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { ownNameOf } from '../python/known-name.ts';
import { findClientEvents, type ClientEvents, type NamedCall } from './client-events.ts';
import type { Entity, ExternalEntity } from './entity.ts';
import type { Evaluator } from './evaluate.ts';
import type { OutlineStore, StoredFile } from './outline-store.ts';

/** What the calls of one file turn out to be: parallel lists, in source order. */
export interface FileLinks {
  /** Positions in the outline's calls, and the functions that they call. */
  readonly edgeCalls: readonly number[];
  readonly callees: readonly FunctionId[];
  /** Positions in the outline's calls whose callee only the index could name, and what that is. */
  readonly externalCalls: readonly number[];
  readonly externals: readonly ExternalEntity[];
  /** Calls of what the user has taught of the workspace itself, with its taught names. */
  readonly taught?: readonly { readonly position: number; readonly name: string }[];
  /** Positions of calls that nobody can name. */
  readonly unknownCalls: readonly number[];
  /** What the file does with HTTP clients. */
  readonly clients: ClientEvents;
}

/** What a call calls; a method that a subclass in the workspace overrides is unknown. */
export function calleeEntity(
  evaluator: Evaluator,
  path: string,
  call: Pick<OutlineCall, 'callee' | 'calleeText'>,
): Entity | undefined {
  const entity = evaluator.value(path, call.callee);
  if (entity?.kind !== 'function') return entity;
  const found = evaluator.functionOf(entity.id);
  if (!found) return undefined;
  const { kind } = evaluator.decorationOf(entity.id);
  if (kind === 'open' || kind === 'property') return undefined;
  const { qualifiedName } = found.fact;
  if (found.fact.class < 0 || entity.receiver || !call.callee.symbol.startsWith(':')) return entity;
  // The file itself has named the method, of an object that may be of a subclass.
  const dot = qualifiedName.lastIndexOf('.');
  const owner = { path: found.path, name: qualifiedName.slice(0, dot) };
  const isByClass = call.calleeText.startsWith(`${owner.name}.`);
  const isSuper = call.callee.symbol.includes('<super>');
  return !isByClass && !isSuper && evaluator.isOverridden(owner, qualifiedName.slice(dot + 1)) ? undefined : entity;
}

/** Functions that run when something is called: itself, or the constructor of a class. */
export function calledFunction(evaluator: Evaluator, callee: Entity | undefined): FunctionId | undefined {
  switch (callee?.kind) {
    case 'function':
      return callee.id;
    case 'class': {
      const made = { kind: 'instance', path: callee.path, name: callee.name, exact: true } as const;
      const constructor = evaluator.member(made, '__init__');
      return constructor?.kind === 'function' ? constructor.id : undefined;
    }
    case 'instance': {
      const method = evaluator.member(callee, '__call__');
      return method?.kind === 'function' ? method.id : undefined;
    }
    case 'external':
    case 'manager':
    case 'module':
    case 'super':
    case undefined:
      return undefined;
  }
}

/** Follows all calls of a file. */
export function linkFile(evaluator: Evaluator, { path, outline }: StoredFile, knowledge: Knowledge): FileLinks {
  const edgeCalls: number[] = [];
  const callees: FunctionId[] = [];
  const externalCalls: number[] = [];
  const externals: ExternalEntity[] = [];
  const taught: { position: number; name: string }[] = [];
  const unknownCalls: number[] = [];
  const named: NamedCall[] = [];
  outline.calls.forEach((call, position) => {
    const callee = calleeEntity(evaluator, path, call);
    if (callee?.kind === 'external') {
      const isOwn = callee.symbol === call.callee.symbol;
      named.push({ call, target: callee, isOwn });
      if (isOwn) return;
      externalCalls.push(position);
      externals.push(callee);
      return;
    }
    const name = taughtName(evaluator, callee, knowledge);
    if (name !== undefined && name !== call.callee.symbol) taught.push({ position, name });
    const called = calledFunction(evaluator, callee);
    if (called === undefined) {
      if (callee?.kind !== 'class') unknownCalls.push(position);
      return;
    }
    edgeCalls.push(position);
    callees.push(called);
  });
  const clients = findClientEvents(evaluator, outline, named, knowledge);
  const links = { edgeCalls, callees, externalCalls, externals, unknownCalls, clients };
  return taught.length === 0 ? links : { ...links, taught };
}

/** The name under which the user has taught what a definition of the workspace does. */
function taughtName(evaluator: Evaluator, callee: Entity | undefined, { isOwn }: Knowledge): string | undefined {
  if (!isOwn) return undefined;
  if (callee?.kind === 'class') return ownNameOf(callee.name, callee.path, isOwn);
  const found = callee?.kind === 'function' ? evaluator.functionOf(callee.id) : undefined;
  return found && ownNameOf(found.fact.qualifiedName, found.path, isOwn);
}

/** An entity in the terms of the index. */
export function toTarget(entity: Entity | undefined, store: OutlineStore): Target | undefined {
  switch (entity?.kind) {
    case 'function': {
      const place = store.placeOf(entity.id);
      return place && { kind: 'function', path: place.path, function: place.index };
    }
    case 'class':
    case 'instance': {
      const definition = store.get(entity.path)?.definitions.get(entity.name);
      if (definition?.kind !== 'class') return undefined;
      const origin = entity.kind === 'instance' && entity.origin ? { origin: entity.origin } : {};
      return { kind: entity.kind, path: entity.path, class: definition.index, ...origin };
    }
    case 'module':
      return entity.module.path === undefined ? undefined : { kind: 'module', path: entity.module.path };
    case 'external': {
      const { symbol, origin, partial, inheritedBy } = entity;
      const definition = inheritedBy && store.get(inheritedBy.path)?.definitions.get(inheritedBy.name);
      return {
        kind: 'external',
        symbol,
        ...(origin && { origin }),
        ...(partial && { partial }),
        ...(inheritedBy && { inheritedBy: { path: inheritedBy.path, class: definition?.index ?? -1 } }),
      };
    }
    case 'manager':
    case 'super':
    case undefined:
      return undefined;
  }
}
