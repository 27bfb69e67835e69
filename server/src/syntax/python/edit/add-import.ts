import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit } from '../../../core/text.ts';
import { Kind } from '../kinds.ts';
import { childrenOf, kindOf, type NodeIndex } from '../tree.ts';
import { addImportedName, compareNames } from './imported-names.ts';
import { writesNamesApart, type ImportedName, type WantedImport } from './import-list.ts';
import { indentationAt, lineEndOf, lineStartOf, newlineOf, nextLineOf, startsLine } from './indentation.ts';
import { STANDARD_MODULES } from './standard-modules.ts';

/** Edits that add an import to the top of a file: to an import of the same module, else on a line of its own. */
export function addImport(
  source: PythonSource,
  wanted: WantedImport,
  imports: readonly ImportedName[],
): readonly TextEdit[] {
  const header = headerImports(source);
  const { module, name } = wanted;
  if (name !== undefined && !writesNamesApart(imports)) {
    const atTop = new Set(header);
    const same = imports.find(
      other => other.module === module && other.name !== undefined && other.name !== '*' && atTop.has(other.statement),
    );
    const extended = same && addImportedName(source, same.statement, name);
    if (extended) return extended;
  }
  return [placeStatement(source, wanted, header, imports)];
}

/**
 * Edits that put a statement (one or more lines, without line ending) after the imports at the top, with a blank line on
 * both sides; after edits of {@link addImport} in the same list when both are wanted.
 */
export function addAfterImports(source: PythonSource, statement: string): readonly TextEdit[] {
  const { text } = source;
  const newline = newlineOf(text);
  const last = headerImports(source).at(-1);
  if (last === undefined) return [placeFirst(source, statement)];
  const at = endOfLines(source, last);
  const followed = isBlankLine(text, nextLineOf(text, at)) ? '' : newline;
  return [insertion(at, newline + newline + statement + followed)];
}

/** Import statements of the module itself that stand before its first definition. */
export function headerImports({ tree }: PythonSource): NodeIndex[] {
  const found: NodeIndex[] = [];
  for (const node of childrenOf(tree, 0)) {
    const kind = kindOf(tree, node);
    if (
      kind === Kind.import_statement ||
      kind === Kind.import_from_statement ||
      kind === Kind.future_import_statement
    ) {
      found.push(node);
    }
    if (kind === Kind.function_definition || kind === Kind.class_definition || kind === Kind.decorated_definition)
      break;
  }
  return found;
}

/** Groups in the order of PEP 8: future, standard library, other packages, the project's own, relative ones. */
function groupOf(module: string, path: string): number {
  if (module === '__future__') return 0;
  if (module.startsWith('.')) return 4;
  const top = topOf(module);
  if (STANDARD_MODULES.has(top)) return 1;
  // `bookshop` in `src/bookshop/orders.py` is the project itself.
  return path.split('/').slice(0, -1).includes(top) ? 3 : 2;
}

function topOf(module: string): string {
  return module.split('.', 1)[0] ?? module;
}

interface HeaderImport {
  readonly node: NodeIndex;
  readonly group: number;
  readonly isFrom: boolean;
  readonly module: string;
  /** The first of its names. */
  readonly name: string | undefined;
}

function placeStatement(
  source: PythonSource,
  wanted: WantedImport,
  header: readonly NodeIndex[],
  imports: readonly ImportedName[],
): TextEdit {
  const { module, name } = wanted;
  const isFrom = name !== undefined;
  const statement = isFrom ? `from ${module} import ${name}` : `import ${module}`;
  const newline = newlineOf(source.text);
  // Backwards, so that of several modules in one statement the first one counts.
  const first = new Map(imports.toReversed().map(imported => [imported.statement, imported]));
  const entries = header.map((node): HeaderImport => {
    const isFuture = kindOf(source.tree, node) === Kind.future_import_statement;
    const entryModule = isFuture ? '__future__' : (first.get(node)?.module ?? '');
    return {
      node,
      group: groupOf(entryModule, source.path),
      isFrom: kindOf(source.tree, node) !== Kind.import_statement,
      module: entryModule,
      name: first.get(node)?.name,
    };
  });
  const group = groupOf(module, source.path);
  const all = entries.filter(entry => entry.group === group);
  const kin = all.filter(entry => entry.isFrom === isFrom && topOf(entry.module) === topOf(module));
  // Beside imports of the same package, wherever the author has put these.
  const own = kin.length > 0 ? kin : all;
  const before = own.filter(entry => !comesAfter(entry, wanted)).at(-1);
  if (before) return insertion(endOfLines(source, before.node), newline + statement);
  const after = own[0];
  if (after) return insertion(startOfLine(source, after.node), statement + newline);
  const lower = entries.filter(entry => entry.group < group).at(-1);
  if (lower) return newGroupAfter(source, lower.node, statement);
  const higher = entries[0];
  if (higher) return insertion(startOfLine(source, higher.node), statement + newline + newline);
  return placeFirst(source, statement);
}

/** Within a group, `import x` stands before `from x import y`; modules, and names of one module, follow the alphabet. */
function comesAfter(entry: HeaderImport, { module, name }: WantedImport): boolean {
  if (entry.isFrom !== (name !== undefined)) return entry.isFrom;
  if (entry.module === module && entry.name !== undefined && name !== undefined)
    return compareNames(entry.name, name) > 0;
  return entry.module.toLowerCase() > module.toLowerCase();
}

function newGroupAfter(source: PythonSource, node: NodeIndex, statement: string): TextEdit {
  const { text } = source;
  const newline = newlineOf(text);
  const at = endOfLines(source, node);
  const followed = isBlankLine(text, nextLineOf(text, at)) ? '' : newline;
  return insertion(at, newline + newline + statement + followed);
}

/** Puts a statement where the first import would stand: after the leading comments and the docstring. */
function placeFirst(source: PythonSource, statement: string): TextEdit {
  const { tree, text } = source;
  const newline = newlineOf(text);
  const children = childrenOf(tree, 0);
  const first = children.findIndex(node => kindOf(tree, node) !== Kind.comment);
  const firstNode = children[first];
  if (firstNode !== undefined && isDocstring(source, firstNode)) return newGroupAfter(source, firstNode, statement);
  const comments = first < 0 ? children : children.slice(0, first);
  const attached = firstNode === undefined ? undefined : attachedComments(source, comments, firstNode);
  const lead = comments.filter(node => attached === undefined || (tree.starts[node] ?? 0) < attached).at(-1);
  if (lead !== undefined) return newGroupAfter(source, lead, statement);
  if (firstNode === undefined) return insertion(text.startsWith('\uFEFF') ? 1 : 0, statement + newline);
  const at = attached ?? startOfLine(source, firstNode);
  return insertion(Math.max(at, text.startsWith('\uFEFF') ? 1 : 0), statement + newline + newline);
}

/** Where the comments start that stand right above a statement; the head of the file belongs to nothing. */
function attachedComments(source: PythonSource, comments: readonly NodeIndex[], node: NodeIndex): number | undefined {
  const { tree, text } = source;
  let start = startOfLine(source, node);
  for (const comment of comments.toReversed()) {
    if (nextLineOf(text, tree.ends[comment] ?? 0) !== start) break;
    const line = lineStartOf(text, tree.starts[comment] ?? 0);
    if (line === 0) return undefined;
    start = line;
  }
  return start;
}

function isDocstring({ tree }: PythonSource, node: NodeIndex): boolean {
  const [only, ...others] = childrenOf(tree, node);
  return (
    kindOf(tree, node) === Kind.expression_statement && others.length === 0 && kindOf(tree, only ?? -1) === Kind.string
  );
}

/** End of the last line of a module-level statement; further statements and comments on it are passed. */
function endOfLines({ tree, text }: PythonSource, node: NodeIndex): number {
  let end = lineEndOf(text, tree.ends[node] ?? 0);
  for (let next = tree.nexts[node] ?? tree.size; next < tree.size; next = tree.nexts[next] ?? tree.size) {
    if ((tree.starts[next] ?? 0) >= end) break;
    end = lineEndOf(text, Math.max(end, tree.ends[next] ?? 0));
  }
  return end;
}

/** Start of the line of a module-level statement, before statements that share it. */
function startOfLine({ text, tree }: PythonSource, node: NodeIndex): number {
  const start = tree.starts[node] ?? 0;
  return startsLine(text, start) ? start - indentationAt(text, start).length : lineStartOf(text, start);
}

function isBlankLine(text: string, lineStart: number): boolean {
  return lineStart >= text.length || text.slice(lineStart, lineEndOf(text, lineStart)).trim() === '';
}

function insertion(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}
