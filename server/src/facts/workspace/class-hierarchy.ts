import type { OutlineClass } from '../../core/python-outline.ts';
import type { ClassRef, Entity } from './entity.ts';
import type { OutlineStore } from './outline-store.ts';
import type { Keys } from './keys.ts';
import type { PackedOutline } from './outline/pack-outline.ts';
import type { ClassHead } from './outline/packed-head.ts';
import type { Tracker } from './tracker.ts';

/** One step of a method resolution order. `open`: a base class that nobody knows. */
export type Ancestor =
  | ({ readonly kind: 'class' } & ClassRef)
  | { readonly kind: 'external'; readonly symbol: string }
  | { readonly kind: 'open' };

/** Answers questions about the classes of the workspace. */
export interface ClassHierarchy {
  classOf(ref: ClassRef): OutlineClass | undefined;
  /** A class in the body of a class; `null`: there are several. */
  innerOf(ref: ClassRef, name: string): ClassRef | null | undefined;
  /** Method resolution order, the class itself first; base classes that define nothing are left out. */
  orderOf(ref: ClassRef): readonly Ancestor[];
  /** Notes that an answer depends on whether and how a class defines a member. */
  readMember(ref: ClassRef, member: string): void;
}

/** Base classes that bring no attributes which a program would mean to use. */
const BARE: ReadonlySet<string> = new Set([
  'builtins.object',
  'abc.ABC',
  'typing.Generic',
  'typing.Protocol',
  'typing_extensions.Protocol',
  'typing.NamedTuple',
  'typing.TypedDict',
  'enum.Enum',
  'pydantic.BaseModel',
  'pydantic.BaseSettings',
  'pydantic_settings.BaseSettings',
  'sqlmodel.SQLModel',
]);

/**
 * @param entityOf what a symbol of a file stands for
 */
export function createClassHierarchy(
  { store, tracker, keys }: { readonly store: OutlineStore; readonly tracker: Tracker; readonly keys: Keys },
  entityOf: (path: string, symbol: string) => Entity | undefined,
): ClassHierarchy {
  const findClass = ({
    path,
    name,
  }: ClassRef): { readonly outline: PackedOutline; readonly index: number } | undefined => {
    tracker.read(keys.definition(path, name));
    const file = store.get(path);
    const definition = file?.definitions.get(name);
    return file && definition?.kind === 'class' ? { outline: file.outline, index: definition.index } : undefined;
  };
  const classOf = (ref: ClassRef): OutlineClass | undefined => {
    const found = findClass(ref);
    return found?.outline.classes[found.index];
  };
  const headOf = (ref: ClassRef): ClassHead | undefined => {
    const found = findClass(ref);
    return found?.outline.head.classes[found.index];
  };
  const basesOf = (ref: ClassRef): readonly Ancestor[] =>
    (headOf(ref)?.bases ?? []).map((base): Ancestor => {
      const entity = base ? entityOf(ref.path, base.symbol) : undefined;
      if (entity?.kind === 'class') return { kind: 'class', path: entity.path, name: entity.name };
      return entity?.kind === 'external' ? { kind: 'external', symbol: entity.symbol } : { kind: 'open' };
    });
  const orderOf = (ref: ClassRef): readonly Ancestor[] =>
    tracker.memo('order', ref.path, ref.name, () => {
      const bases = basesOf(ref).filter(base => base.kind !== 'external' || !BARE.has(base.symbol));
      const orders = bases.map(base => (base.kind === 'class' ? orderOf(base) : [base]));
      const merged = merge([...orders, bases]) ?? [OPEN];
      return [{ kind: 'class' as const, path: ref.path, name: ref.name }, ...merged];
    }) ?? [OPEN];
  return {
    classOf,
    innerOf: ({ path, name: outer }, name) => {
      const inner = { path, name: `${outer}.${name}` };
      tracker.read(keys.definition(path, inner.name));
      const definition = store.get(path)?.definitions.get(inner.name);
      if (definition === null) return null;
      return definition?.kind === 'class' ? inner : undefined;
    },
    orderOf,
    readMember: (ref, member) => {
      tracker.read(keys.member(ref, member));
    },
  };
}

const OPEN: Ancestor = { kind: 'open' };

/** C3: each class before its own bases, and bases in the order in which they are written; undefined when there is none. */
function merge(lists: readonly (readonly Ancestor[])[]): readonly Ancestor[] | undefined {
  const merged: Ancestor[] = [];
  let rest = lists.filter(list => list.length > 0);
  while (rest.length > 0) {
    const heads = rest.flatMap(list => list.slice(0, 1));
    const next = heads.find(head => !rest.some(list => list.slice(1).some(other => isSameAncestor(head, other))));
    if (!next) return undefined;
    merged.push(next);
    // Behind an unknown class nothing is certain, not even the order.
    if (next.kind === 'open') return merged;
    rest = rest.map(list => list.filter(other => !isSameAncestor(other, next))).filter(list => list.length > 0);
  }
  return merged;
}

function isSameAncestor(left: Ancestor, right: Ancestor): boolean {
  if (left.kind === 'class') return right.kind === 'class' && left.path === right.path && left.name === right.name;
  if (left.kind === 'external') return right.kind === 'external' && left.symbol === right.symbol;
  return right.kind === 'open';
}
