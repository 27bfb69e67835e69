import type { FileFacts } from './file-facts.ts';
import type { FileKind, Language } from './file-kind.ts';

/** Reads one family of files: from text to facts. Never throws, whatever the text is. */
export interface FrontEnd {
  readonly language: Language;
  /** Whether this front end reads the file; decided by its path alone (relative to the workspace root). */
  accepts(path: string): boolean;
  extract(path: string, text: string, kind: FileKind): FileFacts;
}
