import type { Symbol } from '../python-facts.ts';

/**
 * What the code of one file can raise, as far as the file and the knowledge of libraries tell; what callees of the program
 * raise is left open. Stands for itself: nothing else of the file is needed to summarise its functions.
 */
export interface RaiseFacts {
  /** Sorted by function; regions that can't raise are left out. */
  readonly regions: readonly RaiseRegion[];
  /** What each `try` statement catches, by its index in {@link PythonFacts.tries}. */
  readonly guards: readonly TryGuard[];
}

/** Code of one function that stands in the bodies of the same `try` statements. */
export interface RaiseRegion {
  /** Index into {@link PythonFacts.functions}; -1 at module level. */
  readonly function: number;
  /** `try` bodies of the same function around it, outermost first; indices into {@link PythonFacts.tries}. */
  readonly tries: readonly number[];
  /**
   * Exception classes, each once: canonical names (`builtins.KeyError`, `json.JSONDecodeError`), or symbols of the
   * program as this file writes them (`:ShopError`, `..errors.ShopError`).
   */
  readonly types: readonly Symbol[];
  /** What is run here and is not in the knowledge of libraries, each once. */
  readonly runs: readonly RunFact[];
  /** Source text of what can't be told, each once: `callback()`, `raise error`. */
  readonly unknown: readonly string[];
  /** A method was told by its name, or an attribute of a value of unknown type is read: a property may raise anything. */
  readonly guessed?: true;
  /** The function yields here: whoever iterates may throw something in. */
  readonly yields?: true;
}

/** A callable that is called, or whose method, property or context is entered without a call. */
export interface RunFact {
  /** `:price_of`, `..shop.prices.look_up`, `:Shelf.__enter__`; `:<lambda 3>` is the function of that index. */
  readonly symbol: Symbol;
  /** How the file writes it, for messages: `prices.look_up()`. */
  readonly text: string;
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
