import { ts } from 'ts-morph';
import type { TextRange } from '../../core/text.ts';
import type { TypeScriptFile } from './typescript-file.ts';

/** Words by which people say that an error is dropped on purpose. */
const INTENT =
  /ignor|best.?effort|swallow|deliberat|intention|on purpose|fire.?and.?forget|optional|non.?critical|non.?fatal|not critical|silent|suppress|harmless|don'?t care|doesn'?t matter|no.?op|may (not|fail|throw)|might (not|fail|throw)|can (fail|throw)|could (fail|throw)|if (it )?fails|already|safe to|never (fail|throw|block|break)|throws|not (to )?throw|don'?t throw|may be absent|propagat|surfac|unhandled|already (handled|logged|reported)|(handled|logged|reported) (by|in|else|above|below)|fall ?back|expected|gracefully|cleanup|clean up/i;

/** Whether a comment in a range gives a reason, in any words. */
export function isExplainedWithin(range: TextRange, { comments }: TypeScriptFile): boolean {
  return comments.some(
    comment => range.start <= comment.range.start && comment.range.end <= range.end && isReason(comment.text),
  );
}

/** Whether a comment above a statement, or above the declaration before it that it fills, says that its error is dropped. */
export function isExplainedBefore(statement: ts.Node, { comments, walk }: TypeScriptFile): boolean {
  const start = statement.getStart(walk.source);
  const from = declarationBefore(statement)?.pos ?? statement.pos;
  return comments.some(
    ({ range, ownLine, text }) => ownLine && from <= range.start && range.end <= start && INTENT.test(proseOf(text)),
  );
}

/** `let price: number;` right before a `try` that assigns it. */
function declarationBefore(statement: ts.Node): ts.Node | undefined {
  const { parent } = statement;
  if (!ts.isBlock(parent)) return undefined;
  const index = parent.statements.findIndex(sibling => sibling === statement);
  const before = parent.statements[index - 1];
  const isOpen = before && ts.isVariableStatement(before) && !before.declarationList.declarations[0]?.initializer;
  return isOpen ? before : undefined;
}

/** Prose, as opposed to a note to oneself, an instruction to a tool, or code that was commented out. */
function isReason(comment: string): boolean {
  const words = proseOf(comment);
  if (/^(TODO|FIXME|XXX|HACK)/i.test(words)) return false;
  if (/[;{}]$|^(console|logger|log|this|throw|return|await)\b.*[(;]|^\w+(\.\w+)*\(.*\)$/.test(words)) return false;
  return /\p{L}{2}/u.test(words);
}

/**
 * What a comment says to people. Of an instruction to a tool, that is what it gives as its reason: the rule that it names
 * says nothing. One to this tool is judged for itself.
 */
function proseOf(comment: string): string {
  const words = comment.replace(/^\/[/*]+|\*+\/$/g, '').trim();
  if (/^readiness:/i.test(words)) return '';
  return TOOLS.test(words) ? (/\s--\s+(.*)$/s.exec(words)?.[1] ?? '') : words;
}

const TOOLS = /^(eslint|tslint|@ts-|prettier-|istanbul|c8 |v8 |biome-|oxlint|noinspection)/i;
