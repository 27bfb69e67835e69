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
  if (callee.isAsync || callee.isLambda || call.deferred || call.atDefinition) return undefined;
  const decoration = decorationOf(callee);
  if (!decoration) return undefined;
  const form = decoration.isContextManager ? formOfContextManager(call) : formOf(call, callee);
  return form && { form, cached: decoration.isCached };
}

function formOfContextManager(call: OutlineCall): BlockedCallForm | undefined {
  return call.usage === 'context' ? 'context' : undefined;
}

function formOf(call: OutlineCall, callee: OutlineFunction): BlockedCallForm | undefined {
  if (callee.isGenerator) return call.iterated ? 'generator' : undefined;
  const method = /(?:^|\.)(__\w+__)$/.exec(callee.qualifiedName)?.[1];
  const isNamed = method === undefined || call.calleeText.endsWith(method);
  if (method === '__enter__' && !isNamed) return 'context';
  if (!isNamed) return 'constructor';
  return call.awaited ? 'awaited' : 'call';
}

interface Decoration {
  readonly isContextManager: boolean;
  readonly isCached: boolean;
}

/** What decorators make of a function; undefined where one of them may run the body elsewhere, later or never. */
function decorationOf({ decorators }: OutlineFunction): Decoration | undefined {
  let isContextManager = false;
  let isCached = false;
  for (const decorator of decorators) {
    const name = decorator && canonicalName(decorator.symbol)?.replace(/\(\)$/, '');
    if (!name) return undefined;
    if (name === 'contextlib.contextmanager') isContextManager = true;
    else if (CACHES.has(name)) isCached = true;
    else if (!KEEPERS.test(name)) return undefined;
  }
  return { isContextManager, isCached };
}

const CACHES: ReadonlySet<string> = new Set([
  'cachetools.cached',
  'cachetools.cachedmethod',
  'cachetools.func.ttl_cache',
  'cachetools.func.lru_cache',
  'django.utils.functional.cached_property',
  'functools.cache',
  'functools.cached_property',
  'functools.lru_cache',
]);

/** Decorators that call the function in place, or give it back as it is. */
const KEEPERS =
  /^(?:builtins\.(?:staticmethod|classmethod|property)|functools\.(?:wraps|total_ordering)|(?:typing|typing_extensions)\.(?:final|override|no_type_check)|(?:warnings|typing_extensions|deprecated|deprecation)\.deprecated|tenacity\.retry|backoff\.on_(?:exception|predicate)|retry(?:ing)?\.retry|(?:fastapi|starlette|flask|quart|sanic|bottle)\.[\w.]*\.(?:get|post|put|patch|delete|route|api_route|options|head|websocket|websocket_route))$/;
