import type { Facts } from './fact.ts';
import type { FileKind, Language } from './file-kind.ts';
import type { RaiseFacts } from './facts/raises.ts';
import type { ManifestFacts } from './facts/manifest.ts';
import type { WorkflowFacts } from './facts/workflow.ts';
import type { CommentFact, PythonFacts, Symbol } from './python-facts.ts';
import type { PythonOutline } from './python-outline.ts';
import type { TextRange } from './text.ts';

/** Named stretch of code whose hash goes into fingerprints: a function, class, top-level statement, key. */
export interface SymbolSpan {
  readonly range: TextRange;
  /** Hash of the code without comments and layout. */
  readonly codeHash: number;
}

/** Everything that is known of one file: depends on its path and text alone, survives JSON, cached by content hash. */
export interface FileFacts {
  readonly path: string;
  readonly language: Language;
  readonly kind: FileKind;
  readonly comments: readonly CommentFact[];
  readonly syntaxErrors: readonly TextRange[];
  /** Facts that were recognised in the tree; those that need resolved names are added by `recognise`. */
  readonly facts: Facts;
  /** Functions, else top-level statements; sorted by start, may nest. */
  readonly symbols: readonly SymbolSpan[];
  /** Stretches in which a comment would be content: long strings, templates, JSX text. Python's are found in its tree. */
  readonly literals?: readonly TextRange[];
  readonly python?: PythonFacts;
  /** What Python code can raise. */
  readonly raises?: RaiseFacts;
  /**
   * Symbols of calls of a Python file that its facts may depend on, but for those that are found by name in the list of
   * all calls: what no other symbol stands for makes no difference to the facts.
   */
  readonly asked?: readonly Symbol[];
  /** What the workspace remembers of a Python file. */
  readonly outline?: PythonOutline;
  readonly manifest?: ManifestFacts;
  readonly workflow?: WorkflowFacts;
}

/** Why a file has no facts, in words a user reads. */
export interface NotMeasured {
  readonly path: string;
  readonly reason: string;
}
