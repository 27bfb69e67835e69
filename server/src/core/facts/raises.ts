import type { Symbol } from '../python-facts.ts';

/**
 * What the code of one file can raise by itself, as far as the file tells. Calls are not repeated here: those of a stretch
 * are the entries of {@link PythonFacts.calls} with the same `function` and the same innermost `try`.
 */
export interface RaiseFacts {
  readonly regions: readonly RaiseRegion[];
  /** What each `try` statement catches, by its index in {@link PythonFacts.tries}. */
  readonly guards: readonly TryGuard[];
  /** Calls whose exceptions are not those of their callee, by index into {@link PythonFacts.calls}. */
  readonly calls: Readonly<Record<number, RefinedCall>>;
}

/** Code of one function that stands in the bodies of the same `try` statements. Regions that raise nothing are left out. */
export interface RaiseRegion {
  /** Index into {@link PythonFacts.functions}; -1 at module level. */
  readonly function: number;
  /** `try` bodies of the same function around it, outermost first; indices into {@link PythonFacts.tries}. */
  readonly tries: readonly number[];
  /**
   * Exception classes, each once: canonical names (`builtins.KeyError`, `json.JSONDecodeError`), or symbols of this
   * program as this file writes them (`:ShopError`, `..errors.ShopError`, `shop.errors.ShopError`).
   */
  readonly types: readonly Symbol[];
  /** What runs without looking like a call: properties, context managers' and iterators' methods, callables passed on. */
  readonly runs: readonly Symbol[];
  /** In words for a reader, what can't be told: "`raise error`", "iterating over `rows`". */
  readonly unknown: readonly string[];
  /** Attributes of values of unknown type are read here: almost always harmless, yet a property may raise anything. */
  readonly guessed?: true;
}

/** A call that was looked at more closely than its name. */
export interface RefinedCall {
  /** Its callee after what else the file knows, where {@link CallFact.callee} says nothing: `builtins.str.strip`. */
  readonly name?: string;
  /** The receiver may be `None` or has no known type: the exceptions that come on top. */
  readonly extra?: readonly Symbol[];
  /** Types that its arguments rule out. */
  readonly without?: readonly Symbol[];
  /** The callee was told by the method's name alone. */
  readonly guessed?: true;
}

/** The `except` clauses of one `try` statement, in order. */
export interface TryGuard {
  readonly clauses: readonly GuardClause[];
}

export interface GuardClause {
  /** As in {@link RaiseRegion.types}; undefined where a type can't be told. Empty for a bare `except`. */
  readonly types: readonly (Symbol | undefined)[];
  /** Whether it catches everything that derives from `Exception`. */
  readonly broad?: true;
  /** Some path raises what was caught again. */
  readonly rethrows?: true;
}
