import type { BlockedCall, BlockedCalls, ChainHop } from '../../core/blocked-call.ts';
import type { BlockingKind } from '../../core/facts/blocking-call.ts';
import type {
  CallEdge,
  CallGraph,
  FunctionId,
  PythonWorkspace,
  Summaries,
  SummaryAnalysis,
} from '../../core/python-index.ts';
import type { OutlineFunction } from '../../core/python-outline.ts';
import type { TextRange } from '../../core/text.ts';
import { makesCommand } from '../blocking-calls/start-up.ts';
import { blockingKindOf, wayFor, type BlockingSummary } from './blocking-analysis.ts';
import { entryOf, isApplied } from './entry.ts';
import { createStrangerSearch } from './strangers.ts';
import type { BlockingKnowledge } from './taught-blocking.ts';

/**
 * Calls of coroutines that reach something blocking, with the places on the way as they are now.
 * @param analysis made of the same knowledge
 */
export function findBlockedCalls(
  workspace: Omit<PythonWorkspace, 'blockedCalls'>,
  analysis: SummaryAnalysis<BlockingSummary>,
  { blockingCallable, isOwn }: BlockingKnowledge,
): BlockedCalls {
  const { graph } = workspace;
  const summaries = workspace.summaries(analysis);
  const known: Known = { blockingCallable, isOwn, of: id => summaries.of(id), chains: new Map() };
  const calls: BlockedCall[] = [];
  const callsNoStranger = createStrangerSearch(workspace);
  let examined = 0;
  for (const id of graph.coroutines()) {
    const summary = known.of(id);
    examined += summary.examined;
    for (const { call, callee } of summary.blocked) {
      const edge = findEdge(graph, id, call, callee);
      const found = edge && describe(workspace, known, callsNoStranger, edge);
      if (found) calls.push(found);
    }
  }
  calls.sort((left, right) => compare(left.path, right.path) || left.range.start - right.range.start);
  return { calls, examined };
}

/** Whether a decorator makes a function a command of a terminal program, perhaps one that another file defines. */
function isCommand({ index, graph }: Pick<PythonWorkspace, 'index' | 'graph'>, id: FunctionId): boolean {
  const { decorators } = graph.functionOf(id);
  if (decorators.length === 0) return false;
  return decorators.some(decorator => {
    const target = decorator && index.resolve(graph.pathOf(id), decorator.symbol);
    return target?.kind === 'external' && makesCommand(target.symbol);
  });
}

/** Summaries of all functions, and what they were made of. */
interface Known extends Pick<Summaries<BlockingSummary>, 'of'>, BlockingKnowledge {
  /** Chains behind functions that all callers reach the same way. */
  readonly chains: Map<FunctionId, Chain | undefined>;
}

function compare(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

function describe(
  workspace: Pick<PythonWorkspace, 'index' | 'graph'>,
  known: Known,
  callsNoStranger: (start: FunctionId) => boolean,
  edge: CallEdge,
): BlockedCall | undefined {
  const { graph } = workspace;
  const { caller, callee, call } = edge;
  const entry = entryOf(edge, graph);
  const rest = chainFrom(graph, known, edge);
  if (!entry || !rest) return undefined;
  const { effects } = graph.functionOf(caller);
  const isByName = !isApplied(call, graph.functionOf(callee));
  const name = isByName ? withoutArguments(call.calleeText) : nameOf(graph, edge);
  const { conduct } = known.of(callee);
  return {
    path: graph.pathOf(caller),
    range: call.range,
    hops: hopsOf(hopOf(graph, edge, name), rest),
    kind: rest.kind,
    form: entry.form,
    conduct: conduct === 'free' && !callsNoStranger(callee) ? 'shared' : conduct,
    movable: call.movable,
    atStartUp: (effects.atStartUp ?? false) || isCommand(workspace, caller),
    asyncLibrary: effects.asyncLibrary ?? 'asyncio',
  };
}

/** The steps from a function to what blocks. Many ways go on in the same chain, so that each holds one step alone. */
interface Chain {
  readonly hop: ChainHop;
  readonly rest: Chain | undefined;
  /** Of its last step. */
  readonly kind: BlockingKind;
}

function hopsOf(first: ChainHop, rest: Chain): readonly ChainHop[] {
  const hops = [first];
  for (let chain: Chain | undefined = rest; chain; chain = chain.rest) hops.push(chain.hop);
  return hops;
}

/**
 * Follows the first steps of the summaries; each is one shorter than the one before, so that this ends. Many coroutines
 * reach the same function, whose chain is followed once.
 */
function chainFrom(graph: CallGraph, known: Known, start: CallEdge): Chain | undefined {
  const before: { readonly id: FunctionId | undefined; readonly hop: ChainHop | undefined }[] = [];
  let chain: Chain | undefined;
  for (let edge: CallEdge | undefined = start; edge;) {
    const id: FunctionId = edge.callee;
    const isSameForAll = known.of(id).conditional.length === 0;
    if (isSameForAll && known.chains.has(id)) {
      chain = known.chains.get(id);
      break;
    }
    const next: NextHop | undefined = nextHop(graph, known, edge);
    before.push({ id: isSameForAll ? id : undefined, hop: next?.hop });
    edge = next?.edge;
    chain = next?.end;
  }
  for (let one = before.pop(); one; one = before.pop()) {
    const { id, hop } = one;
    if (chain && hop) chain = { hop, rest: chain, kind: chain.kind };
    if (id !== undefined) known.chains.set(id, chain);
  }
  return chain;
}

/** How a chain goes on behind a call. */
interface NextHop {
  /** A call of another function, and what leads on from there. */
  readonly hop?: ChainHop;
  readonly edge?: CallEdge;
  /** The chain is over. */
  readonly end?: Chain;
}

function nextHop(graph: CallGraph, known: Known, edge: CallEdge): NextHop | undefined {
  const id = edge.callee;
  const step = wayFor(edge, graph, known.of(id))?.step;
  if (!step || step.kind === 'taught') return undefined;
  const path = graph.pathOf(id);
  if (step.kind === 'local') {
    const leaf = graph.functionOf(id).effects.blocking?.[step.index];
    return leaf && { end: endOf(path, leaf, leaf.kind) };
  }
  if (step.kind === 'external') {
    const external = graph.externalCalls(id).find(({ call }) => call.index === step.call);
    const kind = external && blockingKindOf(external, known);
    return kind && { end: endOf(path, external.call, kind) };
  }
  const next = findEdge(graph, id, step.call, step.callee);
  if (!next) return undefined;
  const last = known.of(next.callee).way?.step;
  return last?.kind === 'taught'
    ? { end: endOf(path, next.call, last.blocking) }
    : { hop: hopOf(graph, next, nameOf(graph, next)), edge: next };
}

function endOf(
  path: string,
  { calleeRange, calleeText }: { readonly calleeRange: TextRange; readonly calleeText: string },
  kind: BlockingKind,
): Chain {
  const hop = { path, calleeRange, callee: withoutArguments(calleeText), definedIn: undefined };
  return { hop, rest: undefined, kind };
}

function findEdge(graph: CallGraph, caller: FunctionId, call: number, callee: FunctionId): CallEdge | undefined {
  for (const edge of graph.callsFrom(caller)) if (edge.call.index === call && edge.callee === callee) return edge;
  return undefined;
}

function hopOf(graph: CallGraph, { caller, callee, call }: CallEdge, name: string): ChainHop {
  return {
    path: graph.pathOf(caller),
    calleeRange: call.calleeRange,
    callee: name,
    definedIn: graph.pathOf(callee),
  };
}

/** What a message calls the function that a call runs. */
function nameOf(graph: CallGraph, { call, callee }: CallEdge): string {
  const called = graph.functionOf(callee);
  return displayName(called, isApplied(call, called) ? called.qualifiedName : call.calleeText);
}

/**
 * `Catalogue.read`; for a constructor the class that is called, which may have inherited it; of a nested function the
 * last name.
 */
function displayName({ qualifiedName }: OutlineFunction, calleeText: string): string {
  const nested = qualifiedName.lastIndexOf('>.');
  const name = nested < 0 ? qualifiedName : qualifiedName.slice(nested + 2);
  if (!name.endsWith('__') || !CONSTRUCTOR.test(name)) return name;
  const isNamed = CONSTRUCTOR.test(calleeText);
  return (isNamed ? name : withoutArguments(calleeText)).replace(CONSTRUCTOR, '');
}

const CONSTRUCTOR = /\.__(?:init|new|post_init)__$/;

/** `session.query(…).filter(…).all` on one line, also where the text was cut in the middle of an argument. */
function withoutArguments(calleeText: string): string {
  if (!/[\s(]/.test(calleeText)) return calleeText;
  let text = calleeText.replace(/\s+/g, '');
  if (!text.includes('(')) return text;
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(/\([^()]*\)/g, '\u0000');
  }
  return text.replace(/\(.*$/, '\u0000').replaceAll('\u0000', '(…)');
}
