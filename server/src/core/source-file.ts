import type { SyntaxTree } from './syntax-tree.ts';
import type { TextRange } from './text.ts';

/** Text and syntax of one version of a Python file; what fixes work on. */
export interface PythonSource {
  readonly language: 'python';
  readonly path: string;
  readonly text: string;
  readonly tree: SyntaxTree;
  /** Ranges that could not be parsed; empty for a valid file. */
  readonly syntaxErrors: readonly TextRange[];
}

/** Text of a file of any other language; its front end parses it again when a fix needs more. */
export interface TextSource {
  readonly language: 'typescript' | 'manifest' | 'workflow' | 'other';
  readonly path: string;
  readonly text: string;
}

export type SourceFile = PythonSource | TextSource;
