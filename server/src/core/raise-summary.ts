import type { Symbol } from './python-facts.ts';

/**
 * Name of an exception class that means the same in every file: the canonical name of a library's class
 * (`json.JSONDecodeError`), or for a class of the workspace the path of its file and its qualified name
 * (`shop/errors.py:OutOfStock`).
 */
export type ExceptionName = string;

/** What leaves a function, or the body of a `try`, when it is run. */
export interface RaiseSummary {
  /** Sorted, each once. */
  readonly types: readonly ExceptionName[];
  /** Callees and other code that nobody can see through, as source text; sorted, each once. Empty: all is understood. */
  readonly unknown: readonly string[];
  /** Something was told by a method's name, or an attribute of an unknown value was taken for harmless. */
  readonly guessed?: true;
}

/** What one file may ask about the rest of its workspace. `path` is the file that writes the symbol. */
export interface WorkspaceRaises {
  /** Whether a file is part of the workspace; all other questions are about such files. */
  knows(path: string): boolean;
  /**
   * What calling (or awaiting, entering, iterating …) something of the workspace raises: functions, methods, classes.
   * Undefined when the symbol does not certainly stand for something of the workspace, or for something known of a library.
   * @param text how the file writes it
   */
  raisesOf(symbol: Symbol, path: string, text: string): RaiseSummary | undefined;
  /** The class of the workspace, or canonical name of the library class, that a symbol stands for. */
  exceptionOf(symbol: Symbol, path: string): ExceptionName | undefined;
  /** Base classes of a class of the workspace; undefined when one of them is unknown. */
  basesOf(name: ExceptionName): readonly ExceptionName[] | undefined;
  /** Attributes that instances of a class of the workspace are sure to have, those of its bases left out. */
  attributesOf(name: ExceptionName): readonly string[];
  /** How a file may import a class of the workspace; empty when it can't, or when that might go around in a circle. */
  importsOf(name: ExceptionName, path: string): readonly ImportWay[];
}

/** `from module import name`. */
export interface ImportWay {
  readonly module: string;
  readonly name: string;
}
