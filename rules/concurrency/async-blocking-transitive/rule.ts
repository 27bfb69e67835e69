import { defineWorkspaceRule, moveToThread } from '#rule-kit';
import { awaitableCallOf, readAwaitableCall } from '../../shared/awaitable-call.ts';
import { isMinorKind } from '../../shared/event-loop-words.ts';
import { judgeMove } from './move.ts';
import { createRelatedPlaces, messageFor } from './wording.ts';

export default defineWorkspaceRule({
  subject: 'python',
  meta: {
    id: 'async-blocking-transitive',
    title: 'Blocking function behind a coroutine',
    aspect: 'concurrency',
    priority: 'high',
    confidence: 'high',
    languages: ['Python'],
    fix: 'safe',
    since: '0.1.0',
    requiredFor: 'standard',
  },

  examine(workspace, { report, examined, notApplicable }) {
    const found = workspace.python?.blockedCalls();
    if (!found || found.examined === 0) {
      notApplicable('No coroutine calls a synchronous function of the workspace.');
      return;
    }
    examined(found.examined);
    const relatedPlaces = createRelatedPlaces();
    for (const call of found.calls) {
      // Before the first request and after the last one nobody is kept waiting.
      if (call.atStartUp) continue;

      const move = judgeMove(call);
      const [first] = call.hops;
      report(call.path, {
        range: first?.calleeRange ?? call.range,
        message: messageFor(call, move),
        related: relatedPlaces(call),
        data: awaitableCallOf(call),
        ...(isMinorKind(call.kind) && { priority: 'medium' }),
        ...(move.grade !== 'none' && { fix: move.grade }),
      });
    }
  },

  fix({ path, data, fix }, context) {
    const place = readAwaitableCall(data);
    const edits = place && fix && moveToThread(context.python(path), place.call, place.library);
    if (!fix || !edits) return [];
    return [{ title: 'Run the call in a thread', applicability: fix, edits: [{ path, edits }] }];
  },
});
