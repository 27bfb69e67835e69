import type { BlockedCall, RelatedPlace } from '#rule-kit';
import { RUNNERS, UNTIL } from '../../shared/event-loop-words.ts';
import type { Move } from './move.ts';

type Hop = BlockedCall['hops'][number];

/** Functions on the way that a message names one by one. */
const MAX_NAMED = 4;

/** What is wrong, what happens, what to do. */
export function messageFor(call: BlockedCall, move: Move): string {
  const consequence = `and so holds the event loop until ${UNTIL[call.kind]}: no other request is served meanwhile.`;
  return `${chainInWords(call)}, ${consequence} ${adviceFor(move)(RUNNERS[call.asyncLibrary])}.`;
}

/**
 * Opens the wording of every step after the call itself, with its place. Calls that go on over the same steps share the
 * places: one edit may block thousands of calls, most of which differ in their first step alone.
 */
export function createRelatedPlaces(): (call: BlockedCall) => readonly RelatedPlace[] {
  const known = new Map<Hop, { readonly from: string; readonly place: RelatedPlace }>();
  const placeOf = (hop: Hop, from: string): RelatedPlace => {
    const found = known.get(hop);
    if (found?.from === from) return found.place;
    const { path, calleeRange, callee } = hop;
    const place = { path, range: calleeRange, message: `\`${from}\` calls \`${callee}\` here.` };
    known.set(hop, { from, place });
    return place;
  };
  return ({ hops }) => {
    const places: RelatedPlace[] = [];
    for (let index = 1; index < hops.length; index++) {
      const hop = hops[index];
      if (hop) places.push(placeOf(hop, hops[index - 1]?.callee ?? ''));
    }
    return places;
  };
}

/** "`make_offer` (offers.py) calls `fetch_price` (prices.py), which calls `requests.get`". */
function chainInWords({ path, hops }: BlockedCall): string {
  const last = `\`${hops.at(-1)?.callee ?? ''}\``;
  const between: string[] = [];
  let file = path;
  for (const { callee, definedIn = file } of hops.slice(0, -1)) {
    between.push(definedIn === file ? `\`${callee}\`` : `\`${callee}\` (${fileName(definedIn)})`);
    file = definedIn;
  }
  if (between.length <= 3) return `${between[0] ?? ''} calls ${[...between.slice(1), last].join(', which calls ')}`;
  return `${between[0] ?? ''} reaches ${last} through ${list(between.slice(1))}`;
}

function list(names: readonly string[]): string {
  const more = names.length - MAX_NAMED;
  if (more > 1) return `${names.slice(0, MAX_NAMED).join(', ')} and ${more} more`;
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** The name of a file; of a package's own file the package too. */
function fileName(path: string): string {
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  return name === '__init__.py' ? path.slice(path.lastIndexOf('/', slash - 1) + 1) : name;
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
