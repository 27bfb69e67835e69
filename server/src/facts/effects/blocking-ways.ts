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

/** Ways from a function, as they are found: the best one for all callers, and for those that meet the same conditions. */
export interface Ways extends Required<Pick<LocalEffects, 'handling' | 'conditions'>> {
  best: BlockingWay | undefined;
  /** By their conditions; most functions have none, and all of a workspace may be summarised after one edit. */
  conditional: Map<string, ConditionalWay> | undefined;
}

const NO_CALLS: readonly number[] = [];
const NO_CONDITIONS: readonly CallCondition[] = [];

/** Opens the ways of a function. */
export function openWays({ handling = NO_CALLS, conditions = NO_CONDITIONS }: LocalEffects): Ways {
  return { handling, conditions, best: undefined, conditional: undefined };
}

/** Takes a way that a call of the function opens. */
export function addWay(ways: Ways, call: number, way: BlockingWay): void {
  const own = conditionsOf(ways, call);
  const isRare = way.isRare || ways.handling.includes(call);
  const known = own.length === 0 ? ways.best : ways.conditional?.get(keyOf(own))?.way;
  if (known && !isBetter(way.isMinor, isRare, way.length, known)) return;
  const added = isRare === way.isRare ? way : { ...way, isRare };
  if (own.length === 0) ways.best = added;
  else (ways.conditional ??= new Map<string, ConditionalWay>()).set(keyOf(own), { conditions: own, way: added });
}

/** Takes a way through a function that is called. @param behind the one that goes on from there */
export function addCall(ways: Ways, { call: { index: call }, callee }: CallEdge, behind: BlockingWay): void {
  const { best, conditions } = ways;
  const { isMinor, isRare } = behind;
  const length = behind.length + 1;
  // Most ways are no better than one before, and nothing is made of those.
  if (best && conditions.length === 0 && !isBetter(isMinor, isRare, length, best)) return;
  addWay(ways, call, { isMinor, isRare, length, step: { kind: 'function', call, callee } });
}

/** The ways that some callers open, and that are better than the one for all, sorted by their conditions. */
export function conditionalWays({ best, conditional }: Ways): readonly ConditionalWay[] {
  if (!conditional) return NO_WAYS;
  const others = [...conditional].filter(([, { way }]) => bestOf(best, way) !== best);
  return others.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, other]) => other);
}

function conditionsOf({ conditions }: Ways, call: number): readonly CallCondition[] {
  return conditions.length === 0 ? conditions : conditions.filter(condition => condition.call === call);
}

function keyOf(conditions: readonly CallCondition[]): string {
  if (conditions.length === 0) return '';
  return conditions
    .map(({ parameter, position, when, byDefault }) => [parameter, position, when, byDefault].join(' '))
    .join();
}

/** The better one; the first where they are alike. */
export function bestOf(left: BlockingWay | undefined, right: BlockingWay | undefined): BlockingWay | undefined {
  if (!left || !right) return left ?? right;
  return isBetter(right.isMinor, right.isRare, right.length, left) ? right : left;
}

/** What waits for longer things is better, then what needs no error, then the shorter way. */
function isBetter(isMinor: boolean, isRare: boolean, length: number, than: BlockingWay): boolean {
  if (isMinor !== than.isMinor) return than.isMinor;
  if (isRare !== than.isRare) return than.isRare;
  return length < than.length;
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
