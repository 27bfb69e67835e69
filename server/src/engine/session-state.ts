import type { FileFacts } from '../core/file-facts.ts';
import type { Finding } from '../core/finding.ts';
import type { TextEdit } from '../core/text.ts';
import type { IncrementalParse } from '../syntax/python/parser.ts';
import type { FileJudgement } from './judge-file.ts';
import type { FileAnalysis } from './model.ts';

/** What the session knows of a file that was measured. */
export interface FileRecord {
  readonly judgement: FileJudgement;
  /** Facts that workspace rules need; undefined for files that they don't look into. */
  readonly modelled: FileFacts | undefined;
  readonly analysis: FileAnalysis;
}

/** A document that an editor holds. */
export interface OpenFile {
  text: string;
  version: number;
  /** Python alone: the parser's tree of `text` without `pending`. */
  parse: IncrementalParse | undefined;
  /** Edits since `parse`; undefined when they are not known and the text has to be parsed anew. */
  pending: TextEdit[] | undefined;
  /** Findings of the last version without syntax errors, moved along with the edits since. */
  lastGood: LastGood | undefined;
}

export interface LastGood {
  readonly findings: readonly Finding[];
  readonly functions: number;
}
