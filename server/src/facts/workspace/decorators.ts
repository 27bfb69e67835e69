import type { OutlineFunction } from '../../core/python-outline.ts';
import type { Entity } from './entity.ts';
import type { OutlineStore } from './outline-store.ts';

/** What decorators make of a function. `open`: nobody knows what calling its name does. */
export type Decoration =
  | { readonly kind: 'plain' }
  /** Reading the attribute calls it. */
  | { readonly kind: 'property' }
  /** `with` runs it up to its `yield`. */
  | { readonly kind: 'manager' }
  | { readonly kind: 'open' };

const PROPERTIES: ReadonlySet<string> = new Set([
  'builtins.property',
  'functools.cached_property',
  'abc.abstractproperty',
  'django.utils.functional.cached_property',
  'werkzeug.utils.cached_property',
]);

const MANAGERS: ReadonlySet<string> = new Set(['contextlib.contextmanager', 'contextlib.asynccontextmanager']);

/** Decorators of libraries that call the function as it is called, or hand it on as it is. */
const FAITHFUL =
  /^(?:builtins\.(?:staticmethod|classmethod)|functools\.(?:lru_cache|cache|wraps)|abc\.abstract\w+|typing\.\w+|typing_extensions\.\w+|atexit\.register|tenacity\.retry|backoff\.on_\w+|cachetools\.\w+|async_lru\.alru_cache|pydantic\.(?:validate_call|\w*validator|computed_field|\w*serializer)|pytest\.mark\..*|unittest\.(?:mock\.)?(?:patch|skip)\w*.*|sqlalchemy\.orm\.(?:validates|reconstructor)|sqlalchemy\.event\.\w+|(?:fastapi\.(?:FastAPI|APIRouter)|starlette\.applications\.Starlette|flask\.(?:Flask|Blueprint)|quart\.(?:Quart|Blueprint)|sanic\.(?:Sanic|Blueprint)|aiohttp\.web\.RouteTableDef)\(\)\.\w+)(?:\(\))?$/;

/**
 * Looks at the decorators of a function.
 * @param entityOf what each decorator stands for, seen from the function's file
 */
export function decorationOf(
  fact: OutlineFunction,
  entityOf: (decorator: NonNullable<OutlineFunction['decorators'][number]>) => Entity | undefined,
  store: OutlineStore,
): Decoration {
  let result: Decoration = { kind: 'plain' };
  for (const decorator of fact.decorators) {
    const entity = decorator ? entityOf(decorator) : undefined;
    const symbol = entity?.kind === 'external' ? entity.symbol : '';
    if (PROPERTIES.has(symbol)) result = { kind: 'property' };
    else if (MANAGERS.has(symbol)) result = { kind: 'manager' };
    else if (!FAITHFUL.test(symbol) && !isFaithful(entity, fact, store)) return { kind: 'open' };
  }
  return result;
}

/** A decorator of the workspace: it gives back the function, or a wrapper of the same kind that calls it. */
function isFaithful(decorator: Entity | undefined, wrapped: OutlineFunction, store: OutlineStore): boolean {
  const place = decorator?.kind === 'function' ? store.placeOf(decorator.id) : undefined;
  const file = place && store.get(place.path);
  const fact = file?.outline.functions[place?.index ?? -1];
  if (!place || !file || !fact || fact.isAsync || fact.isGenerator) return false;
  if (fact.returnsFirst) return true;
  const wrapper = wrapperOf(fact, place.index, file.outline.functions);
  const parameter = fact.parameters[0]?.name;
  return (
    wrapper !== undefined &&
    parameter !== undefined &&
    wrapper.callsOuter?.includes(parameter) === true &&
    wrapper.isAsync === wrapped.isAsync &&
    wrapper.isGenerator === wrapped.isGenerator
  );
}

/** The only function that a decorator gives back, when it is defined in it. */
function wrapperOf(
  decorator: OutlineFunction,
  index: number,
  functions: readonly OutlineFunction[],
): OutlineFunction | undefined {
  const [only, ...others] = decorator.returns;
  if (!only || others.length > 0) return undefined;
  return functions.find(one => one.parent === index && only.symbol === `:${one.qualifiedName}`);
}
