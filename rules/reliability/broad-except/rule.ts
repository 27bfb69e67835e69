import { defineRule, type FactMap } from '#rule-kit';
import { clauseAt, moveHarmless, narrowHandler, promiseOf } from '../../shared/narrow-handler.ts';

export default defineRule({
  meta: {
    id: 'broad-except',
    title: 'Except for every error',
    aspect: 'reliability',
    priority: 'high',
    confidence: 'high',
    languages: ['Python'],
    fix: 'suggested',
    since: '0.1.0',
    requiredFor: 'standard',
  },

  on: {
    exceptionHandler(handler, { report }) {
      if (handler.language !== 'python' || handler.form !== 'except' || !isBroad(handler)) return;
      const { conduct, boundary, excuse, headRange } = handler;
      const goesOn = conduct.endsAlways === true || conduct.mayRaise || conduct.handsErrorOn;
      if (goesOn || excuse === 'cleanup') return;

      const logsTraceback = conduct.logs.some(({ hasTraceback }) => hasTraceback);
      if (logsTraceback && (boundary || excuse === 'explained')) return;
      report({
        range: headRange,
        message: messageFor(handler),
        // The error can be found in the log: what is left is that bugs are treated like expected failures.
        ...(logsTraceback && { priority: 'medium', confidence: 'medium' }),
        ...promiseOf(handler),
      });
    },
  },

  fix({ path, range }, context) {
    const clause = clauseAt(path, range, context);
    if (!clause) return [];
    const narrowed = narrowHandler(path, clause, context);
    return [...(narrowed ? [narrowed.fix] : []), ...moveHarmless(path, clause, context)];
  },
});

function isBroad({ breadth }: FactMap['exceptionHandler']): boolean {
  return breadth === 'exception' || breadth === 'baseException';
}

function messageFor({ breadth, boundary, conduct }: FactMap['exceptionHandler']): string {
  if (breadth === 'baseException') {
    return '`except BaseException` also stops `KeyboardInterrupt`, `SystemExit` and cancelled tasks. Catch the errors that this block can handle, or re-raise.';
  }
  if (boundary && conduct.logs.length > 0) {
    return '`except Exception` stops every error here, bugs included, and the log does not say where it came from. Log the traceback, or catch the errors that this block can handle.';
  }
  return '`except Exception` also hides bugs, such as a mistyped name, as if they were expected failures. Catch the errors that this block can handle, or re-raise.';
}
