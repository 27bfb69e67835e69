import type { CallEdge, CallGraph, ExternalCall, FunctionId } from '../../core/python-index.ts';
import type { OutlineCall, OutlineFunction } from '../../core/python-outline.ts';
import type { ExternalEntity } from './entity.ts';
import { findComponents, type Components } from './components.ts';
import { LightCall } from './light-call.ts';
import { toTarget, type FileLinks } from './link-file.ts';
import type { OutlineStore } from './outline-store.ts';
import type { GraphShape } from './summaries.ts';

/** A call graph that follows its files. */
export interface LiveCallGraph {
  readonly graph: CallGraph;
  readonly shape: GraphShape;
  /** Takes the links of a file as they are now. @returns functions of the file, now and before, that may have changed */
  put(path: string, links: FileLinks): readonly FunctionId[];
  delete(path: string): readonly FunctionId[];
  linksOf(path: string): FileLinks | undefined;
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

const NO_IDS: readonly FunctionId[] = [];

/** Opens a graph without calls. */
export function createCallGraph(store: OutlineStore): LiveCallGraph {
  const links = new Map<string, FileLinks>();
  const calls = new Map<string, ReadonlyMap<FunctionId, FunctionCalls>>();
  const callees = new Map<FunctionId, readonly FunctionId[]>();
  const callers = new Map<FunctionId, Set<FunctionId>>();
  const owned = new Map<string, readonly FunctionId[]>();
  let components: Components | undefined;

  const callOf = (path: string, position: number): OutlineCall | undefined => store.get(path)?.outline.calls[position];

  /** Calls of the functions of a file, by function; made once for each state of the file. */
  const callsOf = (path: string): ReadonlyMap<FunctionId, FunctionCalls> => {
    const known = calls.get(path);
    if (known) return known;
    const file = links.get(path);
    const made = new Map<FunctionId, MutableCalls>();
    const at = (position: number): readonly [MutableCalls, FunctionId, OutlineCall] | undefined => {
      const call = callOf(path, position);
      const owner = call && store.get(path)?.ids[call.function];
      if (!call || call.atDefinition || owner === undefined) return undefined;
      const own = made.get(owner) ?? { edges: [], externals: [], unknown: [] };
      made.set(owner, own);
      return [own, owner, new LightCall(call, () => callOf(path, position) ?? call)];
    };
    file?.edgeCalls.forEach((position, index) => {
      const [own, caller, call] = at(position) ?? [];
      const callee = file.callees[index];
      if (own && caller !== undefined && call && callee !== undefined) own.edges.push({ caller, callee, call });
    });
    file?.externalCalls.forEach((position, index) => {
      const [own, , call] = at(position) ?? [];
      const entity = file.externals[index];
      if (own && call && entity) own.externals.push({ call, entity });
    });
    for (const position of file?.unknownCalls ?? []) {
      const [own, , call] = at(position) ?? [];
      if (own && call) own.unknown.push(call);
    }
    calls.set(path, made);
    return made;
  };
  const callsBy = (id: FunctionId): FunctionCalls => {
    const place = store.placeOf(id);
    return (place && callsOf(place.path).get(id)) ?? NO_CALLS;
  };
  const callsFrom = (id: FunctionId): readonly CallEdge[] => callsBy(id).edges;
  const externalCalls = (id: FunctionId): readonly ExternalCall[] =>
    callsBy(id).externals.flatMap(({ call, entity }) => {
      // The index of a class moves with edits of its file.
      const target = toTarget(entity, store);
      return target?.kind === 'external' ? [{ call, target }] : [];
    });
  const unknownCalls = (id: FunctionId): readonly OutlineCall[] => callsBy(id).unknown;
  const functionOf = (id: FunctionId): OutlineFunction => {
    const place = store.placeOf(id);
    return (place && store.get(place.path)?.outline.functions[place.index]) ?? NO_FUNCTION;
  };
  const calleesByFunction = (path: string, file: FileLinks): ReadonlyMap<FunctionId, readonly FunctionId[]> => {
    const found = new Map<FunctionId, FunctionId[]>();
    const ids = store.get(path)?.ids ?? NO_IDS;
    file.edgeCalls.forEach((position, index) => {
      const call = callOf(path, position);
      const caller = call && ids[call.function];
      const callee = file.callees[index];
      if (!call || call.atDefinition || caller === undefined || callee === undefined) return;
      const known = found.get(caller);
      if (!known) found.set(caller, [callee]);
      else if (!known.includes(callee)) known.push(callee);
    });
    return found;
  };
  const setCallees = (id: FunctionId, now: readonly FunctionId[]): void => {
    const before = callees.get(id) ?? NO_IDS;
    if (before.length === now.length && before.every((callee, index) => callee === now[index])) return;
    components = undefined;
    for (const callee of before) callers.get(callee)?.delete(id);
    for (const callee of now) {
      const known = callers.get(callee);
      if (known) known.add(id);
      else callers.set(callee, new Set([id]));
    }
    if (now.length > 0) callees.set(id, now);
    else callees.delete(id);
  };
  const replace = (path: string, file: FileLinks | undefined): readonly FunctionId[] => {
    const before = owned.get(path) ?? NO_IDS;
    const now = store.get(path)?.ids ?? NO_IDS;
    const byFunction = file ? calleesByFunction(path, file) : new Map<FunctionId, readonly FunctionId[]>();
    const all = [...new Set([...before, ...now])];
    for (const id of all) setCallees(id, byFunction.get(id) ?? NO_IDS);
    calls.delete(path);
    if (file) {
      links.set(path, file);
      owned.set(path, now);
    } else {
      links.delete(path);
      owned.delete(path);
    }
    return all;
  };
  const shape: GraphShape = {
    has: id => store.placeOf(id) !== undefined,
    calleesOf: id => callees.get(id) ?? NO_IDS,
    callersOf: id => callers.get(id) ?? NO_IDS,
    components: () => {
      if (!components || components.of.length !== store.size)
        components = findComponents(store.size, id => callees.get(id) ?? NO_IDS);
      return components;
    },
  };
  const graph: CallGraph = {
    *ids() {
      for (const path of store.paths()) yield* store.get(path)?.ids ?? NO_IDS;
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
    callsTo: id => [...shape.callersOf(id)].flatMap(caller => callsFrom(caller).filter(({ callee }) => callee === id)),
    externalCalls,
    unknownCalls,
  };
  return {
    graph,
    shape,
    put: replace,
    delete: path => replace(path, undefined),
    linksOf: path => links.get(path),
  };
}
