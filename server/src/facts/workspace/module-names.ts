import type { Value } from '../../core/python-facts.ts';
import { BUILTIN_NAMES } from '../python/builtins.ts';
import { agreed, type Entity } from './entity.ts';
import type { Keys } from './keys.ts';
import type { ModuleMap, WorkspaceModule } from './module-map.ts';
import type { OutlineStore } from './outline-store.ts';
import type { Tracker } from './tracker.ts';

/** Looks up the names of modules. Unknown is `undefined`. */
export interface ModuleNames {
  /** A function or class by its qualified name; `null`: there are several, or it is replaced. */
  definition(path: string, name: string): Entity | null | undefined;
  /** What a name means inside of its file, builtins included. */
  ownName(path: string, name: string): Entity | undefined;
  /** What a package calls by a name, and its submodule of that name. */
  moduleMember(module: WorkspaceModule, name: string): readonly [Entity | undefined, Entity | undefined];
}

/** What the look-up asks of the index around it. */
export interface NameContext {
  readonly store: OutlineStore;
  readonly tracker: Tracker;
  readonly keys: Keys;
  readonly modules: () => ModuleMap;
  readonly isPatched: (path: string, name: string) => boolean;
  readonly value: (path: string, value: Value) => Entity | undefined;
}

/** Builds the look-up of one workspace. */
export function createModuleNames({
  store,
  tracker,
  keys,
  modules,
  isPatched,
  value: evaluateValue,
}: NameContext): ModuleNames {
  function definition(path: string, name: string): Entity | null | undefined {
    tracker.read(keys.definition(path, name));
    const file = store.get(path);
    const found = file?.definitions.get(name);
    if (!found) return found;
    if (isPatched(path, name)) return null;
    if (found.kind === 'class') return { kind: 'class', path, name };
    const id = file?.ids[found.index];
    return id === undefined ? undefined : { kind: 'function', id };
  }

  function ownName(path: string, name: string): Entity | undefined {
    return moduleName(path, name) ?? (BUILTIN_NAMES.has(name) && !hasForeignStar(path) ? external(name) : undefined);
  }

  function external(name: string): Entity {
    return { kind: 'external', symbol: `builtins.${name}` };
  }

  function moduleMember(module: WorkspaceModule, name: string): readonly [Entity | undefined, Entity | undefined] {
    const inner = modules().child(module, name);
    const named = module.path === undefined ? undefined : moduleName(module.path, name);
    return [named, inner && { kind: 'module', module: inner }];
  }

  /** What a module binds a name to, star imports included. */
  function moduleName(path: string, name: string): Entity | undefined {
    return tracker.memo('name', path, name, () => {
      tracker.read(keys.name(path, name));
      const outline = store.get(path)?.outline;
      if (!outline || isPatched(path, name)) return undefined;
      if (Object.hasOwn(outline.names, name)) {
        const value = outline.names[name];
        return value ? evaluateValue(path, value) : undefined;
      }
      return starName(path, name);
    });
  }

  function starName(path: string, name: string): Entity | undefined {
    tracker.read(keys.stars(path));
    const found: Entity[] = [];
    for (const star of store.get(path)?.outline.stars ?? []) {
      const module = modules().find(path, star);
      // A library's names may take the place of what came before.
      if (!module) found.length = 0;
      else if (module.path !== undefined && isExported(module.path, name)) {
        const entity = moduleName(module.path, name);
        if (!entity) return undefined;
        found.push(entity);
      }
    }
    return agreed(found);
  }

  function isExported(path: string, name: string): boolean {
    return (
      tracker.memo('exported', path, name, () => {
        tracker.read(keys.stars(path));
        tracker.read(keys.name(path, name));
        const outline = store.get(path)?.outline;
        if (!outline) return false;
        if (outline.exports) return outline.exports.includes(name);
        if (outline.exports === undefined && name.startsWith('_')) return false;
        if (Object.hasOwn(outline.names, name)) return true;
        return outline.stars.some(star => {
          const module = modules().find(path, star);
          return module?.path !== undefined && isExported(module.path, name);
        });
      }) ?? false
    );
  }

  function hasForeignStar(path: string): boolean {
    tracker.read(keys.stars(path));
    return store.get(path)?.outline.stars.some(star => modules().find(path, star)?.path === undefined) ?? false;
  }

  return { definition, ownName, moduleMember };
}
