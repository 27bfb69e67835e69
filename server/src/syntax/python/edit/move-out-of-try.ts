import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit, TextRange } from '../../../core/text.ts';
import { Field, Kind } from '../kinds.ts';
import {
  ancestorOfKind,
  childByField,
  childrenOf,
  endOfSubtree,
  firstChild,
  kindOf,
  nodeAt,
  parentOf,
  rangeOf,
  textOf,
  type NodeIndex,
} from '../tree.ts';
import {
  hasMultilineString,
  indentationAt,
  lineEndOf,
  lineStartOf,
  newlineOf,
  nextLineOf,
  startsLine,
} from './indentation.ts';

/**
 * Edits that move statements which can't fail out of the body of a `try`: those at its start before it, those at its end
 * into its `else`. Comments go with the statement below them. Undefined where there are none, where nothing else would be
 * left, and where the layout leaves doubts.
 * @param clause range of one of the `except` clauses
 */
export function moveOutOfTry(source: PythonSource, clause: TextRange): readonly TextEdit[] | undefined {
  const { tree } = source;
  const node = nodeAt(tree, clause, Kind.except_clause);
  const statement = node < 0 ? -1 : parentOf(tree, node);
  const body = childByField(tree, statement, Field.body);
  if (kindOf(tree, statement) !== Kind.try_statement || source.syntaxErrors.length > 0) return undefined;
  if (unbinds(source, statement)) return undefined;
  const lines = linesOf(source, statement, body);
  if (!lines) return undefined;

  const first = lines.findIndex(({ harmless }) => !harmless);
  const last = lines.findLastIndex(({ harmless }) => !harmless);
  if (first < 0 || (first === 0 && last === lines.length - 1)) return undefined;
  const before = first === 0 ? [] : leadingEdits(source, statement, lines.slice(0, first));
  const after = last === lines.length - 1 ? [] : trailingEdits(source, statement, lines, last);
  const edits = [...(before ?? []), ...(after ?? [])];
  return before === undefined || after === undefined ? undefined : edits;
}

/** Whether names lose their values on the way: by `del`, or at the end of `except … as name`. */
function unbinds({ tree }: PythonSource, statement: NodeIndex): boolean {
  const body = childByField(tree, statement, Field.body);
  for (let node = body; node < endOfSubtree(tree, body); node++) {
    if (kindOf(tree, node) === Kind.delete_statement || kindOf(tree, node) === Kind.except_clause) return true;
  }
  return false;
}

/** A statement of the body with the comment lines above it; from the start of a line to the start of another one. */
interface BodyLines extends TextRange {
  readonly harmless: boolean;
  readonly returns: boolean;
}

/** Undefined unless each statement has its lines for itself. */
function linesOf(source: PythonSource, statement: NodeIndex, body: NodeIndex): readonly BodyLines[] | undefined {
  const { tree, text } = source;
  const found: BodyLines[] = [];
  const bound = parametersAround(source, statement);
  let start = nextLineOf(text, (tree.starts[statement] ?? 0) + 'try'.length);
  const statements = childrenOf(tree, body).filter(child => kindOf(tree, child) !== Kind.comment);
  for (const child of statements) {
    const range = rangeOf(tree, child);
    const rest = text.slice(range.end, lineEndOf(text, range.end)).trim();
    if (!startsLine(text, range.start) || range.start < start || (rest !== '' && !rest.startsWith('#')))
      return undefined;
    const end = nextLineOf(text, range.end);
    // A `return` that other statements follow would hide them.
    const returns = kindOf(tree, child) === Kind.return_statement;
    const isInPlace = !returns || child === statements.at(-1);
    const isMovable = isInPlace && !(returns && endsHandler(source, statement, child));
    const harmless = isMovable && isHarmless(source, child, bound) && !hasMultilineString(source, range);
    found.push({ start, end, harmless, returns });
    for (const name of namesBoundBy(source, child)) bound.add(name);
    start = end;
  }
  // A comment below the last statement belongs to neither side.
  const next = childrenOf(tree, statement).find(child => kindOf(tree, child) === Kind.except_clause) ?? -1;
  return text.slice(start, tree.starts[next]).trim() === '' ? found : undefined;
}

/** Whether a handler ends like this statement: in an `else` beside it, the same would be said twice. */
function endsHandler({ tree, text }: PythonSource, statement: NodeIndex, node: NodeIndex): boolean {
  const handlers = childrenOf(tree, statement).filter(child => kindOf(tree, child) === Kind.except_clause);
  return handlers.some(handler => {
    const block = childrenOf(tree, handler).find(child => kindOf(tree, child) === Kind.block);
    const last = block === undefined ? undefined : childrenOf(tree, block).at(-1);
    return last !== undefined && textOf(tree, text, last) === textOf(tree, text, node);
  });
}

/**
 * Names take values that are written out, or that other names have; or such a value is given back.
 * @param bound names that are sure to have a value: reading any other one may fail
 */
function isHarmless(source: PythonSource, statement: NodeIndex, bound: ReadonlySet<string>): boolean {
  const { tree } = source;
  switch (kindOf(tree, statement)) {
    case Kind.expression_statement: {
      const assignment = firstChild(tree, statement);
      if (kindOf(tree, assignment) !== Kind.assignment || childByField(tree, assignment, Field.type) >= 0) return false;
      const isName = kindOf(tree, childByField(tree, assignment, Field.left)) === Kind.identifier;
      return isName && isPlainValue(source, childByField(tree, assignment, Field.right), bound);
    }
    case Kind.return_statement: {
      const value = firstChild(tree, statement);
      return value < 0 || isPlainValue(source, value, bound);
    }
    default:
      return false;
  }
}

function isPlainValue({ tree, text }: PythonSource, value: NodeIndex, bound: ReadonlySet<string>): boolean {
  if (value < 0) return false;
  for (let node = value; node < endOfSubtree(tree, value); node++) {
    const kind = kindOf(tree, node);
    if (!PLAIN_VALUES.has(kind)) return false;
    if (kind === Kind.identifier && !bound.has(textOf(tree, text, node))) return false;
    if (kind !== Kind.string) continue;
    const end = endOfSubtree(tree, node);
    for (let part = node; part < end; part++) if (kindOf(tree, part) === Kind.interpolation) return false;
    node = end - 1;
  }
  return true;
}

/** Names that a statement of the body itself binds, whatever happens. */
function namesBoundBy({ tree, text }: PythonSource, statement: NodeIndex): readonly string[] {
  const assignment = firstChild(tree, statement);
  if (kindOf(tree, statement) !== Kind.expression_statement || kindOf(tree, assignment) !== Kind.assignment) return [];
  const left = childByField(tree, assignment, Field.left);
  const targets = kindOf(tree, left) === Kind.pattern_list ? childrenOf(tree, left) : [left];
  return targets.filter(target => kindOf(tree, target) === Kind.identifier).map(target => textOf(tree, text, target));
}

function parametersAround({ tree, text }: PythonSource, statement: NodeIndex): Set<string> {
  const list = childByField(tree, ancestorOfKind(tree, statement, Kind.function_definition), Field.parameters);
  const found = new Set<string>();
  for (const parameter of list < 0 ? [] : childrenOf(tree, list)) {
    const name = kindOf(tree, parameter) === Kind.identifier ? parameter : firstChild(tree, parameter);
    if (kindOf(tree, name) === Kind.identifier) found.add(textOf(tree, text, name));
  }
  return found;
}

const PLAIN_VALUES: ReadonlySet<number> = new Set([
  Kind.identifier,
  Kind.string,
  Kind.integer,
  Kind.float,
  Kind.true,
  Kind.false,
  Kind.none,
  Kind.list,
  Kind.tuple,
  Kind.expression_list,
  Kind.parenthesized_expression,
]);

function leadingEdits(
  { tree, text }: PythonSource,
  statement: NodeIndex,
  lines: readonly BodyLines[],
): readonly TextEdit[] | undefined {
  const at = lineStartOf(text, tree.starts[statement] ?? 0);
  const outer = indentationAt(text, at);
  const range = { start: lines[0]?.start ?? 0, end: lines.at(-1)?.end ?? 0 };
  const inner = indentationAt(text, tree.starts[childByField(tree, statement, Field.body)] ?? 0);
  const moved = dedent(text.slice(range.start, range.end), inner, outer);
  if (moved === undefined) return undefined;
  return [
    { range: { start: at, end: at }, newText: moved },
    // Blank lines below would stand at the start of the body.
    { range: { start: range.start, end: afterBlankLines(text, range.end) }, newText: '' },
  ];
}

function afterBlankLines(text: string, offset: number): number {
  let line = offset;
  while (line < text.length && text.slice(line, lineEndOf(text, line)).trim() === '') line = nextLineOf(text, line);
  return line;
}

/** Undefined when a line is indented in another way. */
function dedent(text: string, inner: string, outer: string): string | undefined {
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  const isUniform = lines.every(line => line.trim() === '' || line.startsWith(inner));
  return isUniform
    ? lines.map(line => (line.trim() === '' ? line : outer + line.slice(inner.length))).join('')
    : undefined;
}

function trailingEdits(
  source: PythonSource,
  statement: NodeIndex,
  lines: readonly BodyLines[],
  last: number,
): readonly TextEdit[] | undefined {
  const { tree, text } = source;
  const range = { start: lines[last]?.end ?? 0, end: lines.at(-1)?.end ?? 0 };
  // Blank lines between what stays and what goes separate nothing any more.
  const moved = text.slice(range.start, range.end).replace(/^(?:[ \t]*(?:\r\n|\n|\r))+/, '');
  const clauses = childrenOf(tree, statement).filter(child => CLAUSES.has(kindOf(tree, child)));
  const existing = clauses.find(child => kindOf(tree, child) === Kind.else_clause);
  if (existing !== undefined) {
    // Behind a `return`, what stands there would never run.
    if (lines.at(-1)?.returns) return undefined;
    const block = childByField(tree, existing, Field.body);
    const isAlike =
      indentationAt(text, tree.starts[block] ?? 0) ===
      indentationAt(text, tree.starts[childByField(tree, statement, Field.body)] ?? 0);
    if (!isAlike || !startsLine(text, tree.starts[block] ?? 0)) return undefined;
    const at = nextLineOf(text, tree.starts[existing] ?? 0);
    return [
      { range, newText: '' },
      { range: { start: at, end: at }, newText: moved },
    ];
  }
  const handler = clauses.findLast(child => kindOf(tree, child) === Kind.except_clause) ?? -1;
  const end = lineEndOf(text, tree.ends[handler] ?? 0);
  const following = nextLineOf(text, end);
  const outer = indentationAt(text, tree.starts[statement] ?? 0);
  if (isDeeperComment(text, following, outer)) return undefined;
  const newline = newlineOf(text);
  const isLastLine = following === end;
  const written = `${isLastLine ? newline : ''}${outer}else:${newline}${isLastLine ? moved.replace(/(?:\r\n|\n|\r)$/, '') : moved}`;
  return [
    { range, newText: '' },
    { range: { start: following, end: following }, newText: written },
  ];
}

const CLAUSES: ReadonlySet<number> = new Set([Kind.except_clause, Kind.else_clause]);

/** Whether a comment comes next that still belongs to the handler above it. */
function isDeeperComment(text: string, offset: number, outer: string): boolean {
  const line = afterBlankLines(text, offset);
  const indentation = indentationAt(text, line);
  return indentation.length > outer.length && text.startsWith('#', line + indentation.length);
}
