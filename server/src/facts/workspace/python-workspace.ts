import type { BlockedCalls } from '../../core/blocked-call.ts';
import type { Symbol } from '../../core/python-facts.ts';
import type {
  FunctionId,
  PythonIndex,
  PythonWorkspace,
  Summaries,
  SummaryAnalysis,
  Target,
} from '../../core/python-index.ts';
import type { PythonOutline } from '../../core/python-outline.ts';
import { shippedKnowledge, type Knowledge } from '../../knowledge/knowledge.ts';
import { blockingAnalysis, createBlockingAnalysis } from '../effects/blocking-analysis.ts';
import { findBlockedCalls } from '../effects/find-blocked-calls.ts';
import { calleeEntity, toTarget } from './callee.ts';
import { createCallGraph } from './call-graph.ts';
import { createClientRegister } from './client-register.ts';
import { createEvaluator, type Evaluator } from './evaluate.ts';
import { changedKeys, interfaceOf } from './interface-keys.ts';
import { createKeys } from './keys.ts';
import { linkCalls } from './link-calls.ts';
import { linkNames, type FileNames } from './link-names.ts';
import { linkedNamesOf, type LinkedNames } from './linked-names.ts';
import { createModuleMap, type ModuleMap } from './module-map.ts';
import { createOutlineStore, type StoredFile } from './outline-store.ts';
import { createOverriding } from './overriding.ts';
import { createReaders } from './readers.ts';
import { createSummaries, type LiveSummaries } from './summaries.ts';
import { createTracker, type KeyNumber, type Source } from './tracker.ts';

/** Changes of the Python files of a workspace. */
export interface PythonChanges {
  /** Outlines that are new or other than before, packed or not. */
  readonly put: Iterable<PythonOutline | Uint8Array>;
  readonly removed: Iterable<string>;
}

/** The Python side of a workspace, as its owner keeps it up to date. */
export interface LivePythonWorkspace extends PythonWorkspace {
  /**
   * Takes in changes.
   * @param projects folders of projects, when they may have changed
   * @returns paths of files of which some call leads elsewhere than before, or whose clients other files use in other
   * ways, and of the changed files
   */
  update(changes: PythonChanges, projects?: readonly string[]): ReadonlySet<string>;
  /** What the other files say of the names in a file; undefined when they say nothing. */
  linkedNames(path: string): LinkedNames | undefined;
}

/**
 * Opens a workspace without files.
 * @param knowledge the one in force, asked again and again; files that were linked with another one are to be put anew
 */
export function createPythonWorkspace(knowledge: () => Knowledge = () => shippedKnowledge): LivePythonWorkspace {
  const store = createOutlineStore();
  const keys = createKeys();
  const tracker = createTracker();
  const plainTracker = createTracker();
  const clients = createClientRegister();
  /** Files by the keys that their names, their calls, or their classes' ancestors depend on. */
  const nameReaders = createReaders();
  const callReaders = createReaders();
  const classReaders = createReaders();
  const names = new Map<string, FileNames>();
  const analyses = new Map<unknown, { readonly live: LiveSummaries<unknown>; readonly changed: Set<FunctionId> }>();
  let projects: readonly string[] = [];
  let modules: ModuleMap = createModuleMap([], []);
  const plain = createEvaluator({
    store,
    tracker: plainTracker,
    keys,
    modules: () => modules,
    isOverridden: () => false,
    isPatched: () => false,
  });
  const overriding = createOverriding({ store, tracker, keys }, plain);
  const evaluator: Evaluator = createEvaluator({
    store,
    tracker,
    keys,
    modules: () => modules,
    isOverridden: overriding.isOverridden,
    isPatched: overriding.isPatched,
  });

  const callGraph = createCallGraph(store, file => {
    const { value, sources } = tracker.collect(() => linkCalls(evaluator, file));
    callReaders.set(file.path, sources);
    return value;
  });
  const forgetCalls = (path: string): void => {
    const ids = callGraph.forget(path);
    for (const { changed } of analyses.values()) for (const id of ids) changed.add(id);
  };
  const rebuild = (): void => {
    modules = createModuleMap(store.paths(), projects);
    tracker.clear();
    plainTracker.clear();
    overriding.clear();
    nameReaders.clear();
    callReaders.clear();
    classReaders.clear();
  };
  const readClasses = <T>(path: string, read: (path: string) => T): T => {
    const { value, sources } = plainTracker.collect(() => read(path));
    classReaders.set(path, sources);
    return value;
  };
  /** @returns files whose clients may look different now */
  const link = (file: StoredFile): ReadonlySet<string> => {
    const { value, sources } = tracker.collect(() => linkNames(evaluator, file, knowledge()));
    nameReaders.set(file.path, sources);
    names.set(file.path, value);
    return clients.put(file.path, value.clients);
  };
  const remove = (path: string): ReadonlySet<string> => {
    store.delete(path);
    forgetCalls(path);
    names.delete(path);
    nameReaders.set(path, []);
    callReaders.set(path, []);
    classReaders.set(path, []);
    return clients.put(path, undefined);
  };
  /** Brings up to date who overrides what. @returns what the answers hang on that are no longer right */
  const updateClasses = (changed: ReadonlySet<string>, changedNames: readonly KeyNumber[]): ReadonlySet<Source> => {
    const stale = new Set(tracker.forget(changedNames));
    const paths = new Set([...changed, ...classReaders.of(plainTracker.forget(changedNames))]);
    const toggled = [...paths].flatMap(path => readClasses(path, one => overriding.update(one)));
    for (const source of tracker.forget(toggled)) stale.add(source);
    return stale;
  };

  const update: LivePythonWorkspace['update'] = (changes, newProjects) => {
    const removed = [...changes.removed].filter(path => store.has(path));
    let isStructural = removed.length > 0 || (newProjects !== undefined && newProjects.join() !== projects.join());
    projects = newProjects ?? projects;
    const changed = new Set<string>();
    const changedNames: KeyNumber[] = [];
    for (const outline of changes.put) {
      const { file, before } = store.put(outline);
      changed.add(file.path);
      if (before) changedNames.push(...changedKeys(interfaceOf(before.outline, keys), interfaceOf(file.outline, keys)));
      else isStructural = true;
    }
    const affected = new Set(removed.flatMap(path => [...remove(path)]));
    let linked = new Set(changed);
    if (isStructural) {
      rebuild();
      linked = new Set(store.paths());
      for (const path of linked) {
        readClasses(path, one => {
          overriding.add(one);
        });
      }
      for (const path of linked) forgetCalls(path);
    } else {
      const stale = updateClasses(changed, changedNames);
      for (const path of nameReaders.of(stale)) linked.add(path);
      for (const path of new Set([...changed, ...callReaders.of(stale)])) forgetCalls(path);
    }
    for (const path of linked) {
      const file = store.get(path);
      for (const other of file ? link(file) : []) affected.add(other);
    }
    return new Set([...linked, ...[...affected].filter(path => store.has(path))]);
  };

  const summaries = <S>(analysis: SummaryAnalysis<S>): Summaries<S> => {
    const known = analyses.get(analysis);
    const entry = known ?? {
      // What an analysis puts in, it alone takes out.
      live: createSummaries(callGraph.graph, callGraph.shape, analysis),
      changed: new Set<FunctionId>(),
    };
    analyses.set(analysis, entry);
    entry.live.update(entry.changed);
    entry.changed.clear();
    return entry.live as LiveSummaries<S>;
  };
  let blocking = { knowledge: shippedKnowledge, analysis: blockingAnalysis };
  const blockedCalls = (): BlockedCalls => {
    const now = knowledge();
    if (blocking.knowledge !== now) {
      analyses.delete(blocking.analysis);
      const isShipped = now === shippedKnowledge;
      blocking = { knowledge: now, analysis: isShipped ? blockingAnalysis : createBlockingAnalysis(now) };
    }
    return findBlockedCalls(workspace, blocking.analysis, now);
  };
  const resolve = (path: string, symbol: Symbol): Target | undefined => toTarget(evaluator.symbol(path, symbol), store);
  const index: PythonIndex = {
    outlines: {
      *[Symbol.iterator]() {
        for (const path of [...store.paths()].sort()) {
          const file = store.get(path);
          if (file) yield file.outline;
        }
      },
    },
    outline: path => store.get(path)?.outline,
    resolve,
    calleeOf: (path, call) => toTarget(calleeEntity(evaluator, path, call), store),
    moduleOf: (path, module) => modules.find(path, module)?.path,
    isOfWorkspace: (path, symbol) => modules.holds(path, symbol),
  };
  const workspace = { index, graph: callGraph.graph, summaries };
  return {
    ...workspace,
    blockedCalls,
    update,
    linkedNames: path => {
      const found = names.get(path);
      return found && linkedNamesOf(found, clients.of(path), knowledge().isOwn);
    },
  };
}
