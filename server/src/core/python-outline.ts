import type { AsyncLibrary, BlockingKind, ThreadUse } from './facts/blocking-call.ts';
import type { FileKind } from './file-kind.ts';
import type { ArgumentFact, CallUsage, Symbol, Value } from './python-facts.ts';
import type { TextRange } from './text.ts';

/**
 * What the workspace remembers of a Python file: names, definitions, the calls that may lead into other files, and what
 * each function does by itself. Depends on the file's text alone, survives JSON, is cached, and stays in memory for all
 * files, open or closed.
 *
 * Its symbols are those of one file (see {@link Symbol}), with two forms more that only the index can follow:
 *
 * - `:name` where the file has a star import and no such name of its own;
 * - `:Worker().client` where neither the body of `Worker` nor its methods give it such an attribute.
 */
export interface PythonOutline {
  readonly path: string;
  readonly kind: FileKind;
  /** Module-level names with what they stand for; `null`: bound several times, or to something unknown. */
  readonly names: Readonly<Record<string, Value | null>>;
  /** Modules of star imports at module level, as written, in order. */
  readonly stars: readonly string[];
  /** Names in a literal `__all__`; `null` when it is computed; undefined when there is none. */
  readonly exports?: readonly string[] | null;
  /** By {@link FunctionFact.index}. */
  readonly functions: readonly OutlineFunction[];
  /** By {@link ClassFact.index}. */
  readonly classes: readonly OutlineClass[];
  /**
   * Calls that may lead to code of the workspace, or to an object that was made in another file; and the calls that made
   * the objects which names, attributes and return values of this file hold. In source order.
   */
  readonly calls: readonly OutlineCall[];
  /** What is done to objects that may come from, or go to, other files: `session.trust_env = False`. */
  readonly assigned: readonly OutlineAssignment[];
  /** Objects that may come from, or go to, other files and are arguments of some call; each once. */
  readonly handed: readonly Value[];
}

export interface OutlineParameter {
  readonly name: string;
  readonly kind: 'positional' | 'keywordOnly' | 'star' | 'doubleStar';
  readonly hasDefault: boolean;
  /** As an instance: `httpx.Client()`. */
  readonly annotation?: Symbol;
  /** What `Depends(…)` names, in the default value or in `Annotated[…]`. */
  readonly depends?: Value;
}

export interface OutlineFunction {
  /** `Worker.run`, `outer.<locals>.inner`, `<lambda>`. */
  readonly qualifiedName: string;
  readonly isLambda: boolean;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly range: TextRange;
  readonly nameRange: TextRange;
  /** Index of the enclosing function, or -1. */
  readonly parent: number;
  /** Index of the class that it is a method of, or -1. */
  readonly class: number;
  /** From the outside in; `null`: unknown. */
  readonly decorators: readonly (Value | null)[];
  readonly parameters: readonly OutlineParameter[];
  /** Symbol of the return annotation as an instance. */
  readonly returnAnnotation?: Symbol;
  /** Values of its `return` statements; `null`: unknown ones. `return None` is left out. */
  readonly returns: readonly (Value | null)[];
  /** Values of its `yield`s; `null`: unknown ones. Empty for functions that are no generators. */
  readonly yields: readonly (Value | null)[];
  /** Parameters of functions around it that it calls: the wrapped function of a decorator. */
  readonly callsOuter?: readonly string[];
  /** Every `return` gives back the first parameter. */
  readonly returnsFirst?: true;
  /** Changes with the code, not with comments and layout. */
  readonly codeHash: number;
  readonly effects: LocalEffects;
}

/** What a function does by itself, as far as its own file can tell. Every analysis over the call graph has a field here. */
export interface LocalEffects {
  /** Calls of a synchronous function that hold its thread, in source order; absent in coroutines. */
  readonly blocking?: readonly LocalBlockingCall[];
  /** Absent: `free`. */
  readonly conduct?: Exclude<ThreadConduct, 'free'>;
  /**
   * What it calls that is neither of the standard library nor of a library of which something is known, where its conduct
   * is `free` but for these: modules of the workspace, or libraries that may share what they change.
   */
  readonly strangers?: readonly Symbol[];
  /** Indices of its calls in `except` handlers: what runs when something went wrong. Absent in coroutines. */
  readonly handling?: readonly number[];
  /** What its parameters have to be for some of its calls to run. Absent in coroutines. */
  readonly conditions?: readonly CallCondition[];
  /** It serves nobody yet, or no longer: a lifespan, a start-up or shut-down hook, `main`. */
  readonly atStartUp?: true;
  /** The library that runs a coroutine; absent: asyncio. */
  readonly asyncLibrary?: Exclude<AsyncLibrary, 'asyncio'>;
}

/** What a parameter has to be for a call to run: `if path: read(path)`. A call may have several. */
export interface CallCondition {
  /** Index of the call. */
  readonly call: number;
  readonly parameter: string;
  /** Its place among the positional parameters, the method's object included; absent for one that has to be named. */
  readonly position?: number;
  /** `missing`: `None`, `False`, zero or empty; `given`: anything else. */
  readonly when: 'given' | 'missing';
  /** Whether it is so where the argument is left out; absent where that can't be told. */
  readonly byDefault?: boolean;
}

/**
 * Whether a function may run in another thread than its caller, strongest promise first.
 * `free`: nothing that it changes is seen by others; `shared`: others may see what it changes, or that can't be told;
 * `bound`: it uses an object that belongs to its thread; `loop`: it uses the event loop of its thread.
 */
export type ThreadConduct = 'free' | 'shared' | 'bound' | 'loop';

export interface LocalBlockingCall {
  /** Index of the call. */
  readonly call: number;
  readonly range: TextRange;
  readonly calleeRange: TextRange;
  /** Canonical name, e.g. `time.sleep`. */
  readonly callee: string;
  /** As written, up to 80 units, for messages. */
  readonly calleeText: string;
  readonly kind: BlockingKind;
  readonly threads: ThreadUse;
  readonly lazy: boolean;
  readonly ownReceiver: boolean;
}

export interface OutlineClass {
  readonly qualifiedName: string;
  readonly range: TextRange;
  readonly nameRange: TextRange;
  /** `null`: unknown. */
  readonly bases: readonly (Value | null)[];
  readonly decorators: readonly (Value | null)[];
  /** Methods with the index of their function; `-1`: defined several times. */
  readonly methods: Readonly<Record<string, number>>;
  /** Attributes from the body and from `self.name = …` in any method; `null`: several values, or unknown ones. */
  readonly attributes: Readonly<Record<string, Value | null>>;
}

/** Argument of a call, without its place. */
export type OutlineArgument = Pick<ArgumentFact, 'name' | 'kind' | 'literal' | 'value'>;

export interface OutlineCall {
  /** Index in {@link PythonFacts.calls} of this version of the file. */
  readonly index: number;
  readonly range: TextRange;
  readonly calleeRange: TextRange;
  readonly callee: Value;
  /** Source text of the callee, up to 80 units, for messages. */
  readonly calleeText: string;
  readonly arguments: readonly OutlineArgument[];
  /** Index into {@link PythonOutline.functions}; -1 at module or class level. */
  readonly function: number;
  readonly awaited: boolean;
  /** A decorator or a parameter's default: it runs where the function is defined. */
  readonly atDefinition: boolean;
  readonly usage: CallUsage;
  readonly inComprehension: boolean;
  /** `try` bodies of the same function around it, outermost first: indices into {@link PythonFacts.tries}. */
  readonly tries: readonly number[];
  /** In an `async def`: whether `await asyncio.to_thread(…)` can take its place, as far as syntax goes. */
  readonly movable: boolean;
  /** What the call gives back is iterated over on the spot: in a `for`, by `list(…)`, through `yield from`. */
  readonly iterated?: true;
  /**
   * Callers of its function can't count on it: it stands in a generator expression that somebody else iterates over later,
   * it runs for the first caller only, or its function asks first whether an event loop runs.
   */
  readonly deferred?: true;
  /** Whether something around the call ends it in time: `asyncio.timeout`, `wait_for`. */
  readonly bounded: boolean;
}

/** `object.name = …` where the object may belong to another file. */
export interface OutlineAssignment {
  readonly object: Value;
  readonly name: string;
}
