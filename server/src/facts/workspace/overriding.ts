import type { ClassHierarchy } from './class-hierarchy.ts';
import type { ClassRef } from './entity.ts';
import type { OutlineStore } from './outline-store.ts';
import type { Tracker } from './tracker.ts';

/** Which members of classes are defined again in subclasses. */
export interface Overriding {
  isOverridden(owner: ClassRef, member: string): boolean;
  /** Takes in the classes of a file as they are now. @returns keys of what was not overridden before, or no longer is */
  update(path: string): readonly string[];
  clear(): void;
}

/** Opens a register that knows no class yet. */
export function createOverriding(store: OutlineStore, tracker: Tracker, hierarchy: () => ClassHierarchy): Overriding {
  /** How many subclasses define a member, by `path\0class\0member` of the base class. */
  const counts = new Map<string, number>();
  const added = new Map<string, readonly string[]>();

  const contributionOf = (path: string): readonly string[] =>
    (store.get(path)?.outline.classes ?? []).flatMap(({ qualifiedName, methods, attributes }) => {
      const [, ...ancestors] = hierarchy().orderOf({ path, name: qualifiedName });
      const members = new Set([...Object.keys(methods), ...Object.keys(attributes)]);
      return ancestors.flatMap(ancestor =>
        ancestor.kind === 'class' ? [...members].map(member => `${ancestor.path}\0${ancestor.name}\0${member}`) : [],
      );
    });
  return {
    isOverridden: ({ path, name }, member) => {
      const key = `${path}\0${name}\0${member}`;
      tracker.read(`O\0${key}`);
      return (counts.get(key) ?? 0) > 0;
    },
    update: path => {
      const before = added.get(path) ?? [];
      const after = contributionOf(path);
      for (const key of before) counts.set(key, (counts.get(key) ?? 0) - 1);
      for (const key of after) counts.set(key, (counts.get(key) ?? 0) + 1);
      if (after.length > 0) added.set(path, after);
      else added.delete(path);
      const old = new Set(before);
      const now = new Set(after);
      const toggled = [...old].filter(key => !now.has(key)).concat([...now].filter(key => !old.has(key)));
      for (const key of toggled) if (counts.get(key) === 0) counts.delete(key);
      return toggled.map(key => `O\0${key}`);
    },
    clear: () => {
      counts.clear();
      added.clear();
    },
  };
}
