import type { FactMap } from '#rule-kit';
import { calleeInWords, isMinorKind, RUNNERS, UNTIL } from '../../shared/event-loop-words.ts';

type BlockingCall = FactMap['blockingCall'];

/** Whether a call can be run in a thread as it stands, and if not, why. */
export type Move =
  | { readonly grade: 'safe' | 'suggested' }
  | { readonly grade: 'none'; readonly because: 'consumed' | 'threadBound' | 'noAwait' };

/** Files and computations hold the loop for a moment; everything else for as long as another side likes. */
export function isMinor({ kind }: BlockingCall): boolean {
  return isMinorKind(kind);
}

/** Says whether moving the call alone to a thread keeps the behaviour. */
export function judgeMove(fact: BlockingCall): Move {
  if (fact.threads === 'own') return { grade: 'none', because: 'threadBound' };
  if (fact.lazy || fact.call.usage === 'context' || fact.call.usage === 'iterated' || isStreamed(fact)) {
    return { grade: 'none', because: 'consumed' };
  }
  if (!fact.awaitable) return { grade: 'none', because: 'noAwait' };
  // An object that others use too might then be used by two threads at once.
  return { grade: fact.threads === 'one' && !fact.ownReceiver ? 'suggested' : 'safe' };
}

/** `stream=True`: the body is read later. */
function isStreamed({ call }: BlockingCall): boolean {
  return call.arguments.some(({ name, kind }) => name === 'stream' && kind !== 'false');
}

/** What is wrong, what happens, what to do; the asynchronous counterpart is named where there is one. */
export function messageFor(fact: BlockingCall, move: Move): string {
  const what = `\`${calleeInWords(fact.call.calleeText)}\` holds the event loop until ${UNTIL[fact.kind]}: no other request is served meanwhile.`;
  const other = fact.asyncCounterpart === undefined ? '' : `, or use \`${fact.asyncCounterpart}\``;
  const runner = RUNNERS[fact.asyncLibrary];
  if (fact.calledEarly) {
    return `${what} It is called before there is a thread: hand over the function and its arguments, not its result.`;
  }
  if (move.grade !== 'none') return `${what} Run it with \`${runner}\`${other}.`;
  return `${what} ${ADVICE[move.because](runner)}${other}.`;
}

type Reason = Extract<Move, { grade: 'none' }>['because'];

const ADVICE: Readonly<Record<Reason, (runner: string) => string>> = {
  consumed: runner => `Move all that uses its result into a function and run that with \`${runner}\``,
  threadBound: runner =>
    `Its connection belongs to one thread: move all that uses it into a function and run that with \`${runner}\``,
  noAwait: runner => `Move it to where it can be awaited, and run it with \`${runner}\``,
};
