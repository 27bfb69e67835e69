import type { FileFacts } from './file-facts.ts';
import type { Settings } from './settings.ts';
import type { PythonSource, SourceFile } from './source-file.ts';
import type { TextEdit, TextRange } from './text.ts';

/** Edits of TypeScript and JavaScript; behind a port, because its compiler is a bundle of its own. */
export interface TypeScriptEdits {
  /** Adds a property to the options object of a call, or the object itself; undefined where that is not clear. */
  addCallOption(text: string, path: string, call: TextRange, optionIndex: number, name: string, value: string): readonly TextEdit[] | undefined;
  /** Makes an empty `catch` log its error; undefined where no logger or console is fitting. */
  logInHandler(text: string, path: string, handler: TextRange): readonly TextEdit[] | undefined;
}

/** What a fix may look at. Everything is as it is now, not as it was when the finding was made. */
export interface FixContext {
  readonly settings: Settings;
  /** @throws Error when the file can't be read. */
  source(path: string): SourceFile;
  /** @throws Error when the file is not Python. */
  python(path: string): PythonSource;
  facts(path: string): FileFacts | undefined;
  /** Other active findings of the same rule in the same file, for actions that mend all of them. */
  siblings(): readonly import('./finding.ts').Finding[];
  readonly typescript: TypeScriptEdits;
}
