import type { HandlerConduct } from '../../core/facts/exception-handler.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, childrenOf, firstChild, kindOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { constantText } from './constant.ts';
import { callsIn } from './excuse.ts';
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
  if (value < 0 || !isMadeUp(file, value)) return false;
  const calls = callsIn(file, body);
  return calls.length <= 3 && calls.some(({ name }) => DECODERS.test(name));
}

/** What `return value` or `name = value` gives, or -1. */
function valueGiven({ source: { tree } }: PythonFile, statement: NodeIndex): NodeIndex {
  if (kindOf(tree, statement) === Kind.return_statement) return firstChild(tree, statement);
  const assignment = firstChild(tree, statement);
  const isAssignment = kindOf(tree, assignment) === Kind.assignment;
  return isAssignment ? childByField(tree, assignment, Field.right) : -1;
}

function isMadeUp(file: PythonFile, value: NodeIndex): boolean {
  const text = constantText(file, value);
  if (text !== undefined) return !/^(None|False|True)$/.test(text);
  return kindOf(file.source.tree, value) === Kind.identifier;
}
