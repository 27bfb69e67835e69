import type { HandlerConduct } from '../../core/facts/exception-handler.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  childrenOf,
  endOfSubtree,
  firstChild,
  kindOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { constantText } from './constant.ts';
import { callsIn } from './excuse.ts';
import { walkOwn } from './walk-own.ts';
import { DECODERS } from './words.ts';

/**
 * Whether guarded code reads JSON or the like and its handler says nothing and goes on with a value of its own, such as
 * `{}` or the text as it came: the caller can't tell broken data from real data. `None` and `False` say that there is none.
 */
export function coercesData(file: PythonFile, body: NodeIndex, block: NodeIndex, conduct: HandlerConduct): boolean {
  if (conduct.logs.length > 0 || conduct.mayRaise || conduct.handsErrorOn || conduct.exits) return false;
  const { tree } = file.source;
  const statements = childrenOf(tree, block).filter(node => kindOf(tree, node) !== Kind.comment);
  const [only, ...others] = statements;
  if (only === undefined || others.length > 0) return false;
  const value = valueGiven(file, only);
  if (value < 0 || callsIn(file, body).length > MOST_CALLS) return false;
  const read = namesRead(file, body);
  return read !== undefined && isMadeUp(file, value, read);
}

/** A longer block does more than read data. */
const MOST_CALLS = 3;

/** What `return value` or `name = value` gives, or -1. */
function valueGiven({ source: { tree } }: PythonFile, statement: NodeIndex): NodeIndex {
  if (kindOf(tree, statement) === Kind.return_statement) return firstChild(tree, statement);
  const assignment = firstChild(tree, statement);
  const isAssignment = kindOf(tree, assignment) === Kind.assignment;
  return isAssignment ? childByField(tree, assignment, Field.right) : -1;
}

/** Names in the arguments of the first call that decodes; undefined without one. */
function namesRead({ source: { tree, text } }: PythonFile, body: NodeIndex): ReadonlySet<string> | undefined {
  let names: Set<string> | undefined;
  walkOwn(tree, body, node => {
    if (names || kindOf(tree, node) !== Kind.call) return names === undefined;
    const callee = childByField(tree, node, Field.function);
    const isMethod = kindOf(tree, callee) === Kind.attribute;
    if (!DECODERS.test(textOf(tree, text, isMethod ? childByField(tree, callee, Field.attribute) : callee)))
      return true;
    names = new Set();
    for (let inner = node; inner < endOfSubtree(tree, node); inner++) {
      if (kindOf(tree, inner) === Kind.identifier) names.add(textOf(tree, text, inner));
    }
    return false;
  });
  return names;
}

/** An empty or literal collection, an empty text, or the data as it came. */
function isMadeUp(file: PythonFile, value: NodeIndex, read: ReadonlySet<string>): boolean {
  const { tree, text } = file.source;
  const constant = constantText(file, value);
  if (constant !== undefined) return !/^(None|False|True)$/.test(constant);
  return kindOf(tree, value) === Kind.identifier && read.has(textOf(tree, text, value));
}
