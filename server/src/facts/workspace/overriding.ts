import type { ClassRef, Entity } from './entity.ts';
import type { Evaluator } from './evaluate.ts';
import type { OutlineStore, StoredFile } from './outline-store.ts';
import type { PackedOutline } from './outline/pack-outline.ts';
import type { KeyNumber, Tracker } from './tracker.ts';
import type { Keys } from './keys.ts';

/** What takes the place of a definition: a member that a subclass defines again, a name that a program assigns anew. */
export interface Overriding {
  /** Whether a subclass in the workspace has a member of that name, too. */
  readonly isOverridden: (owner: ClassRef, member: string) => boolean;
  /** Whether code outside of the module or class sets the name: `prices.price_of = …`, `Catalogue.read = …`. */
  readonly isPatched: (path: string, name: string) => boolean;
  /** Takes in a file as it is now, before anybody has asked. */
  add(path: string): void;
  /** Takes in a file as it is now. @returns keys of what was not replaced before, or no longer is */
  update(path: string): readonly KeyNumber[];
  clear(): void;
}

/** A class with ancestors in the workspace. */
interface Subclass {
  readonly ancestors: readonly ClassRef[];
  /** Names in its body, looked at when somebody asks. */
  readonly members: () => ReadonlySet<string>;
}

/** What one file replaces. */
interface Replacements {
  readonly subclasses: readonly Subclass[];
  /** Keys of the names that it sets from outside. */
  readonly patches: readonly KeyNumber[];
}

const NOTHING: Replacements = { subclasses: [], patches: [] };

/**
 * Opens a register that knows no file yet.
 * @param tracker notes who asks
 * @param plain looks at the files as if nothing were replaced, so that the order of changes makes no difference
 */
export function createOverriding(
  { store, tracker, keys }: { readonly store: OutlineStore; readonly tracker: Tracker; readonly keys: Keys },
  plain: Evaluator,
): Overriding {
  /** How many files set a name from outside, by its key. */
  const counts = new Map<KeyNumber, number>();
  const subclasses = new Map<KeyNumber, Set<Subclass>>();
  const known = new Map<string, Replacements>();

  const ancestorsOf = (ref: ClassRef): readonly ClassRef[] =>
    plain.hierarchy.orderOf(ref).flatMap(one => (one.kind === 'class' && !isSameClass(one, ref) ? [one] : []));
  const subclassesIn = ({ path, outline }: StoredFile): readonly Subclass[] =>
    outline.head.classes.flatMap(({ qualifiedName, bases }, index) => {
      // Most classes have no base class, and those that have one mostly have none of the workspace.
      const ancestors = bases.length === 0 ? [] : ancestorsOf({ path, name: qualifiedName });
      return ancestors.length === 0 ? [] : [{ ancestors, members: membersLater(outline, index) }];
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
  const isSet = (key: KeyNumber): boolean => (counts.get(key) ?? 0) > 0;
  const isRedefined = (owner: ClassRef, member: string): boolean => {
    for (const { members } of subclasses.get(keys.class(owner)) ?? []) if (members().has(member)) return true;
    return false;
  };
  const isOverridden = (owner: ClassRef, member: string): boolean =>
    isSet(keys.override(owner, member)) || isRedefined(owner, member);
  const take = ({ subclasses: added, patches }: Replacements): void => {
    for (const one of added) {
      for (const ancestor of one.ancestors) {
        const key = keys.class(ancestor);
        const others = subclasses.get(key);
        if (others) others.add(one);
        else subclasses.set(key, new Set([one]));
      }
    }
    for (const key of patches) counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  const drop = ({ subclasses: gone, patches }: Replacements): void => {
    for (const one of gone) {
      for (const ancestor of one.ancestors) {
        const key = keys.class(ancestor);
        const others = subclasses.get(key);
        others?.delete(one);
        if (others?.size === 0) subclasses.delete(key);
      }
    }
    for (const key of patches) {
      const left = (counts.get(key) ?? 0) - 1;
      if (left > 0) counts.set(key, left);
      else counts.delete(key);
    }
  };
  /** What files may replace, by its key, with whether it is replaced at the moment. */
  const stateOf = (all: readonly Replacements[]): ReadonlyMap<KeyNumber, boolean> => {
    const states = new Map<KeyNumber, boolean>();
    for (const { subclasses: added, patches } of all) {
      for (const key of patches) states.set(key, isSet(key));
      for (const { ancestors, members } of added) {
        for (const ancestor of ancestors) {
          for (const member of members()) states.set(keys.override(ancestor, member), isOverridden(ancestor, member));
        }
      }
    }
    return states;
  };
  const replace = (path: string, before: Replacements, after: Replacements): void => {
    drop(before);
    take(after);
    if (after.subclasses.length + after.patches.length > 0) known.set(path, after);
    else known.delete(path);
  };
  const replacementsIn = (path: string): Replacements => {
    const file = store.get(path);
    return file ? { subclasses: subclassesIn(file), patches: patched(file) } : NOTHING;
  };
  return {
    isOverridden: (owner, member) => {
      tracker.read(keys.override(owner, member));
      return isOverridden(owner, member);
    },
    isPatched: (path, name) => {
      const key = keys.patch(path, name);
      tracker.read(key);
      return isSet(key);
    },
    add: path => {
      replace(path, known.get(path) ?? NOTHING, replacementsIn(path));
    },
    update: path => {
      const before = known.get(path) ?? NOTHING;
      const after = replacementsIn(path);
      const touched = [
        { subclasses: othersThan(before.subclasses, after.subclasses), patches: before.patches },
        { subclasses: othersThan(after.subclasses, before.subclasses), patches: after.patches },
      ];
      const old = stateOf(touched);
      replace(path, before, after);
      const now = stateOf(touched);
      return [...old].filter(([key, state]) => now.get(key) !== state).map(([key]) => key);
    },
    clear: () => {
      counts.clear();
      subclasses.clear();
      known.clear();
    },
  };
}

/** Members of a class, and classes in its body. */
function membersLater(outline: PackedOutline, index: number): () => ReadonlySet<string> {
  let found: ReadonlySet<string> | undefined;
  return () => {
    if (found) return found;
    const { qualifiedName, methods, attributes } = outline.classes[index] ?? NO_CLASS;
    const inner = outline.head.classes.flatMap(one => innerName(one.qualifiedName, qualifiedName));
    return (found = new Set([...Object.keys(methods), ...Object.keys(attributes), ...inner]));
  };
}

const NO_CLASS = { qualifiedName: '', methods: {}, attributes: {} };

/** Classes that another list does not have in the same way. */
function othersThan(classes: readonly Subclass[], others: readonly Subclass[]): readonly Subclass[] {
  const known = new Set(others.map(textOf));
  return classes.filter(one => !known.has(textOf(one)));
}

function textOf({ ancestors, members }: Subclass): string {
  return JSON.stringify([ancestors, [...members()]]);
}

/** `Meta` of `Book.Meta`, in `Book`. */
function innerName(inner: string, outer: string): readonly string[] {
  const name = inner.startsWith(`${outer}.`) ? inner.slice(outer.length + 1) : '';
  return name === '' || name.includes('.') ? [] : [name];
}

function isSameClass(left: ClassRef, right: ClassRef): boolean {
  return left.path === right.path && left.name === right.name;
}
