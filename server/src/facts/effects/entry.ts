import type { BlockedCallForm } from '../../core/blocked-call.ts';
import type { CallEdge, CallGraph } from '../../core/python-index.ts';
import type { OutlineCall, OutlineFunction } from '../../core/python-outline.ts';
import { canonicalName } from '../python/canonical-name.ts';

/** How a call runs the body of the function that it leads to. */
export interface Entry {
  readonly form: BlockedCallForm;
  /** The body runs for the first of many calls only. */
  readonly cached: boolean;
}

/** Whether and how a call certainly runs the body of a synchronous function, in the thread of its caller. */
export function entryOf(edge: CallEdge, graph: CallGraph): Entry | undefined {
  const { call } = edge;
  const callee = graph.functionOf(edge.callee);
  // Who awaits a plain function's result knows a way through it that doesn't block.
  if (callee.isAsync || callee.isLambda || call.awaited || call.deferred || call.atDefinition) return undefined;
  const decoration = decorationOf(callee);
  if (!decoration) return undefined;
  const form = decoration.isContextManager ? formOfContextManager(call) : formOf(call, callee);
  return form && (decoration.isCached ? CACHED : UNCACHED)[form];
}

/** There are few, and one is asked for at every call of a workspace. */
const UNCACHED = entriesWith(false);
const CACHED = entriesWith(true);

function entriesWith(cached: boolean): Readonly<Record<BlockedCallForm, Entry>> {
  const entry = (form: BlockedCallForm): Entry => ({ form, cached });
  return {
    call: entry('call'),
    constructor: entry('constructor'),
    generator: entry('generator'),
    context: entry('context'),
  };
}

function formOfContextManager(call: OutlineCall): BlockedCallForm | undefined {
  return call.usage === 'context' ? 'context' : undefined;
}

/** Whether a call has another function called, with each item of what it goes over: `map(read, paths)`. */
export function isApplied({ calleeText }: OutlineCall, { qualifiedName }: OutlineFunction): boolean {
  return (calleeText === 'map' || calleeText === 'filter') && qualifiedName !== calleeText;
}

function formOf(call: OutlineCall, callee: OutlineFunction): BlockedCallForm | undefined {
  if (isApplied(call, callee)) return call.iterated && !callee.isGenerator ? 'generator' : undefined;
  if (callee.isGenerator) return call.iterated ? 'generator' : undefined;
  const method = callee.qualifiedName.endsWith('__') ? SPECIAL.exec(callee.qualifiedName)?.[1] : undefined;
  const isNamed = method === undefined || call.calleeText.endsWith(method);
  if ((method === '__enter__' || method === '__exit__') && !isNamed) return 'context';
  if (!isNamed) return 'constructor';
  return 'call';
}

const SPECIAL = /(?:^|\.)(__\w+__)$/;

interface Decoration {
  readonly isContextManager: boolean;
  readonly isCached: boolean;
}

const NO_DECORATION: Decoration = { isContextManager: false, isCached: false };

/**
 * What decorators make of a function; undefined for one whose body never runs. The graph has no edge to a function with
 * a decorator that nobody knows.
 */
function decorationOf({ decorators }: OutlineFunction): Decoration | undefined {
  if (decorators.length === 0) return NO_DECORATION;
  const names = decorators.map(decorator => decorator && canonicalName(decorator.symbol)?.replace(/\(\)$/, ''));
  if (names.some(name => name && ABSTRACT.test(name))) return undefined;
  return {
    isContextManager: names.includes('contextlib.contextmanager'),
    isCached: names.some(name => name && CACHES.has(name)),
  };
}

const ABSTRACT = /^abc\.abstract|\.overload$/;

const CACHES: ReadonlySet<string> = new Set([
  'cachetools.cached',
  'cachetools.cachedmethod',
  'cachetools.func.lru_cache',
  'cachetools.func.ttl_cache',
  'functools.cache',
  'functools.cached_property',
  'functools.lru_cache',
]);
