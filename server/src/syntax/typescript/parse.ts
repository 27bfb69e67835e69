import { ts } from 'ts-morph';
import type { TextRange } from '../../core/text.ts';

const SCRIPT_KINDS: Readonly<Record<string, ts.ScriptKind>> = {
  ts: ts.ScriptKind.TS,
  mts: ts.ScriptKind.TS,
  cts: ts.ScriptKind.TS,
  tsx: ts.ScriptKind.TSX,
  // Plain JavaScript may hold JSX whatever its ending is.
  js: ts.ScriptKind.JSX,
  jsx: ts.ScriptKind.JSX,
  mjs: ts.ScriptKind.JSX,
  cjs: ts.ScriptKind.JSX,
};

/** Whether a path names a TypeScript or JavaScript source; declaration files hold no code and are left out. */
export function isTypeScriptPath(path: string): boolean {
  return path.includes('.') && Object.hasOwn(SCRIPT_KINDS, endingOf(path)) && !/\.d\.([^./]+\.)?[mc]?ts$/.test(path);
}

/**
 * Parses one file without setting parents: the walk does that on its way.
 * May throw on hostile input, a RangeError for code that nests too deeply among others.
 */
export function parseTypeScript(path: string, text: string): ts.SourceFile {
  const options: ts.CreateSourceFileOptions = {
    languageVersion: ts.ScriptTarget.ESNext,
    // Comments are found by text; nobody reads the nodes inside of them.
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  };
  return ts.createSourceFile(path, text, options, false, SCRIPT_KINDS[endingOf(path)]);
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** Places at which the parser met something that it did not expect. */
export function syntaxErrorsOf(source: ts.SourceFile): readonly TextRange[] {
  // True for every file that `createSourceFile` made; the property is merely not part of the published types.
  const { parseDiagnostics } = source as ts.SourceFile & {
    readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[];
  };
  return parseDiagnostics.map(({ start, length }) => ({ start, end: start + length }));
}

/** Range of a node without the comments before it. */
export function rangeOf(node: ts.Node, source: ts.SourceFile): TextRange {
  return { start: node.getStart(source), end: node.end };
}
