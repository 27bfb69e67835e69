import { awaitSleep, defineRule } from '#rule-kit';
import { awaitableCallOf, readAwaitableCall } from '../../shared/awaitable-call.ts';
import { calleeInWords } from '../../shared/event-loop-words.ts';

export default defineRule({
  meta: {
    id: 'async-blocking-sleep',
    title: 'Blocking sleep in a coroutine',
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
      if (fact.kind !== 'sleep' || fact.context !== 'async') return;

      report({
        range: fact.calleeRange,
        message:
          `\`${calleeInWords(fact.call.calleeText)}\` stops the whole event loop: no other request is served until it is over. ` +
          `Await \`${fact.asyncLibrary}.sleep\` instead.`,
        data: awaitableCallOf(fact),
        ...(fact.awaitable && { fix: 'safe' }),
      });
    },
  },

  fix({ path, data }, context) {
    const place = readAwaitableCall(data);
    const edits = place && awaitSleep(context.python(path), place.call, place.library);
    if (!place || !edits) return [];
    return [{ title: `Await \`${place.library}.sleep\``, applicability: 'safe', edits: [{ path, edits }] }];
  },
});
