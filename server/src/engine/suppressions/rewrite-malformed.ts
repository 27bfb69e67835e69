import type { RuleNames } from '../rule-names.ts';
import { printReason } from './print-suppression.ts';

/** Writes the words of a malformed suppression as they were meant; undefined when they name no rule. */
export function rewriteMalformed(words: string, names: RuleNames): string | undefined {
  const keyword = /^readiness[\s:]*ignore[-_ ]?file\b/i.test(words) ? 'ignore-file' : 'ignore';
  const known = new Set(names.rules.map(rule => rule.id));
  const named = [...words.matchAll(/[a-z0-9]+(?:-[a-z0-9]+)+/g)].filter(match => known.has(match[0]));
  const last = lastOfList(words, named);
  if (!last) return undefined;

  const ids = [...new Set(named.filter(match => match.index <= last.index).map(match => match[0]))];
  const behind = words.slice(last.index + last[0].length).replace(/^[\s\])},:;-]*(?:because\b|reason:)?/i, '');
  return `readiness: ${keyword}[${ids.join(', ')}]${printReason(behind)}`;
}

/** The last id of the list; ids that come later, after other words, belong to the reason. */
function lastOfList(words: string, named: readonly RegExpExecArray[]): RegExpExecArray | undefined {
  let last: RegExpExecArray | undefined;
  for (const match of named) {
    if (last && !/^[\s,]+$/.test(words.slice(last.index + last[0].length, match.index))) break;
    last = match;
  }
  return last;
}
