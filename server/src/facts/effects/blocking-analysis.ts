import type { BlockingKind, ThreadUse } from '../../core/facts/blocking-call.ts';
import type { CallEdge, CallGraph, ExternalCall, FunctionId, SummaryAnalysis } from '../../core/python-index.ts';
import type { CallCondition, LocalEffects, ThreadConduct } from '../../core/python-outline.ts';
import { isThreadBound } from '../../knowledge/blocking.ts';
import { shippedKnowledge } from '../../knowledge/knowledge.ts';
import { waitsWithArguments } from '../blocking-calls/conditions.ts';
import { canonicalName } from '../python/canonical-name.ts';
import { meetsConditions } from './conditions-met.ts';
import { entryOf } from './entry.ts';
import { taughtBlocking, type BlockingKnowledge } from './taught-blocking.ts';
import { weaker } from './thread-conduct.ts';
import { isMomentaryLock, isNeutral, isRead, LOG_METHODS, stateOf } from './thread-knowledge.ts';

/** The best known way from a function to something that blocks. */
export interface BlockingWay {
  /** The wait is for a file or a computation, which is over in a moment more often than not. */
  readonly isMinor: boolean;
  /** The wait comes after an error only. */
  readonly isRare: boolean;
  /** Calls on the way, the blocking one included. */
  readonly length: number;
  readonly step: BlockingStep;
}

/** First step of a way: a blocking call of the function itself, or a call of another function. */
export type BlockingStep =
  /** The function itself holds its thread: the user says so. */
  | { readonly kind: 'taught'; readonly blocking: BlockingKind }
  | { readonly kind: 'local'; readonly index: number }
  | { readonly kind: 'external'; readonly call: number }
  | { readonly kind: 'function'; readonly call: number; readonly callee: FunctionId };

/** A better way that some callers open by their arguments. */
export interface ConditionalWay {
  readonly conditions: readonly CallCondition[];
  readonly way: BlockingWay;
}

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

const NOTHING: BlockingSummary = { way: undefined, conditional: [], conduct: 'free', examined: 0, blocked: [] };

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
    left.conditional.length === right.conditional.length &&
    left.conditional.every(({ conditions, way }, index) => {
      const other = right.conditional[index];
      return isSameWay(way, other?.way) && keyOf(conditions) === keyOf(other?.conditions ?? []);
    }) &&
    left.blocked.length === right.blocked.length &&
    left.blocked.every((one, index) => {
      const other = right.blocked[index];
      return one.call === other?.call && one.callee === other.callee && one.isMinor === other.isMinor;
    })
  );
}

type SummaryOf = (callee: FunctionId) => BlockingSummary;

function summariseCoroutine(id: FunctionId, graph: CallGraph, summaryOf: SummaryOf): BlockingSummary {
  let examined = 0;
  const blocked: { call: number; callee: FunctionId; isMinor: boolean }[] = [];
  for (const edge of graph.callsFrom(id)) {
    if (!entryOf(edge, graph)) continue;
    examined++;
    const way = wayThrough(edge, graph, summaryOf);
    // A call of what the user has taught is one that blocks by itself.
    const isDirect = summaryOf(edge.callee).way?.step.kind === 'taught';
    if (way && !isDirect) blocked.push({ call: edge.call.index, callee: edge.callee, isMinor: way.isMinor });
  }
  return { ...NOTHING, examined, blocked };
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
  const ways = collectWays(effects);
  let conduct: ThreadConduct = effects.conduct ?? 'free';
  effects.blocking?.forEach(({ call, kind }, index) => {
    ways.add(call, { isMinor: isMinor(kind), isRare: false, length: 1, step: { kind: 'local', index } });
  });
  for (const external of graph.externalCalls(id)) {
    ways.add(external.call.index, externalWay(external, knowledge));
    conduct = weaker(conduct, conductOfExternal(external, knowledge));
  }
  for (const edge of graph.callsFrom(id)) {
    ways.add(edge.call.index, wayThrough(edge, graph, summaryOf));
    conduct = weaker(conduct, conductThrough(edge, graph, summaryOf));
  }
  const isClear = graph.unknownCalls(id).every(({ calleeText }) => isHarmless(calleeText));
  return { ...NOTHING, ...ways.best(), conduct: isClear ? conduct : weaker(conduct, 'shared') };
}

/** Keeps the best way for all callers, and for those that meet the same conditions. */
function collectWays({ handling = NO_CALLS, conditions = NO_CONDITIONS }: LocalEffects): {
  add(call: number, way: BlockingWay | undefined): void;
  best(): Pick<BlockingSummary, 'way' | 'conditional'>;
} {
  const found = new Map<string, ConditionalWay>();
  return {
    add: (call, way) => {
      if (!way) return;
      const own = conditions.length === 0 ? conditions : conditions.filter(condition => condition.call === call);
      const key = keyOf(own);
      const known = found.get(key);
      const isRare = way.isRare || handling.includes(call);
      const best = bestOf(known?.way, isRare === way.isRare ? way : { ...way, isRare });
      if (best && best !== known?.way) found.set(key, { conditions: own, way: best });
    },
    best: () => {
      const way = found.get('')?.way;
      if (found.size <= (way ? 1 : 0)) return { way, conditional: NO_WAYS };
      const others = [...found].filter(([key, other]) => key !== '' && bestOf(way, other.way) !== way);
      return { way, conditional: others.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, other]) => other) };
    },
  };
}

const NO_CALLS: readonly number[] = [];
const NO_CONDITIONS: readonly CallCondition[] = [];
const NO_WAYS: readonly ConditionalWay[] = [];

function keyOf(conditions: readonly CallCondition[]): string {
  if (conditions.length === 0) return '';
  return conditions
    .map(({ parameter, position, when, byDefault }) => [parameter, position, when, byDefault].join(' '))
    .join();
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

function wayThrough(edge: CallEdge, graph: CallGraph, summaryOf: SummaryOf): BlockingWay | undefined {
  const entry = entryOf(edge, graph);
  const way = entry && wayFor(edge, graph, summaryOf(edge.callee));
  // What is read or computed once is no wait that users notice again.
  if (!way || (entry.cached && way.isMinor)) return undefined;
  const step: BlockingStep = { kind: 'function', call: edge.call.index, callee: edge.callee };
  return { isMinor: way.isMinor, isRare: way.isRare, length: way.length + 1, step };
}

/** A function that is not certain to run may still run: what it does to others counts all the same. */
function conductThrough(edge: CallEdge, graph: CallGraph, summaryOf: SummaryOf): ThreadConduct {
  const { isAsync, isLambda } = graph.functionOf(edge.callee);
  if (isAsync || isLambda) return 'free';
  const { conduct } = summaryOf(edge.callee);
  return entryOf(edge, graph) ? conduct : weaker(conduct, 'shared');
}

function isHarmless(calleeText: string): boolean {
  const method = /\.(\w+)$/.exec(calleeText)?.[1];
  return method !== undefined && (isRead(method) || LOG_METHODS.has(method));
}

/** The one that waits for longer things, then the one without an error, the shorter one, the one that comes first. */
function bestOf(left: BlockingWay | undefined, right: BlockingWay | undefined): BlockingWay | undefined {
  if (!left || !right) return left ?? right;
  if (left.isMinor !== right.isMinor) return left.isMinor ? right : left;
  if (left.isRare !== right.isRare) return left.isRare ? right : left;
  return right.length < left.length ? right : left;
}

function isSameWay(left: BlockingWay | undefined, right: BlockingWay | undefined): boolean {
  if (!left || !right) return left === right;
  if (left.isMinor !== right.isMinor || left.isRare !== right.isRare || left.length !== right.length) return false;
  const [from, to] = [left.step, right.step];
  if (from.kind === 'taught') return to.kind === 'taught' && from.blocking === to.blocking;
  if (from.kind === 'local') return to.kind === 'local' && from.index === to.index;
  if (from.kind === 'external') return to.kind === 'external' && from.call === to.call;
  return to.kind === 'function' && from.call === to.call && from.callee === to.callee;
}
