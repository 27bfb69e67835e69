import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, kindOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import type { ValueReader } from './value-reader.ts';

/** What calculating with points in time raises, and comparing them. */
export interface MomentReader {
  /** Types that `left + right` or `left - right` raises; empty where neither is a point in time. */
  typesOfSum(left: NodeIndex, right: NodeIndex, isDifference: boolean): readonly string[];
  /** Whether an order of the two may fail: one has a time zone, and the other has none. */
  mayDiffer(left: NodeIndex, right: NodeIndex): boolean;
}

const OVERFLOW_ERROR = 'builtins.OverflowError';
const TYPE_ERROR = 'builtins.TypeError';

/** For one extraction only. */
export function createMomentReader(
  { source: { tree }, resolver, facts }: PythonFile,
  values: ValueReader,
): MomentReader {
  function typesOfSum(left: NodeIndex, right: NodeIndex, isDifference: boolean): readonly string[] {
    const classes = [values.classOf(left), values.classOf(right)];
    if (!classes.some(isMoment)) return [];
    if (isDifference && classes.every(isMoment)) return mayDiffer(left, right) ? [TYPE_ERROR] : [];
    const isUnclear = isDifference && classes.includes(undefined) && mayDiffer(left, right);
    const isNear = (isNow(left) && isShort(right)) || (isShort(left) && isNow(right));
    return [...(isNear ? [] : [OVERFLOW_ERROR]), ...(isUnclear ? [TYPE_ERROR] : [])];
  }

  function mayDiffer(left: NodeIndex, right: NodeIndex): boolean {
    const classes = [values.classOf(left), values.classOf(right)];
    const isWithTime = classes.includes('datetime.datetime');
    return isWithTime && !(isNow(left) && isNow(right)) && classes.every(type => type === undefined || isMoment(type));
  }

  /** Far from the first and the last day that there is. */
  function isNow(node: NodeIndex): boolean {
    return /^datetime\.(datetime|date)\.(now|utcnow|today)$/.test(makerOf(node)?.callee?.symbol ?? '');
  }

  /** `timedelta(days=7)`, or what somebody else has made: most likely another point in time. */
  function isShort(node: NodeIndex): boolean {
    if (values.classOf(node) === undefined) return true;
    const maker = makerOf(node);
    if (maker?.callee?.symbol !== 'datetime.timedelta') return false;
    return maker.arguments.every(({ kind }) => kind === 'integer' || kind === 'float');
  }

  function makerOf(node: NodeIndex): PythonFile['facts']['calls'][number] | undefined {
    const plain = kindOf(tree, node) === Kind.named_expression ? childByField(tree, node, Field.value) : node;
    const origin = resolver.valueOf(plain)?.origin;
    return origin === undefined ? undefined : facts.calls[origin];
  }

  return { typesOfSum, mayDiffer };
}

function isMoment(type: string | undefined): boolean {
  return type === 'datetime.datetime' || type === 'datetime.date';
}
