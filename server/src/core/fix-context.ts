import type { FileFacts } from './file-facts.ts';
import type { Finding } from './finding.ts';
import type { InferNarrowing } from './narrowing.ts';
import type { Settings } from './settings.ts';
import type { PythonSource, SourceFile } from './source-file.ts';
import type { TextEdit, TextRange } from './text.ts';

/** A property to write into the options object of a call. */
export interface CallOption {
  /** Index of the argument that holds the options; `chained` for a method of that name to be called on the result. */
  readonly argument: number | 'chained';
  readonly name: string;
  /** Source text of its value. */
  readonly value: string;
}

/** Edits of TypeScript and JavaScript; behind a port, because its compiler is a bundle of its own. Ranges are UTF-16 offsets into `text`. */
export interface TypeScriptEdits {
  /**
   * Gives a call an option: replaces its value, adds the property, or adds the object itself. A `signal` that is there
   * is kept, joined to the new one by `AbortSignal.any`. Undefined where that is not clear, or nothing is to do.
   */
  addCallOption(text: string, path: string, call: TextRange, option: CallOption): readonly TextEdit[] | undefined;
  /**
   * Makes a `catch` clause or `.catch(…)` callback log its error, with the logger that the file uses or else with
   * `console`; undefined where it logs already or the handler can't be extended. `rethrow` throws the error again.
   */
  logInHandler(
    text: string,
    path: string,
    handler: TextRange,
    options?: { readonly rethrow: boolean },
  ): readonly TextEdit[] | undefined;
}

/** What a fix may look at. Everything is as it is now, not as it was when the finding was made. */
export interface FixContext {
  readonly settings: Settings;
  /** @throws Error when the file can't be read. */
  readonly source: (path: string) => SourceFile;
  /** @throws Error when the file is not Python. */
  readonly python: (path: string) => PythonSource;
  readonly facts: (path: string) => FileFacts | undefined;
  /** Other active findings of the same rule in the same file, for actions that mend all of them. */
  readonly siblings: () => readonly Finding[];
  readonly typescript: TypeScriptEdits;
  /** What the `try` body of an `except` clause can raise; undefined where nothing narrower than `Exception` can be told. */
  readonly narrowing: InferNarrowing;
}
