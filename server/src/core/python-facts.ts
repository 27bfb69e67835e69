import type { TextRange } from './text.ts';

/**
 * A name after resolution within one file, in a small notation of its own:
 *
 * - `requests.get`, `builtins.open`: an absolute dotted name;
 * - `..clients.http`: a name that a relative import brought in (dots as in the import);
 * - `:Worker.run`: something that this file defines, by its qualified name;
 * - `()` after a name: what calling it returns, so `httpx.AsyncClient().get` is a method of an instance;
 * - `.__enter__()`: what `with … as` binds (`.__aenter__()` for `async with`).
 *
 * A name that cannot be told for certain has no symbol at all (`undefined`).
 */
export type Symbol = string;

/** What an expression evaluates to, as far as one file can tell. */
export interface Value {
  readonly symbol: Symbol;
  /** Index into {@link PythonFacts.calls} of the call that made the object, when there is exactly one. */
  readonly origin?: number;
  /** Index of the `functools.partial(…)` call that the value went through. */
  readonly partial?: number;
  /** Only all files together tell what the symbol stands for; recognisers never see such a value. */
  readonly deferred?: true;
  /** The call in another file that made the object; on values that the index of the workspace has named. */
  readonly maker?: CallRef;
}

/** A call in a file of the workspace, by its index in {@link PythonFacts.calls}. */
export interface CallRef {
  readonly path: string;
  readonly call: number;
}

/** Shape of an argument or of an assigned value; `other` is everything that has no name here. */
export type ExpressionKind =
  | 'none'
  | 'true'
  | 'false'
  | 'integer'
  | 'float'
  | 'string'
  | 'name'
  | 'attribute'
  | 'call'
  | 'await'
  | 'list'
  | 'tuple'
  | 'dictionary'
  | 'lambda'
  | 'star'
  | 'doubleStar'
  | 'ellipsis'
  | 'other';

/** One argument of a call, in source order. */
export interface ArgumentFact {
  /** Keyword, or undefined for a positional or starred argument. */
  readonly name: string | undefined;
  readonly kind: ExpressionKind;
  /** The whole argument, keyword included. */
  readonly range: TextRange;
  /** The value alone. */
  readonly valueRange: TextRange;
  /** Source text of a literal of up to 80 units (quotes included), otherwise undefined. */
  readonly literal: string | undefined;
  readonly value: Value | undefined;
}

/** What becomes of a call's result. `chained`: an attribute of it is used; `context`: it is a `with` item. */
export type CallUsage =
  'discarded' | 'assigned' | 'returned' | 'yielded' | 'argument' | 'chained' | 'context' | 'iterated' | 'other';

/** One call expression. */
export interface CallFact {
  readonly index: number;
  readonly range: TextRange;
  readonly calleeRange: TextRange;
  /** From `(` to `)` inclusive; for a bare generator argument the generator's range. */
  readonly argumentsRange: TextRange;
  /** Source text of the callee, up to 80 units, for messages. */
  readonly calleeText: string;
  /** What is called; undefined when unknown. `value.origin` is the call that made the receiver. */
  readonly callee: Value | undefined;
  readonly arguments: readonly ArgumentFact[];
  /** Index into {@link PythonFacts.functions}; -1 at module or class level. Lambdas are functions too. */
  readonly function: number;
  /** Whether the call is the operand of `await`. */
  readonly awaited: boolean;
  /** Whether the call is a decorator or inside a parameter default: it runs when the module is loaded. */
  readonly atDefinition: boolean;
  readonly usage: CallUsage;
  /** Name assigned to where `usage` is `assigned`: `client`, `self.client`; undefined for tuples and subscripts. */
  readonly target: string | undefined;
  /** The simple statement, or header of the compound statement, that holds the call. */
  readonly statementRange: TextRange;
  /** Loops of the same function around the call, outermost first, as indices into {@link PythonFacts.loops}. */
  readonly loops: readonly number[];
  /** `try` bodies of the same function around the call, outermost first: indices into {@link PythonFacts.tries}. */
  readonly tries: readonly number[];
  /** Whether the call stands in a comprehension or generator expression. */
  readonly inComprehension: boolean;
}

export interface ParameterFact {
  readonly name: string;
  readonly kind: 'positional' | 'keywordOnly' | 'star' | 'doubleStar';
  readonly hasDefault: boolean;
  readonly annotation: Symbol | undefined;
  /** What `Depends(…)` names, as default value or in `Annotated[…]`. */
  readonly depends?: Value;
}

/** A function, method or lambda. */
export interface FunctionFact {
  readonly index: number;
  /** `Worker.run`, `outer.<locals>.inner`, `<lambda>`. */
  readonly qualifiedName: string;
  readonly kind: 'function' | 'lambda';
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly range: TextRange;
  readonly nameRange: TextRange;
  readonly bodyRange: TextRange;
  /** Enclosing function index, or -1. */
  readonly parent: number;
  /** Index into {@link PythonFacts.classes} when the function is a method, else -1. */
  readonly class: number;
  readonly decorators: readonly (Value | undefined)[];
  readonly parameters: readonly ParameterFact[];
  /** Symbol of the return annotation as an instance, e.g. `httpx.Client()`. */
  readonly returnAnnotation: Symbol | undefined;
  /** Values of its `return` statements; undefined entries are unknown ones; `return` and `return None` are left out. */
  readonly returns: readonly (Value | undefined)[];
  /** Hash over the code without comments and layout: the "normalised code of the enclosing symbol". */
  readonly codeHash: number;
}

/** One attribute of a class, from its body or from `self.name = …` in a method. */
export interface AttributeFact {
  readonly name: string;
  readonly value: Value | undefined;
}

export interface ClassFact {
  readonly index: number;
  readonly qualifiedName: string;
  readonly range: TextRange;
  readonly nameRange: TextRange;
  readonly bases: readonly (Value | undefined)[];
  readonly decorators: readonly (Value | undefined)[];
  /** Names of its methods, in order. */
  readonly methods: readonly string[];
  /** Each name once; undefined value: several or unknown ones. */
  readonly attributes: readonly AttributeFact[];
}

export interface ImportFact {
  /** `os.path`, or with leading dots for a relative import. */
  readonly module: string;
  /** Name taken out of the module; `*` for a star import; undefined for `import module`. */
  readonly name: string | undefined;
  /** Name bound in the file. */
  readonly alias: string;
  readonly range: TextRange;
  /** Function index, -1 at module level. */
  readonly function: number;
  /** Inside `try`, `if` or a function: it may not run. */
  readonly conditional: boolean;
  /** Inside `if TYPE_CHECKING`. */
  readonly typeOnly: boolean;
}

export interface LoopFact {
  readonly index: number;
  readonly kind: 'for' | 'asyncFor' | 'while';
  readonly range: TextRange;
  readonly function: number;
  /** `while True` or `while 1`. */
  readonly endless: boolean;
}

/** A `try` statement. Its handlers are facts of the kind `exceptionHandler`. */
export interface TryFact {
  readonly index: number;
  readonly range: TextRange;
  readonly bodyRange: TextRange;
  readonly function: number;
}

/** A module-level name and what it holds; undefined value: re-bound or unknown. */
export interface BindingFact {
  readonly name: string;
  readonly value: Value | undefined;
}

/** A comment, `#` included. */
export interface CommentFact {
  readonly range: TextRange;
  readonly text: string;
  /** Whether nothing but whitespace stands before it on its line. */
  readonly ownLine: boolean;
}

/** All that later stages may know of one Python file; depends on its text alone and survives JSON. */
export interface PythonFacts {
  readonly calls: readonly CallFact[];
  readonly functions: readonly FunctionFact[];
  readonly classes: readonly ClassFact[];
  readonly imports: readonly ImportFact[];
  readonly loops: readonly LoopFact[];
  readonly tries: readonly TryFact[];
  readonly bindings: readonly BindingFact[];
  /** Names in a literal `__all__`, or undefined when there is none or it is computed. */
  readonly exports: readonly string[] | undefined;
  /** Ranges of `if __name__ == "__main__"` bodies. */
  readonly mainGuards: readonly TextRange[];
}
