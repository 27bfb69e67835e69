import type { BlockedCall, RelatedPlace } from '#rule-kit';
import { RUNNERS, UNTIL } from '../../shared/event-loop-words.ts';
import type { Move } from './move.ts';

/** Functions on the way that a message names one by one. */
const MAX_NAMED = 4;

/** What is wrong, what happens, what to do. */
export function messageFor(call: BlockedCall, move: Move): string {
  const consequence = `and so holds the event loop until ${UNTIL[call.kind]}: no other request is served meanwhile.`;
  return `${chainInWords(call)}, ${consequence} ${adviceFor(move)(RUNNERS[call.asyncLibrary])}.`;
}

/** Every step after the call itself, with its place. */
export function relatedPlaces({ hops }: BlockedCall): readonly RelatedPlace[] {
  return hops.slice(1).map(({ path, calleeRange, callee }, index) => ({
    path,
    range: calleeRange,
    message: `\`${hops[index]?.callee ?? ''}\` calls \`${callee}\` here.`,
  }));
}

/** "`make_offer` (offers.py) calls `fetch_price` (prices.py), which calls `requests.get`". */
function chainInWords({ path, hops }: BlockedCall): string {
  const [first = '', ...between] = hops.slice(0, -1).map((hop, index) => {
    const isElsewhere = hop.definedIn !== undefined && hop.definedIn !== (hops[index - 1]?.definedIn ?? path);
    return `\`${hop.callee}\`${isElsewhere ? ` (${fileName(hop.definedIn)})` : ''}`;
  });
  const last = `\`${hops.at(-1)?.callee ?? ''}\``;
  if (between.length > 2) return `${first} reaches ${last} through ${list(between)}`;
  return `${first} calls ${[...between, last].join(', which calls ')}`;
}

function list(names: readonly string[]): string {
  const more = names.length - MAX_NAMED;
  if (more > 1) return `${names.slice(0, MAX_NAMED).join(', ')} and ${more} more`;
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** The name of a file; of a package's own file the package too. */
function fileName(path: string): string {
  const parts = path.split('/');
  return parts.slice(parts.at(-1) === '__init__.py' ? -2 : -1).join('/');
}

function adviceFor(move: Move): (runner: string) => string {
  return move.grade === 'none' ? ADVICE[move.because] : runner => `Run it with \`${runner}\``;
}

type Reason = Extract<Move, { grade: 'none' }>['because'];

const ADVICE: Readonly<Record<Reason, (runner: string) => string>> = {
  iterated: runner => `Move all that iterates over it into a function and run that with \`${runner}\``,
  entered: runner => `Move all that runs inside of it into a function and run that with \`${runner}\``,
  threadBound: runner =>
    `A connection in it belongs to one thread: move all that uses it into a function and run that with \`${runner}\``,
  usesLoop: runner => `It uses the event loop itself, so run only what blocks in it with \`${runner}\``,
  noAwait: runner => `Move it to where it can be awaited, and run it with \`${runner}\``,
};
