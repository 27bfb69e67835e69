import type { ClassRef, Entity } from './entity.ts';
import type { Evaluator } from './evaluate.ts';
import type { OutlineStore, StoredFile } from './outline-store.ts';
import type { KeyNumber, Tracker } from './tracker.ts';
import type { Keys } from './keys.ts';

/** What takes the place of a definition: a member that a subclass defines again, a name that a program assigns anew. */
export interface Overriding {
  /** Whether a subclass in the workspace has a member of that name, too. */
  readonly isOverridden: (owner: ClassRef, member: string) => boolean;
  /** Whether code outside of the module or class sets the name: `prices.price_of = …`, `Catalogue.read = …`. */
  readonly isPatched: (path: string, name: string) => boolean;
  /** Takes in a file as it is now. @returns keys of what was not replaced before, or no longer is */
  update(path: string): readonly KeyNumber[];
  clear(): void;
}

/**
 * Opens a register that knows no file yet.
 * @param tracker notes who asks
 * @param plain looks at the files as if nothing were replaced, so that the order of changes makes no difference
 */
export function createOverriding(
  { store, tracker, keys }: { readonly store: OutlineStore; readonly tracker: Tracker; readonly keys: Keys },
  plain: Evaluator,
): Overriding {
  /** How many replace a thing, by its key. */
  const counts = new Map<KeyNumber, number>();
  const added = new Map<string, readonly KeyNumber[]>();

  const ancestorsOf = (ref: ClassRef): readonly ClassRef[] =>
    plain.hierarchy.orderOf(ref).flatMap(one => (one.kind === 'class' && !isSameClass(one, ref) ? [one] : []));
  const redefined = ({ path, outline }: StoredFile): readonly KeyNumber[] =>
    outline.classes.flatMap(({ qualifiedName, bases, methods, attributes }) => {
      // Most classes have no base class, and those that have one mostly have none of the workspace.
      const ancestors = bases.length === 0 ? [] : ancestorsOf({ path, name: qualifiedName });
      if (ancestors.length === 0) return [];
      const inner = outline.classes.flatMap(one => innerName(one.qualifiedName, qualifiedName));
      const members = new Set([...Object.keys(methods), ...Object.keys(attributes), ...inner]);
      return ancestors.flatMap(ancestor => [...members].map(member => keys.override(ancestor, member)));
    });
  const patched = ({ path, outline }: StoredFile): readonly KeyNumber[] =>
    // A test replaces things for its own time alone.
    outline.kind === 'test'
      ? []
      : outline.assigned.flatMap(({ object, name }) => keysOf(plain.value(path, object), name));
  const keysOf = (object: Entity | undefined, name: string): readonly KeyNumber[] => {
    if (object?.kind === 'module')
      return object.module.path === undefined ? [] : [keys.patch(object.module.path, name)];
    if (object?.kind !== 'class' && object?.kind !== 'instance') return [];
    const ancestors = ancestorsOf(object);
    return [
      keys.patch(object.path, `${object.name}.${name}`),
      ...ancestors.map(ancestor => keys.override(ancestor, name)),
    ];
  };
  const isReplaced = (key: KeyNumber): boolean => {
    tracker.read(key);
    return (counts.get(key) ?? 0) > 0;
  };
  return {
    isOverridden: (owner, member) => isReplaced(keys.override(owner, member)),
    isPatched: (path, name) => isReplaced(keys.patch(path, name)),
    update: path => {
      const file = store.get(path);
      const before = added.get(path) ?? [];
      const after = file ? [...redefined(file), ...patched(file)] : [];
      const touched = new Map([...before, ...after].map(key => [key, (counts.get(key) ?? 0) > 0]));
      for (const key of before) counts.set(key, (counts.get(key) ?? 0) - 1);
      for (const key of after) counts.set(key, (counts.get(key) ?? 0) + 1);
      if (after.length > 0) added.set(path, after);
      else added.delete(path);
      const toggled = [...touched].filter(([key, was]) => (counts.get(key) ?? 0) > 0 !== was).map(([key]) => key);
      for (const key of touched.keys()) if (counts.get(key) === 0) counts.delete(key);
      return toggled;
    },
    clear: () => {
      counts.clear();
      added.clear();
    },
  };
}

/** `Meta` of `Book.Meta`, in `Book`. */
function innerName(inner: string, outer: string): readonly string[] {
  const name = inner.startsWith(`${outer}.`) ? inner.slice(outer.length + 1) : '';
  return name === '' || name.includes('.') ? [] : [name];
}

function isSameClass(left: ClassRef, right: ClassRef): boolean {
  return left.path === right.path && left.name === right.name;
}
