import { defineRule, type Fix } from '#rule-kit';
import { clauseAt, moveHarmless, narrowHandler } from '../../shared/narrow-handler.ts';

export default defineRule({
  meta: {
    id: 'bare-except',
    title: 'Bare except',
    aspect: 'reliability',
    priority: 'high',
    confidence: 'high',
    languages: ['Python'],
    fix: 'safe',
    since: '0.1.0',
    requiredFor: 'standard',
  },

  on: {
    exceptionHandler(handler, { report }) {
      const { conduct, headRange } = handler;
      if (handler.breadth !== 'bare') return;
      if (conduct.endsAlways === true || conduct.mayRaise || conduct.handsErrorOn) return;
      if (handler.exitsCaughtBefore === true) return;

      report({
        range: headRange,
        message:
          'A bare `except:` also stops `KeyboardInterrupt` and `SystemExit`, so the service may not end when it is told to. ' +
          'Catch the errors that this block can handle, or `Exception`.',
        // Where the guarded code waits or exits, somebody may count on the two being caught.
        ...(handler.cannotNameException !== true && { fix: handler.guardsExit === true ? 'suggested' : 'safe' }),
        data: { guardsExit: handler.guardsExit === true },
      });
    },
  },

  fix({ path, range, data }, context) {
    const { text } = context.python(path);
    if (text.slice(range.start, range.end) !== 'except') return [];
    const blanks = /^[ \t]+(?=:)/.exec(text.slice(range.end, range.end + MOST_BLANKS))?.[0] ?? '';
    const edit = { range: { start: range.end, end: range.end + blanks.length }, newText: ' Exception' };
    const applicability = isGuardingExit(data) ? 'suggested' : 'safe';
    const broader: Fix = { title: 'Catch `Exception` instead', applicability, edits: [{ path, edits: [edit] }] };
    const clause = clauseAt(path, range, context);
    if (!clause) return [broader];
    const moved = moveHarmless(path, clause, context);
    const narrowed = narrowHandler(path, clause, context);
    if (!narrowed) return [broader, ...moved];
    // Nothing else can be raised there: what the handler did for errors, it still does.
    if (narrowed.understood === 'certain') return [{ ...narrowed.fix, applicability }, broader, ...moved];
    return [broader, narrowed.fix, ...moved];
  },
});

/** White space that is looked through for the colon. */
const MOST_BLANKS = 80;

function isGuardingExit(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'guardsExit' in data && data.guardsExit === true;
}
