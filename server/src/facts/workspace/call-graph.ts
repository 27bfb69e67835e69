import type { CallEdge, CallGraph, ExternalCall, FunctionId } from '../../core/python-index.ts';
import type { OutlineCall, OutlineFunction } from '../../core/python-outline.ts';
import type { ExternalEntity } from './entity.ts';
import { toTarget } from './callee.ts';
import { createComponents, type Components } from './components.ts';
import { LightCall } from './light-call.ts';
import type { FileCalls } from './link-calls.ts';
import type { OutlineStore, StoredFile } from './outline-store.ts';
import type { GraphShape } from './summaries.ts';

/** A call graph that follows its files. */
export interface LiveCallGraph {
  readonly graph: CallGraph;
  readonly shape: GraphShape;
  /**
   * Forgets where the calls of a file lead: it has changed, or is gone, or they lead elsewhere.
   * @returns functions of the file, now and before
   */
  forget(path: string): readonly FunctionId[];
}

const NO_FUNCTION: OutlineFunction = {
  qualifiedName: '',
  isLambda: true,
  isAsync: false,
  isGenerator: false,
  range: { start: 0, end: 0 },
  nameRange: { start: 0, end: 0 },
  parent: -1,
  class: -1,
  decorators: [],
  parameters: [],
  returns: [],
  yields: [],
  codeHash: 0,
  effects: {},
};

/** Calls that a function makes itself, in source order. */
interface FunctionCalls {
  readonly edges: readonly CallEdge[];
  readonly externals: readonly { readonly call: OutlineCall; readonly entity: ExternalEntity }[];
  readonly unknown: readonly OutlineCall[];
}

interface MutableCalls extends FunctionCalls {
  readonly edges: CallEdge[];
  readonly externals: { readonly call: OutlineCall; readonly entity: ExternalEntity }[];
  readonly unknown: OutlineCall[];
}

const NO_CALLS: FunctionCalls = { edges: [], externals: [], unknown: [] };

const NO_FILE_CALLS: FileCalls = { edges: [], externals: [], unknown: [] };

const NO_IDS: readonly FunctionId[] = [];

const NO_EXTERNALS: readonly ExternalCall[] = [];

/**
 * Opens a graph over the files of a store. The calls of a file are followed when somebody first asks about one of its
 * functions: of a library nobody asks about more than what coroutines reach, and following all of its calls took half
 * the time of linking. Files that were followed once are followed again at the next question after they were forgotten.
 * @param follow finds where the calls of a file lead
 */
export function createCallGraph(store: OutlineStore, follow: (file: StoredFile) => FileCalls): LiveCallGraph {
  const known = new Map<string, FileCalls>();
  const forgotten = new Set<string>();
  const calls = new Map<FunctionId, FunctionCalls>();
  const callees = new Map<FunctionId, readonly FunctionId[]>();
  const callers = new Map<FunctionId, Set<FunctionId>>();
  /** Functions of files that were followed. */
  const owned = new Map<string, readonly FunctionId[]>();
  let components: Components | undefined;

  /** @returns whether the function called others before */
  const setCallees = (id: FunctionId, now: readonly FunctionId[]): boolean => {
    const before = callees.get(id) ?? NO_IDS;
    if (before.length === now.length && before.every((callee, index) => callee === now[index])) return false;
    for (const callee of before) callers.get(callee)?.delete(id);
    for (const callee of now) {
      const others = callers.get(callee);
      if (others) others.add(id);
      else callers.set(callee, new Set([id]));
    }
    if (now.length > 0) callees.set(id, now);
    else callees.delete(id);
    return true;
  };
  const followFile = (path: string): void => {
    const file = store.get(path);
    if (!file || known.has(path)) return;
    const found = follow(file);
    const byOwner = calleesByOwner(found);
    const changed = file.ids.filter((id, index) => setCallees(id, byOwner.get(index) ?? NO_IDS));
    // Components hold no function whose calls nobody has followed, so that those of a new file don't touch them.
    if (changed.length > 0 && owned.has(path)) components = undefined;
    known.set(path, found);
    owned.set(path, file.ids);
  };
  const followForgotten = (): void => {
    if (forgotten.size === 0) return;
    for (const path of forgotten) followFile(path);
    forgotten.clear();
  };
  const followFileOf = (id: FunctionId): void => {
    const path = store.placeOf(id)?.path;
    if (path !== undefined && !known.has(path)) followFile(path);
  };

  /** Notes the calls of all functions of a file: its calls are unpacked together. */
  const noteCalls = ({ path, outline, ids }: StoredFile): void => {
    const { edges, externals, unknown } = known.get(path) ?? NO_FILE_CALLS;
    const made = new Map<number, MutableCalls>();
    const ownedBy = (owner: number): MutableCalls => {
      const own = made.get(owner) ?? { edges: [], externals: [], unknown: [] };
      made.set(owner, own);
      return own;
    };
    const whole = outline.calls;
    const at = (position: number): readonly OutlineCall[] => {
      const call = whole[position];
      return call ? [new LightCall(call, () => outline.calls[position] ?? call)] : [];
    };
    for (const { position, owner, callee } of edges) {
      const caller = ids[owner];
      if (caller !== undefined) for (const call of at(position)) ownedBy(owner).edges.push({ caller, callee, call });
    }
    for (const { position, owner, entity } of externals) {
      for (const call of at(position)) ownedBy(owner).externals.push({ call, entity });
    }
    for (const { position, owner } of unknown) ownedBy(owner).unknown.push(...at(position));
    ids.forEach((id, index) => calls.set(id, made.get(index) ?? NO_CALLS));
  };
  const callsBy = (id: FunctionId): FunctionCalls => {
    followForgotten();
    // After an edit of what all others call, this is asked for every function: one look-up, where the file's would be four.
    const noted = calls.get(id);
    if (noted) return noted;
    followFileOf(id);
    const file = store.get(store.placeOf(id)?.path ?? '');
    if (file) noteCalls(file);
    return calls.get(id) ?? NO_CALLS;
  };
  const callsFrom = (id: FunctionId): readonly CallEdge[] => callsBy(id).edges;
  const externalCalls = (id: FunctionId): readonly ExternalCall[] => {
    const { externals } = callsBy(id);
    if (externals.length === 0) return NO_EXTERNALS;
    return externals.flatMap(({ call, entity }) => {
      // The index of a class moves with edits of its file.
      const target = toTarget(entity, store);
      return target?.kind === 'external' ? [{ call, target }] : [];
    });
  };
  const functionOf = (id: FunctionId): OutlineFunction => store.functionOf(id) ?? NO_FUNCTION;
  const forget = (path: string): readonly FunctionId[] => {
    const now = store.get(path)?.ids ?? NO_IDS;
    const before = owned.get(path) ?? NO_IDS;
    for (const id of before) calls.delete(id);
    const gone = new Set(before);
    for (const id of now) gone.delete(id);
    if ([...gone].filter(id => setCallees(id, NO_IDS)).length > 0) components = undefined;
    if (!store.has(path)) owned.delete(path);
    if (known.delete(path)) forgotten.add(path);
    return [...now, ...gone];
  };
  const shape: GraphShape = {
    has: id => store.placeOf(id) !== undefined,
    calleesOf: id => {
      followForgotten();
      const known = callees.get(id);
      if (known) return known;
      followFileOf(id);
      return callees.get(id) ?? NO_IDS;
    },
    callersOf: id => {
      followForgotten();
      return callers.get(id) ?? NO_IDS;
    },
    components: () => {
      followForgotten();
      return (components ??= createComponents(id => shape.calleesOf(id)));
    },
  };
  const graph: CallGraph = {
    *ids() {
      for (const path of store.paths()) yield* store.get(path)?.ids ?? NO_IDS;
    },
    coroutines: () => {
      const found: FunctionId[] = [];
      for (const path of store.paths()) for (const id of store.get(path)?.coroutines ?? NO_IDS) found.push(id);
      return found;
    },
    idOf: (path, index) => store.get(path)?.ids[index],
    pathOf: id => store.placeOf(id)?.path ?? '',
    indexOf: id => store.placeOf(id)?.index ?? -1,
    functionOf,
    classOf: id => {
      const place = store.placeOf(id);
      return place && store.get(place.path)?.outline.classes[functionOf(id).class];
    },
    callsFrom,
    callsTo: id => {
      for (const path of store.paths()) followFile(path);
      return [...shape.callersOf(id)].flatMap(caller => callsFrom(caller).filter(({ callee }) => callee === id));
    },
    externalCalls,
    unknownCalls: id => callsBy(id).unknown,
  };
  return { graph, shape, forget };
}

/** Functions that each function of a file calls, each once, by the index of the caller. */
function calleesByOwner({ edges }: FileCalls): ReadonlyMap<number, readonly FunctionId[]> {
  const found = new Map<number, FunctionId[]>();
  for (const { owner, callee } of edges) {
    const others = found.get(owner);
    if (!others) found.set(owner, [callee]);
    else if (!others.includes(callee)) others.push(callee);
  }
  return found;
}
