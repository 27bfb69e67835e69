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
import { entryOf } from './entry.ts';
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
      const found = describe(graph, known, callsNoStranger, { caller: id, call, callee });
      if (found) calls.push(isCommand(workspace, id) ? { ...found, atStartUp: true } : found);
    }
  }
  calls.sort((left, right) => compare(left.path, right.path) || left.range.start - right.range.start);
  return { calls, examined };
}

/** Whether a decorator makes a function a command of a terminal program, perhaps one that another file defines. */
function isCommand({ index, graph }: Pick<PythonWorkspace, 'index' | 'graph'>, id: FunctionId): boolean {
  return graph.functionOf(id).decorators.some(decorator => {
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
  graph: CallGraph,
  known: Known,
  callsNoStranger: (start: FunctionId) => boolean,
  { caller, call, callee }: { readonly caller: FunctionId; readonly call: number; readonly callee: FunctionId },
): BlockedCall | undefined {
  const edge = findEdge(graph, caller, call, callee);
  const entry = edge && entryOf(edge, graph);
  const rest = edge && chainFrom(graph, known, edge);
  if (!entry || !rest) return undefined;
  const { effects } = graph.functionOf(caller);
  const { conduct } = known.of(callee);
  return {
    path: graph.pathOf(caller),
    range: edge.call.range,
    hops: [{ ...hopOf(graph, edge), callee: withoutArguments(edge.call.calleeText) }, ...rest.hops],
    kind: rest.kind,
    form: entry.form,
    conduct: conduct === 'free' && !callsNoStranger(callee) ? 'shared' : conduct,
    movable: edge.call.movable,
    atStartUp: effects.atStartUp ?? false,
    asyncLibrary: effects.asyncLibrary ?? 'asyncio',
  };
}

interface Chain {
  readonly hops: readonly ChainHop[];
  readonly kind: BlockingKind;
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
  for (const { id, hop } of before.reverse()) {
    if (chain && hop) chain = { hops: [hop, ...chain.hops], kind: chain.kind };
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
    : { hop: hopOf(graph, next), edge: next };
}

function endOf(
  path: string,
  { calleeRange, calleeText }: { readonly calleeRange: TextRange; readonly calleeText: string },
  kind: BlockingKind,
): Chain {
  return { hops: [lastHop(path, calleeRange, calleeText)], kind };
}

function findEdge(graph: CallGraph, caller: FunctionId, call: number, callee: FunctionId): CallEdge | undefined {
  return graph.callsFrom(caller).find(edge => edge.call.index === call && edge.callee === callee);
}

function lastHop(path: string, calleeRange: TextRange, calleeText: string): ChainHop {
  return { path, calleeRange, callee: withoutArguments(calleeText), definedIn: undefined };
}

function hopOf(graph: CallGraph, { caller, callee, call }: CallEdge): ChainHop {
  return {
    path: graph.pathOf(caller),
    calleeRange: call.calleeRange,
    callee: displayName(graph.functionOf(callee), call.calleeText),
    definedIn: graph.pathOf(callee),
  };
}

/**
 * `Catalogue.read`; for a constructor the class that is called, which may have inherited it; of a nested function the
 * last name.
 */
function displayName({ qualifiedName }: OutlineFunction, calleeText: string): string {
  const name = qualifiedName.slice(qualifiedName.lastIndexOf('>.') + 1).replace(/^\./, '');
  if (!CONSTRUCTOR.test(name)) return name;
  const isNamed = CONSTRUCTOR.test(calleeText);
  return (isNamed ? name : withoutArguments(calleeText)).replace(CONSTRUCTOR, '');
}

const CONSTRUCTOR = /\.__(?:init|new|post_init)__$/;

/** `session.query(…).filter(…).all` on one line, also where the text was cut in the middle of an argument. */
function withoutArguments(calleeText: string): string {
  let text = calleeText.replace(/\s+/g, '');
  if (!text.includes('(')) return text;
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(/\([^()]*\)/g, '\u0000');
  }
  return text.replace(/\(.*$/, '\u0000').replaceAll('\u0000', '(…)');
}
