import { defineRule, moveToThread } from '#rule-kit';
import { awaitableCallOf, readAwaitableCall } from '../../shared/awaitable-call.ts';
import { isMinor, judgeMove, messageFor } from './python.ts';

export default defineRule({
  meta: {
    id: 'async-blocking-call',
    title: 'Blocking call in a coroutine',
    aspect: 'concurrency',
    priority: 'critical',
    confidence: 'high',
    languages: ['Python'],
    fix: 'safe',
    since: '0.1.0',
    requiredFor: 'experimental',
  },

  on: {
    blockingCall(fact, { report }) {
      if (fact.kind === 'sleep' || fact.context !== 'async') return;
      // What is read, computed or asked for before the first request keeps nobody waiting.
      if (fact.atStartUp && (isMinor(fact) || fact.kind === 'input')) return;

      const move = judgeMove(fact);
      report({
        range: fact.calleeRange,
        message: messageFor(fact, move),
        data: { ...awaitableCallOf(fact), grade: move.grade, callee: fact.call.calleeText },
        ...(isMinor(fact) && { priority: 'medium' }),
        ...(move.grade !== 'none' && { fix: move.grade }),
      });
    },
  },

  fix({ path, data, fix }, context) {
    const place = readAwaitableCall(data);
    const edits = place && fix && moveToThread(context.python(path), place.call, place.library);
    if (!fix || !edits) return [];
    return [{ title: 'Run the call in a thread', applicability: fix, edits: [{ path, edits }] }];
  },
});
