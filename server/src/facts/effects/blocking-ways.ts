import type { BlockingKind } from '../../core/facts/blocking-call.ts';
import type { CallEdge, FunctionId } from '../../core/python-index.ts';
import type { CallCondition, LocalEffects } from '../../core/python-outline.ts';

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

export const NO_WAYS: readonly ConditionalWay[] = [];

/** Ways from a function, as they are found. */
interface Ways {
  add(call: number, way: BlockingWay | undefined): void;
  /** @param way the one that goes on behind the call */
  addCall(edge: CallEdge, way: BlockingWay): void;
  best(): { readonly way: BlockingWay | undefined; readonly conditional: readonly ConditionalWay[] };
}

/** Keeps the best way for all callers, and for those that meet the same conditions. */
export function collectWays({ handling = NO_CALLS, conditions = NO_CONDITIONS }: LocalEffects): Ways {
  let way: BlockingWay | undefined;
  // Most functions have no conditions, and all of a workspace may be summarised after one edit.
  let found: Map<string, ConditionalWay> | undefined;
  const ways: Ways = {
    add: (call, other) => {
      if (!other) return;
      const isRare = other.isRare || handling.includes(call);
      const added = isRare === other.isRare ? other : { ...other, isRare };
      const own = conditions.length === 0 ? conditions : conditions.filter(condition => condition.call === call);
      if (own.length === 0) {
        way = bestOf(way, added);
        return;
      }
      const key = keyOf(own);
      const known = found?.get(key)?.way;
      const best = bestOf(known, added);
      if (best && best !== known)
        (found ??= new Map<string, ConditionalWay>()).set(key, { conditions: own, way: best });
    },
    addCall: ({ call, callee }, { isMinor, isRare, length }) => {
      ways.add(call.index, {
        isMinor,
        isRare,
        length: length + 1,
        step: { kind: 'function', call: call.index, callee },
      });
    },
    best: () => {
      if (!found) return { way, conditional: NO_WAYS };
      const others = [...found].filter(([, other]) => bestOf(way, other.way) !== way);
      return { way, conditional: others.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, other]) => other) };
    },
  };
  return ways;
}

const NO_CALLS: readonly number[] = [];
const NO_CONDITIONS: readonly CallCondition[] = [];

function keyOf(conditions: readonly CallCondition[]): string {
  if (conditions.length === 0) return '';
  return conditions
    .map(({ parameter, position, when, byDefault }) => [parameter, position, when, byDefault].join(' '))
    .join();
}

/** The one that waits for longer things, then the one without an error, the shorter one, the one that comes first. */
export function bestOf(left: BlockingWay | undefined, right: BlockingWay | undefined): BlockingWay | undefined {
  if (!left || !right) return left ?? right;
  if (left.isMinor !== right.isMinor) return left.isMinor ? right : left;
  if (left.isRare !== right.isRare) return left.isRare ? right : left;
  return right.length < left.length ? right : left;
}

/** Whether two ways are of the same quality, and begin alike. */
export function isSameWay(left: BlockingWay | undefined, right: BlockingWay | undefined): boolean {
  if (!left || !right) return left === right;
  if (left.isMinor !== right.isMinor || left.isRare !== right.isRare || left.length !== right.length) return false;
  const [from, to] = [left.step, right.step];
  if (from.kind === 'taught') return to.kind === 'taught' && from.blocking === to.blocking;
  if (from.kind === 'local') return to.kind === 'local' && from.index === to.index;
  if (from.kind === 'external') return to.kind === 'external' && from.call === to.call;
  return to.kind === 'function' && from.call === to.call && from.callee === to.callee;
}

/** The same for several, in their order. */
export function isSameConditional(left: readonly ConditionalWay[], right: readonly ConditionalWay[]): boolean {
  if (left === right) return true;
  if (left.length !== right.length) return false;
  return left.every(({ conditions, way }, index) => {
    const other = right[index];
    return isSameWay(way, other?.way) && keyOf(conditions) === keyOf(other?.conditions ?? []);
  });
}
