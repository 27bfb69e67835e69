import { defineRule, removeUnusedImport, type FactMap } from '#rule-kit';
import { leaveLoop } from './leave-loop.ts';

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
      report({
        range: sleep.calleeRange,
        message:
          `\`${calleeText}\` sleeps on after ${signalOf(stop)}: a shutdown has to wait for it, or kills the worker. ` +
          `${remedyFor(stop)}.`,
        ...(stop.kind !== 'flag' && {
          data: { event: stop.expression, leaves: isEndless(stop), end: sleep.range.end },
        }),
        ...(grade && { fix: grade }),
      });
    },
  },

  fix({ path, range, data, fix }, context) {
    const wanted = readEvent(data);
    if (!wanted || !fix) return [];
    const source = context.python(path);
    const call = `${wanted.event}.wait`;
    const edits = wanted.leaves ? leaveLoop(source, range, wanted.end, call) : [{ range, newText: call }];
    const [imported = ''] = source.text.slice(range.start, range.end).split('.', 1);
    const all = [...edits, ...removeUnusedImport(source, imported.trim(), [range])];
    return [{ title: `Wait on \`${wanted.event}\` instead`, applicability: fix, edits: [{ path, edits: all }] }];
  },
});

type WorkerSleep = FactMap['workerSleep'];

function isEndless(stop: WorkerSleep['stop']): boolean {
  return stop.kind === 'unreadEvent' && stop.endless;
}

/** Where the loop does not end at once when the event is set, the waits after it would return at once. */
function gradeOf({
  stop,
  hasPlainArgument,
  isStatement,
  isDirect,
  ownLine,
}: WorkerSleep): 'safe' | 'suggested' | undefined {
  if (!hasPlainArgument || !isStatement || stop.kind === 'flag') return undefined;
  if (stop.kind === 'testedEvent') return isDirect && stop.known ? 'safe' : 'suggested';
  if (!stop.endless) return 'suggested';
  return isDirect && ownLine ? 'suggested' : undefined;
}

function signalOf({ kind, expression }: WorkerSleep['stop']): string {
  return kind === 'flag' ? `\`${expression}\` has changed` : `\`${expression}\` is set`;
}

function remedyFor(stop: WorkerSleep['stop']): string {
  if (stop.kind === 'flag') return 'Make the flag a `threading.Event` and wait on that';
  if (isEndless(stop)) return `Leave the loop when \`${stop.expression}.wait\` returns true`;
  return `Use \`${stop.expression}.wait\` instead`;
}

interface Wanted {
  readonly event: string;
  readonly leaves: boolean;
  readonly end: number;
}

function readEvent(data: unknown): Wanted | undefined {
  if (typeof data !== 'object' || data === null || !('event' in data && 'leaves' in data && 'end' in data)) {
    return undefined;
  }
  const { event, leaves, end } = data;
  const isWhole = typeof event === 'string' && typeof leaves === 'boolean' && typeof end === 'number';
  return isWhole ? { event, leaves, end } : undefined;
}
