import type { ExceptionHandlerFact } from '../../core/facts/exception-handler.ts';
import type { FileFacts } from '../../core/file-facts.ts';

/**
 * Whether the author says, right above the clause or before the first statement of the handler, that anything may be
 * raised there: whoever wrote it knows the code behind it.
 * @param text the text that the facts are of
 */
export function isMeantBroad({ comments }: FileFacts, text: string, handler: ExceptionHandlerFact): boolean {
  const { range, headRange, bodyRange } = handler;
  // Both stretches end where something other than a comment stands.
  let above = range.start;
  let below = headRange.end + (/^[^:\n]*:/.exec(text.slice(headRange.end, range.end))?.[0].length ?? 0);
  const near = comments.filter(comment => comment.range.start >= bodyRange.end && comment.range.end <= range.end);
  const said: string[] = [];
  for (const comment of near.toReversed()) {
    if (comment.range.end > above || text.slice(comment.range.end, above).trim() !== '') continue;
    said.unshift(text.slice(comment.range.start, comment.range.end));
    above = comment.range.start;
  }
  for (const comment of near) {
    if (comment.range.start < below || text.slice(below, comment.range.start).trim() !== '') continue;
    said.push(text.slice(comment.range.start, comment.range.end));
    below = comment.range.end;
  }
  return ANYTHING.test(said.join(' ').replace(/[\s#]+/g, ' '));
}

const ANYTHING =
  /\b(anything|whatever|arbitrary|not only|any (\w+ )?(exceptions?|errors?|failures?)|(all|every) (\w+ )?(exceptions?|errors?|failures?)|catch(es|ing)? (all|everything|any)|should (not|never|n't) raise|must (not|never) (raise|fail|crash))\b/i;
