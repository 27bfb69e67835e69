import type { BlockingKind, ThreadUse } from '../../core/facts/blocking-call.ts';
import type { CallEdge, CallGraph, ExternalCall, FunctionId, SummaryAnalysis } from '../../core/python-index.ts';
import type { ThreadConduct } from '../../core/python-outline.ts';
import { isThreadBound } from '../../knowledge/blocking.ts';
import { shippedKnowledge } from '../../knowledge/knowledge.ts';
import { waitsWithArguments } from '../blocking-calls/conditions.ts';
import { canonicalName } from '../python/canonical-name.ts';
import { meetsConditions } from './conditions-met.ts';
import {
  addCall,
  addWay,
  bestOf,
  conditionalWays,
  isSameConditional,
  isSameWay,
  NO_WAYS,
  openWays,
  type BlockingStep,
  type BlockingWay,
  type ConditionalWay,
} from './blocking-ways.ts';
import { entryOf, type Entry } from './entry.ts';
import { taughtBlocking, type BlockingKnowledge } from './taught-blocking.ts';
import { weaker } from './thread-conduct.ts';
import { isMomentaryLock, isNeutral, isRead, LOG_METHODS, stateOf } from './thread-knowledge.ts';

/** What callers may want to know of a synchronous function; of a coroutine, which of its calls block. */
export interface BlockingSummary {
  /** The best way for all callers. */
  readonly way: BlockingWay | undefined;
  readonly conditional: readonly ConditionalWay[];
  readonly conduct: ThreadConduct;
  /** Of a coroutine: calls of synchronous functions that certainly run, and those of them that block. */
  readonly examined: number;
  readonly blocked: readonly { readonly call: number; readonly callee: FunctionId; readonly isMinor: boolean }[];
}

const NO_BLOCKED: BlockingSummary['blocked'] = [];

const NOTHING: BlockingSummary = {
  way: undefined,
  conditional: NO_WAYS,
  conduct: 'free',
  examined: 0,
  blocked: NO_BLOCKED,
};

/** Does it block, through whom, and may it run in another thread: for every function of a workspace. */
export const blockingAnalysis: SummaryAnalysis<BlockingSummary> = createBlockingAnalysis(shippedKnowledge);

/** The same analysis with what the user has added to the knowledge; another object each time. */
export function createBlockingAnalysis(knowledge: BlockingKnowledge): SummaryAnalysis<BlockingSummary> {
  return {
    initial: () => NOTHING,
    transfer: (id, graph, summaryOf) => {
      const { isAsync, isLambda } = graph.functionOf(id);
      if (isLambda) return NOTHING;
      if (isAsync) return summariseCoroutine(id, graph, summaryOf);
      return summariseTaught(id, graph, knowledge) ?? summariseFunction(id, graph, summaryOf, knowledge);
    },
    equals: isSameSummary,
  };
}

function isSameSummary(left: BlockingSummary, right: BlockingSummary): boolean {
  return (
    left.conduct === right.conduct &&
    left.examined === right.examined &&
    isSameWay(left.way, right.way) &&
    isSameConditional(left.conditional, right.conditional) &&
    isSameBlocked(left.blocked, right.blocked)
  );
}

function isSameBlocked(left: BlockingSummary['blocked'], right: BlockingSummary['blocked']): boolean {
  if (left === right) return true;
  if (left.length !== right.length) return false;
  return left.every((one, index) => {
    const other = right[index];
    return one.call === other?.call && one.callee === other.callee && one.isMinor === other.isMinor;
  });
}

type SummaryOf = (callee: FunctionId) => BlockingSummary;

function summariseCoroutine(id: FunctionId, graph: CallGraph, summaryOf: SummaryOf): BlockingSummary {
  let examined = 0;
  let last: number | undefined;
  let blocked: { call: number; callee: FunctionId; isMinor: boolean }[] | undefined;
  // Functions that one call runs stand side by side.
  for (const edge of graph.callsFrom(id)) {
    const entry = entryOf(edge, graph);
    if (!entry) continue;
    const { callee, call } = edge;
    if (call.index !== last) examined++;
    last = call.index;
    // What `with` enters stands before what makes it: who sees to the one sees to both.
    if (blocked?.at(-1)?.call === call.index) continue;
    const summary = summaryOf(callee);
    const way = wayThrough(edge, entry, summary, graph);
    // A call of what the user has taught is one that blocks by itself.
    const isDirect = summary.way?.step.kind === 'taught';
    if (way && !isDirect) (blocked ??= []).push({ call: call.index, callee, isMinor: way.isMinor });
  }
  const { way, conditional, conduct } = NOTHING;
  return { way, conditional, conduct, examined, blocked: blocked ?? NO_BLOCKED };
}

/** What the user says of a function of the workspace counts for more than its text. */
function summariseTaught(id: FunctionId, graph: CallGraph, knowledge: BlockingKnowledge): BlockingSummary | undefined {
  const known = taughtBlocking(id, graph, knowledge);
  if (!known) return undefined;
  const { kind, threads } = known;
  const step: BlockingStep = { kind: 'taught', blocking: kind };
  return { ...NOTHING, way: { isMinor: isMinor(kind), isRare: false, length: 0, step }, conduct: CONDUCTS[threads] };
}

const CONDUCTS: Readonly<Record<ThreadUse, ThreadConduct>> = { any: 'free', one: 'shared', own: 'bound' };

function summariseFunction(
  id: FunctionId,
  graph: CallGraph,
  summaryOf: SummaryOf,
  knowledge: BlockingKnowledge,
): BlockingSummary {
  const { effects } = graph.functionOf(id);
  const ways = openWays(effects);
  let conduct: ThreadConduct = effects.conduct ?? 'free';
  effects.blocking?.forEach(({ call, kind }, index) => {
    addWay(ways, call, { isMinor: isMinor(kind), isRare: false, length: 1, step: { kind: 'local', index } });
  });
  for (const external of graph.externalCalls(id)) {
    const way = externalWay(external, knowledge);
    if (way) addWay(ways, external.call.index, way);
    conduct = weaker(conduct, conductOfExternal(external, knowledge));
  }
  for (const edge of graph.callsFrom(id)) {
    const entry = entryOf(edge, graph);
    const summary = summaryOf(edge.callee);
    const way = entry && wayThrough(edge, entry, summary, graph);
    if (way) addCall(ways, edge, way);
    conduct = weaker(conduct, conductThrough(edge, entry, summary, graph));
  }
  const isClear = graph.unknownCalls(id).every(({ calleeText }) => isHarmless(calleeText));
  return {
    way: ways.best,
    conditional: conditionalWays(ways),
    conduct: isClear ? conduct : weaker(conduct, 'shared'),
    examined: NOTHING.examined,
    blocked: NOTHING.blocked,
  };
}

function isMinor(kind: BlockingKind): boolean {
  return kind === 'file' || kind === 'cpu';
}

/** Receivers of these kinds are judged by what else their function does, which only their own file shows. */
const NEEDS_SURROUNDINGS = /^(?:socket\.socket|concurrent\.futures\.Future|threading\.Thread|builtins\.open)\./;

/** Why a call that only the index could name holds its thread; undefined when it does not, or that can't be told. */
export function blockingKindOf(
  { call, target }: ExternalCall,
  { blockingCallable }: BlockingKnowledge,
): BlockingKind | undefined {
  const isElsewhere = call.awaited || call.deferred || call.atDefinition || target.symbol.includes('.__aenter__()');
  const name = isElsewhere ? undefined : canonicalName(target.symbol);
  if (name === undefined || target.partial || NEEDS_SURROUNDINGS.test(name) || isMomentaryLock(name)) return undefined;
  const known = blockingCallable(name);
  const isConsumedElsewhere = known?.lazy && (call.usage === 'returned' || call.usage === 'yielded');
  if (!known || isConsumedElsewhere || !waitsWithArguments(call, known.condition)) return undefined;
  return known.kind;
}

function externalWay(external: ExternalCall, knowledge: BlockingKnowledge): BlockingWay | undefined {
  const kind = blockingKindOf(external, knowledge);
  const step: BlockingStep = { kind: 'external', call: external.call.index };
  return kind && { isMinor: isMinor(kind), isRare: false, length: 1, step };
}

/** Objects that another file made are not the function's own. */
function conductOfExternal({ target }: ExternalCall, { blockingCallable }: BlockingKnowledge): ThreadConduct {
  const name = canonicalName(target.symbol);
  if (name === undefined) return 'free';
  const state = stateOf(name);
  if (state !== undefined) return state;
  const known = blockingCallable(name);
  if (known?.threads === 'own' || isThreadBound(name.slice(0, Math.max(0, name.lastIndexOf('.'))))) return 'bound';
  if (known?.threads === 'one') return 'shared';
  return isNeutral(name) || isHarmless(name) ? 'free' : 'shared';
}

/** The best of the ways that a call opens. */
export function wayFor(
  edge: CallEdge,
  graph: CallGraph,
  { way, conditional }: BlockingSummary,
): BlockingWay | undefined {
  if (conditional.length === 0) return way;
  return conditional
    .filter(({ conditions }) => meetsConditions(edge, conditions, graph))
    .reduce<BlockingWay | undefined>((best, other) => bestOf(best, other.way), way);
}

/** The best way behind a call, the call itself not counted. */
function wayThrough(edge: CallEdge, entry: Entry, summary: BlockingSummary, graph: CallGraph): BlockingWay | undefined {
  const way = wayFor(edge, graph, summary);
  // What is read or computed once is no wait that users notice again.
  return entry.cached && way?.isMinor ? undefined : way;
}

/** A function that is not certain to run may still run: what it does to others counts all the same. */
function conductThrough(
  edge: CallEdge,
  entry: Entry | undefined,
  { conduct }: BlockingSummary,
  graph: CallGraph,
): ThreadConduct {
  // Who can enter it has seen that it is neither.
  if (entry) return conduct;
  const { isAsync, isLambda } = graph.functionOf(edge.callee);
  return isAsync || isLambda ? 'free' : weaker(conduct, 'shared');
}

function isHarmless(calleeText: string): boolean {
  const method = /\.(\w+)$/.exec(calleeText)?.[1];
  return method !== undefined && (isRead(method) || LOG_METHODS.has(method));
}
