import { defineRule, removeUnusedImport, type FactMap } from '#rule-kit';

export default defineRule({
  meta: {
    id: 'uninterruptible-sleep',
    title: 'Sleep that a stop signal cannot interrupt',
    aspect: 'concurrency',
    priority: 'medium',
    confidence: 'high',
    languages: ['Python'],
    fix: 'safe',
    since: '0.1.0',
    requiredFor: 'critical',
  },

  on: {
    workerSleep(sleep, { report }) {
      // Less than a second delays no shutdown that anybody would notice.
      if (sleep.seconds !== undefined && sleep.seconds < 1) return;
      const { stop, calleeText } = sleep;
      const grade = gradeOf(sleep);
      const what = `\`${calleeText}\` sleeps on after ${describe(stop)}, so the worker is killed instead of stopped.`;
      const remedy =
        stop.kind === 'flag' ? 'Make the flag a `threading.Event` and wait on that' : `Use \`${stop.expression}.wait\``;

      report({
        range: sleep.calleeRange,
        message: `${what} ${remedy} instead.`,
        data: { event: stop.kind === 'flag' ? '' : stop.expression },
        ...(grade && { fix: grade }),
      });
    },
  },

  fix({ path, range, data, fix }, context) {
    const event = readEvent(data);
    if (!event || !fix) return [];
    const source = context.python(path);
    const [imported = ''] = source.text.slice(range.start, range.end).split('.', 1);
    const edits = [{ range, newText: `${event}.wait` }, ...removeUnusedImport(source, imported.trim(), [range])];
    return [{ title: `Wait on \`${event}\``, applicability: fix, edits: [{ path, edits }] }];
  },
});

type WorkerSleep = FactMap['workerSleep'];

function describe({ kind, expression }: WorkerSleep['stop']): string {
  return kind === 'flag' ? `\`${expression}\` has changed` : `\`${expression}\` is set`;
}

/** Where the loop does not end at once when the event is set, the waits after it would return at once. */
function gradeOf({ stop, hasPlainArgument, statement, isDirect }: WorkerSleep): 'safe' | 'suggested' | undefined {
  if (!hasPlainArgument || !statement || stop.kind === 'flag') return undefined;
  if (stop.kind === 'testedEvent') return isDirect ? 'safe' : 'suggested';
  return stop.endless ? undefined : 'suggested';
}

function readEvent(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('event' in data)) return undefined;
  return typeof data.event === 'string' && data.event !== '' ? data.event : undefined;
}
