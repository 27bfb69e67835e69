import type { BlockedCalls } from './blocked-call.ts';
import type { CallRef, Symbol } from './python-facts.ts';
import type { OutlineCall, OutlineClass, OutlineFunction, PythonOutline } from './python-outline.ts';

/** What a name of one file turns out to be when all files are looked at. */
export type Target =
  | {
      readonly kind: 'function';
      readonly path: string;
      /** Index into {@link PythonOutline.functions}. */
      readonly function: number;
    }
  | {
      readonly kind: 'class';
      readonly path: string;
      /** Index into {@link PythonOutline.classes}. */
      readonly class: number;
    }
  /** An instance of a class of the workspace. */
  | {
      readonly kind: 'instance';
      readonly path: string;
      readonly class: number;
      /** The call that made it. */
      readonly origin?: CallRef;
    }
  | { readonly kind: 'module'; readonly path: string }
  /** Something of a library, absolute and in the notation of {@link Symbol}: `httpx.Client().get`. */
  | {
      readonly kind: 'external';
      readonly symbol: Symbol;
      /** The call that made the object, when there is exactly one. */
      readonly origin?: CallRef;
      /** The `functools.partial(…)` call that it went through. */
      readonly partial?: CallRef;
      /** The member belongs to an instance of this class of the workspace, which inherits it from the library. */
      readonly inheritedBy?: { readonly path: string; readonly class: number };
    };

/** Answers what names mean over the files of one workspace root. Certain or `undefined`, never a guess; cycles end. */
export interface PythonIndex {
  /** Sorted by path. */
  readonly outlines: Iterable<PythonOutline>;
  outline(path: string): PythonOutline | undefined;
  /** What a symbol of a file stands for. */
  resolve(path: string, symbol: Symbol): Target | undefined;
  /** What a call of a file calls; a method that a subclass in the workspace overrides is unknown. */
  calleeOf(path: string, call: Pick<OutlineCall, 'callee' | 'calleeText'>): Target | undefined;
  /** Files of the workspace that a module name means, seen from a file; undefined for libraries and where it is ambiguous. */
  moduleOf(path: string, module: string): string | undefined;
  /** Whether an absolute symbol, or some beginning of it, is such a module: `shop.models` of `shop.models.Book`. */
  isOfWorkspace(path: string, symbol: Symbol): boolean;
}

/** A function of the workspace; small, dense, stable while its file keeps a function of that name. */
export type FunctionId = number;

/** One call from a function of the workspace to another one. */
export interface CallEdge {
  readonly caller: FunctionId;
  readonly callee: FunctionId;
  readonly call: OutlineCall;
}

/** A call from a function of the workspace to something of a library that only the index could name. */
export interface ExternalCall {
  readonly call: OutlineCall;
  readonly target: Extract<Target, { kind: 'external' }>;
}

/** Who calls whom. Calls at module or class level are no edges; nor is handing a function over without calling it. */
export interface CallGraph {
  /** Every function of every file. */
  ids(): Iterable<FunctionId>;
  /** Every `async def`. */
  coroutines(): Iterable<FunctionId>;
  idOf(path: string, functionIndex: number): FunctionId | undefined;
  pathOf(id: FunctionId): string;
  /** Index of the function in its file's outline. */
  indexOf(id: FunctionId): number;
  functionOf(id: FunctionId): OutlineFunction;
  /** The class that the function is a method of. */
  classOf(id: FunctionId): OutlineClass | undefined;
  /** Calls of the function itself (not of functions defined in it), in source order. */
  callsFrom(id: FunctionId): readonly CallEdge[];
  callsTo(id: FunctionId): readonly CallEdge[];
  externalCalls(id: FunctionId): readonly ExternalCall[];
  /** Calls of the outline that nobody can name: neither an edge, nor a library's, nor a class without a constructor. */
  unknownCalls(id: FunctionId): readonly OutlineCall[];
}

/**
 * What is to be known of every function: the least solution of `summary = transfer(summaries of the functions it calls)`.
 * Summaries are data; they name other functions by id and places by the index of a call, and leave chains over several
 * functions to whoever asks, because places in other files move without notice.
 */
export interface SummaryAnalysis<S> {
  /** Where a function starts while nothing is known of those that it calls: the bottom. */
  initial(id: FunctionId, graph: CallGraph): S;
  /** Has to be monotone: more in the callees' summaries never gives less here; the heights are finite. */
  transfer(id: FunctionId, graph: CallGraph, summaryOf: (callee: FunctionId) => S): S;
  /** Whether callers can't tell one from the other. */
  equals(left: S, right: S): boolean;
}

export interface Summaries<S> {
  of(id: FunctionId): S;
  /** How many functions were evaluated to bring the summaries up to date, since they were made. */
  readonly evaluated: number;
}

/** The Python side of a workspace: what rules over several files ask. */
export interface PythonWorkspace {
  readonly index: PythonIndex;
  readonly graph: CallGraph;
  /**
   * Summaries of an analysis, up to date. They are kept as long as the workspace and made anew only where something
   * changed, so the same object has to be passed each time.
   */
  summaries<S>(analysis: SummaryAnalysis<S>): Summaries<S>;
  /** Calls of coroutines that reach something blocking through functions of the workspace, up to date. */
  blockedCalls(): BlockedCalls;
}
