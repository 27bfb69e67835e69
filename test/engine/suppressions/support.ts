import type { Finding } from '../../../server/src/core/finding.ts';
import type { CommentFact } from '../../../server/src/core/python-facts.ts';
import { LineIndex } from '../../../server/src/core/text.ts';
import {
  parseSuppressions,
  type ParsedSuppressions,
} from '../../../server/src/engine/suppressions/parse-suppressions.ts';

/** Comments of a text whose strings hold neither quotes nor comment signs; `/*` and `<!--` may span lines. */
export function commentsOf(text: string): readonly CommentFact[] {
  const token = /("""[^]*?"""|`[^`]*`|"[^"\r\n]*"|'[^'\r\n]*')|(\/\*[^]*?\*\/|<!--[^]*?-->|#[^\r\n]*|\/\/[^\r\n]*)/g;
  return [...text.matchAll(token)].flatMap(match => {
    const comment = match[2];
    if (comment === undefined) return [];
    const range = { start: match.index, end: match.index + comment.length };
    return [{ range, text: comment, ownLine: /(?:^\ufeff?|[\r\n])[ \t]*$/.test(text.slice(0, range.start)) }];
  });
}

/** Suppressions of a text, by the rules of {@link commentsOf}. */
export function parse(text: string): ParsedSuppressions {
  return parseSuppressions(text, new LineIndex(text), commentsOf(text));
}

/** A finding of a rule on the first `needle` of a text. */
export function findingAt(text: string, needle: string, ruleId: string): Finding {
  const start = text.indexOf(needle);
  if (start < 0) throw new Error(`There is no ${needle}.`);
  return {
    ruleId,
    path: 'shop/orders.py',
    range: { start, end: start + needle.length },
    message: 'Something is wrong here.',
    priority: 'medium',
    confidence: 'high',
    related: [],
    fix: undefined,
    data: undefined,
    fingerprint: `${ruleId}:${needle}`,
  };
}
