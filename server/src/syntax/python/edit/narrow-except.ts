import type { Narrowing, NarrowType } from '../../../core/narrowing.ts';
import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit, TextRange } from '../../../core/text.ts';
import { Field, Kind } from '../kinds.ts';
import { childByField, childrenOf, firstChild, kindOf, nodeAt, NO_NODE, type NodeIndex } from '../tree.ts';
import { ensureImport, type EnsuredImport } from './ensure-import.ts';
import { importsOf, writesNamesApart } from './import-list.ts';
import { indentationAt, indentationUnit, lineEndOf, lineStartOf, newlineOf } from './indentation.ts';
import { isBinding, occurrencesOf, scopeAround, scopesSeenFrom } from './names.ts';

/** Longer heads are written over several lines. */
const MAX_LINE = 100;

/** A narrower head of an `except` clause. */
export interface NarrowedHead {
  /** What is caught now, as it is written: `KeyError`, `(KeyError, ValueError)`. */
  readonly written: string;
  readonly edits: readonly TextEdit[];
}

/**
 * Edits that make an `except` clause catch the given types only, and import them; its `as` name stays. Undefined where a
 * name means something else there, or can't be imported; for `except*`, and for clauses with comments in their head.
 * @param clause range of the whole clause
 */
export function narrowExcept(
  source: PythonSource,
  clause: TextRange,
  types: Narrowing['types'],
): NarrowedHead | undefined {
  const { text } = source;
  const node = nodeAt(source.tree, clause, Kind.except_clause);
  const place = node < 0 || source.syntaxErrors.length > 0 ? undefined : placeOfTypes(source, node);
  if (!place) return undefined;

  const named = types.map(type => nameOf(source, type, clause.start));
  if (!named.every(each => each !== undefined)) return undefined;
  const names = named.map(({ localName }) => localName);
  const [only = '', ...others] = names;
  const written = others.length === 0 ? only : `(${names.join(', ')})`;
  const newText =
    fits(source, place, written) || others.length === 0 ? written : overLines(source, names, clause.start);
  const isBare = place.start === place.end;
  if (text.slice(place.start, place.end) === written) return undefined;
  return {
    written,
    edits: [
      ...joined(
        named.flatMap(({ edits }) => edits),
        writesNamesApart(importsOf(source)),
      ),
      { range: place, newText: isBare ? ` ${newText}` : newText },
    ],
  };
}

/** Range of the types in the head: empty, after `except`, for a bare one. */
function placeOfTypes({ tree, text }: PythonSource, clause: NodeIndex): TextRange | undefined {
  const parts = childrenOf(tree, clause).filter(child => ![Kind.block, Kind.comment].includes(kindOf(tree, child)));
  const start = (tree.starts[clause] ?? 0) + 'except'.length;
  if (!text.startsWith('except', start - 'except'.length)) return undefined;
  if (parts.length === 0) return { start, end: start };
  const [value = NO_NODE, ...more] = parts;
  const type = kindOf(tree, value) === Kind.as_pattern ? firstChild(tree, value) : value;
  if (more.length > 0 || kindOf(tree, value) === Kind['*']) return undefined;
  const range = { start: tree.starts[type] ?? 0, end: tree.ends[type] ?? 0 };
  const isGroup = /\*\s*$/.test(text.slice(start, range.start));
  return isGroup || text.slice(start, range.end).includes('#') ? undefined : range;
}

function nameOf(source: PythonSource, type: NarrowType, offset: number): EnsuredImport | undefined {
  switch (type.kind) {
    case 'builtin':
      return isBoundAnywhere(source, type.name, offset) ? undefined : { localName: type.name, edits: [] };
    case 'local':
      return isTopLevelClass(source, type.name, offset) ? { localName: type.name, edits: [] } : undefined;
    case 'imported': {
      const found = importedName(source, type, offset);
      return found && { ...found, localName: found.localName + type.rest };
    }
  }
}

function importedName(
  source: PythonSource,
  { from }: Extract<NarrowType, { kind: 'imported' }>,
  offset: number,
): EnsuredImport | undefined {
  for (const wanted of from) {
    const existing = ensureImport(source, wanted, offset);
    if (existing?.edits.length === 0) return existing;
  }
  const [wanted] = from;
  if (wanted === undefined) return undefined;
  const { module, name } = wanted;
  // `Error` and `TimeoutError` say nothing without their module.
  if (!SAYS_NOTHING.test(name) || module.startsWith('.')) return ensureImport(source, wanted, offset);
  const imported = ensureImport(source, { module }, offset);
  return imported && { ...imported, localName: `${imported.localName}.${name}` };
}

const SAYS_NOTHING = /^([a-z_]\w*|Error|Warning|Empty|Full|Timeout|TimeoutError|ConnectionError|NotFound|Exception)$/;

/** Whether the file gives a built-in name another meaning that could hold at the place. */
function isBoundAnywhere(source: PythonSource, name: string, offset: number): boolean {
  const scopes = scopesSeenFrom(source, offset);
  return occurrencesOf(source, name).some(
    node => (isBinding(source, node) || isImported(source, node)) && scopes.includes(scopeAround(source, node)),
  );
}

function isImported({ tree }: PythonSource, node: NodeIndex): boolean {
  const kind = kindOf(tree, tree.parents[node] ?? NO_NODE);
  return kind === Kind.dotted_name || kind === Kind.aliased_import;
}

/** Whether a name stands for a class at the top of the module, and for nothing nearer to the place. */
function isTopLevelClass(source: PythonSource, name: string, offset: number): boolean {
  const { tree } = source;
  const head = name.split('.', 1)[0] ?? name;
  const bindings = occurrencesOf(source, head).filter(node => isBinding(source, node) || isImported(source, node));
  const seen = scopesSeenFrom(source, offset);
  const visible = bindings.filter(node => seen.includes(scopeAround(source, node)));
  const [only = NO_NODE, ...others] = visible;
  const definition = tree.parents[only] ?? NO_NODE;
  const isClass =
    kindOf(tree, definition) === Kind.class_definition && childByField(tree, definition, Field.name) === only;
  const isBefore = (tree.ends[definition] ?? 0) <= offset || seen.length > 1;
  return (
    isClass && others.length === 0 && isBefore && (tree.parents[definition] === 0 || isDecoratedTop(source, definition))
  );
}

function isDecoratedTop({ tree }: PythonSource, definition: NodeIndex): boolean {
  const parent = tree.parents[definition] ?? NO_NODE;
  return kindOf(tree, parent) === Kind.decorated_definition && tree.parents[parent] === 0;
}

function fits({ text }: PythonSource, place: TextRange, written: string): boolean {
  const line = place.start - lineStartOf(text, place.start);
  return line + written.length + (lineEndOf(text, place.end) - place.end) <= MAX_LINE;
}

function overLines(source: PythonSource, names: readonly string[], offset: number): string {
  const newline = newlineOf(source.text);
  const base = indentationAt(source.text, offset);
  const inner = base + indentationUnit(source, offset);
  return `(${newline}${names.map(name => `${inner}${name},${newline}`).join('')}${base})`;
}

/** Two types of one module need its import once, in one statement, or in one each where the file writes names apart. */
function joined(edits: readonly TextEdit[], apart: boolean): readonly TextEdit[] {
  const found: TextEdit[] = [];
  for (const edit of edits) {
    const at = found.findIndex(({ range }) => range.start === edit.range.start && range.end === edit.range.end);
    const other = found[at];
    const both = other && (apart ? sameOf(other.newText, edit.newText) : joinedImport(other.newText, edit.newText));
    if (both === undefined) found.push(edit);
    else found[at] = { range: edit.range, newText: both };
  }
  return found;
}

/** Two equal texts, or two new imports of one module, as one; undefined for others. */
function joinedImport(left: string, right: string): string | undefined {
  if (left === right) return left;
  const [one, other] = [NEW_IMPORT.exec(left)?.groups, NEW_IMPORT.exec(right)?.groups];
  if (!one || !other || one.before !== other.before || one.after !== other.after) return undefined;
  return `${one.before}${one.names}, ${other.names}${one.after}`;
}

function sameOf(left: string, right: string): string | undefined {
  return left === right ? left : undefined;
}

const NEW_IMPORT = /^(?<before>\s*from \S+ import )(?<names>\w[\w, ]*)(?<after>\s*)$/;
