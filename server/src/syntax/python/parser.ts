import { Edit, Language, Parser, type Point, type Tree } from 'web-tree-sitter';
import type { PythonSource } from '../../core/source-file.ts';
import type { TextEdit, TextRange } from '../../core/text.ts';
import { flatten } from './flatten.ts';
import { grammarTables, Kind, type GrammarTables } from './kinds.ts';
import { hasRawCursor, openRawCursor, openTreeCursor, type RawCursorFunctions } from './raw-cursor.ts';
import { hullOfChanges, type PreviousVersion } from './reuse.ts';

/** Bytes of the two WebAssembly modules: the tree-sitter runtime and the Python grammar. */
export interface PythonParserAssets {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}

/** A parsed version of an open document; keeps the parser's tree for the next edit until `dispose`. */
export interface IncrementalParse {
  readonly source: PythonSource;
  /** Parses the next version. `edits` are in the order they were made; this parse must not be used afterwards. */
  next(text: string, edits: readonly TextEdit[]): IncrementalParse;
  dispose(): void;
}

/** So many units of a text are read at a time where most of the old tree is taken over; the best of 64 to 10,000. */
const EDIT_CHUNK = 256;

/** Turns Python text into syntax trees. Broken code is data: it never throws for what a text contains. */
export interface PythonParser {
  /** Parses a text that nobody edits. */
  parse(path: string, text: string): PythonSource;
  /** Parses an open document. */
  parseIncrementally(path: string, text: string): IncrementalParse;
}

/**
 * Loads the runtime and the grammar.
 * @throws Error when the assets are not the pinned WebAssembly modules.
 */
export async function createPythonParser(assets: PythonParserAssets): Promise<PythonParser> {
  const module = { wasmBinary: assets.runtime };
  await Parser.init(module);
  const language = await Language.load(assets.grammar);
  const parser = new Parser();
  parser.setLanguage(language);
  const tables = grammarTables(language.types, language.fields, id => language.nodeTypeIsNamed(id));
  const raw = hasRawCursor(module) ? module : undefined;

  const parseTree = (text: string, old: Tree | null): Tree => {
    // The parser takes ten kilobytes at a time, also where it reads a word here and there: a sixth of the time that a
    // keystroke's parse took went into copying.
    const input = old ? (from: number): string => text.slice(from, from + EDIT_CHUNK) : text;
    const tree = parser.parse(input, old);
    if (!tree) throw new Error('The Python parser was cancelled, although nobody can cancel it.');
    return tree;
  };
  const toSource = (path: string, text: string, tree: Tree, previous?: PreviousVersion): PythonSource => ({
    language: 'python',
    path,
    text,
    ...flattenTree(tree, tables, raw, text, previous),
  });
  const incremental = (source: PythonSource, tree: Tree): IncrementalParse => ({
    source,
    next(text, edits) {
      applyToTree(tree, source.text, edits);
      const nextTree = parseTree(text, tree);
      const change = hullOfChanges(edits, tree.getChangedRanges(nextTree));
      tree.delete();
      return incremental(toSource(source.path, text, nextTree, { tree: source.tree, change }), nextTree);
    },
    dispose() {
      tree.delete();
    },
  });

  return {
    parse(path, text) {
      const tree = parseTree(text, null);
      const source = toSource(path, text, tree);
      tree.delete();
      return source;
    },
    parseIncrementally(path, text) {
      const tree = parseTree(text, null);
      return incremental(toSource(path, text, tree), tree);
    },
  };
}

function flattenTree(
  tree: Tree,
  tables: GrammarTables,
  raw: RawCursorFunctions | undefined,
  text: string,
  previous: PreviousVersion | undefined,
): Pick<PythonSource, 'tree' | 'syntaxErrors'> {
  // Measured on the CPython library: about one kept node for every nine characters. An edit adds few.
  const sizeHint = previous ? previous.tree.size + 64 : Math.ceil(text.length / 6) + 64;
  const open = (raw && openRawCursor(raw, tree)) ?? openTreeCursor(tree);
  const flat = flatten(open.cursor, tables, sizeHint, previous);
  trimComments(flat, text);
  open.free();
  return { tree: flat, syntaxErrors: tree.rootNode.hasError ? findErrors(flat) : [] };
}

/** The grammar counts the carriage return of a line ending to the comment before it. */
function trimComments(tree: PythonSource['tree'], text: string): void {
  if (!text.includes('\r')) return;
  for (let node = 0; node < tree.size; node++) {
    if (tree.kinds[node] !== Kind.comment) continue;
    const end = tree.ends[node] ?? 0;
    if (text.charCodeAt(end - 1) === 13) tree.ends[node] = end - 1;
  }
}

/** ERROR nodes, and empty leaves: those are the tokens that the parser had to make up. */
function findErrors(tree: PythonSource['tree']): TextRange[] {
  const errors: TextRange[] = [];
  for (let node = 0; node < tree.size; node++) {
    const start = tree.starts[node] ?? 0;
    const end = tree.ends[node] ?? 0;
    const isMissing = start === end && node > 0 && tree.kinds[node] !== Kind.block;
    if (tree.kinds[node] === Kind.ERROR || isMissing) errors.push({ start, end });
  }
  // A missing anonymous token leaves no node behind: then nobody knows the place.
  const end = tree.ends[0] ?? 0;
  return errors.length > 0 ? errors : [{ start: end, end }];
}

function applyToTree(tree: Tree, text: string, edits: readonly TextEdit[]): void {
  let current = text;
  for (const { range, newText } of edits) {
    const startPosition = advance({ row: 0, column: 0 }, current, 0, range.start);
    tree.edit(
      new Edit({
        startIndex: range.start,
        oldEndIndex: range.end,
        newEndIndex: range.start + newText.length,
        startPosition,
        oldEndPosition: advance(startPosition, current, range.start, range.end),
        newEndPosition: advance(startPosition, newText, 0, newText.length),
      }),
    );
    current = current.slice(0, range.start) + newText + current.slice(range.end);
  }
}

/** The point behind a stretch of text that starts at `point`. For the parser, lines end with `\n` alone. */
function advance(point: Point, text: string, start: number, end: number): Point {
  let row = point.row;
  let lineStart = -1;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: lineStart < 0 ? point.column + end - start : end - lineStart };
}
