import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit } from '../../../core/text.ts';
import { Kind } from '../kinds.ts';
import { childOfKind, childrenOf, firstChild, kindOf, rangeOf, type NodeIndex } from '../tree.ts';
import { indentationAt, indentationUnit, newlineOf, startsLine } from './indentation.ts';

/**
 * Edits that make an `except` clause start with a log call; a lone `pass`, or what stands for it, gives way to it, comments stay.
 * Undefined when no clause starts at `start`, it can't be read, or it has the statement already.
 * @param start offset of the `except`
 * @param logger expression with a method `exception`
 * @param message plain words
 */
export function logInExceptClause(
  source: PythonSource,
  start: number,
  logger: string,
  message: string,
): readonly TextEdit[] | undefined {
  const { tree, text, syntaxErrors } = source;
  const clause = clauseAt(source, start);
  if (clause < 0) return undefined;
  const { end } = rangeOf(tree, clause);
  if (syntaxErrors.some(error => error.start < end && start < error.end)) return undefined;
  const block = childOfKind(tree, clause, Kind.block);
  const statements = childrenOf(tree, block).filter(node => kindOf(tree, node) !== Kind.comment);
  const [first, ...others] = statements;
  if (first === undefined) return undefined;

  const quote = quoteOf(source);
  const statement = `${logger}.exception(${quote}${message}${quote})`;
  if (text.slice(start, end).includes(statement)) return undefined;
  if (others.length === 0 && doesNothing(source, first)) return [{ range: rangeOf(tree, first), newText: statement }];

  const at = tree.starts[first] ?? 0;
  const newline = newlineOf(text);
  if (startsLine(text, at)) {
    const inner = indentationAt(text, at);
    return [{ range: { start: at, end: at }, newText: statement + newline + inner }];
  }
  // What stands on the line of the `except` moves to lines of its own.
  const inner = newline + indentationAt(text, start) + indentationUnit(source, start);
  return [{ range: { start: afterColon(text, at), end: at }, newText: inner + statement + inner }];
}

/** The `except` clause that starts at an offset, or -1. */
function clauseAt({ tree }: PythonSource, start: number): NodeIndex {
  for (let node = 0; node < tree.size; node++) {
    if (tree.starts[node] === start && kindOf(tree, node) === Kind.except_clause) return node;
  }
  return -1;
}

function doesNothing({ tree }: PythonSource, statement: NodeIndex): boolean {
  if (kindOf(tree, statement) === Kind.pass_statement) return true;
  const isExpression = kindOf(tree, statement) === Kind.expression_statement;
  return isExpression && INERT.has(kindOf(tree, firstChild(tree, statement)));
}

/** `...`, `None`, and the name of the error, which stands for `pass`. */
const INERT: ReadonlySet<number> = new Set([Kind.ellipsis, Kind.none, Kind.identifier]);

/** Start of the white space before an offset. */
function afterColon(text: string, offset: number): number {
  let start = offset;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
  return start;
}

/** The quote that most strings of the file use; `"` when there are none. */
function quoteOf({ tree, text }: PythonSource): '"' | "'" {
  let balance = 0;
  for (let node = 0; node < tree.size; node++) {
    if (kindOf(tree, node) !== Kind.string_start) continue;
    balance += text[(tree.ends[node] ?? 0) - 1] === "'" ? -1 : 1;
  }
  return balance < 0 ? "'" : '"';
}
