import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, endOfSubtree, kindOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { enclosingFunction } from '../python/scopes.ts';
import { classOfReceiver, operandsOf } from './seconds.ts';

/** A part of a condition that decides it alone, as soon as its own truth is `when`. */
export interface DecidingPart {
  readonly node: NodeIndex;
  readonly when: boolean;
}

/** A method that asks another one is followed no further than this. */
const MAX_DEPTH = 2;

/** Parts that make a condition `wanted` by themselves: `stop.is_set()` for `not stop.is_set() and shop.open` and false. */
export function decidingParts(file: PythonFile, node: NodeIndex, wanted: boolean, depth = 0): readonly DecidingPart[] {
  const { tree } = file.source;
  switch (kindOf(tree, node)) {
    case Kind.parenthesized_expression:
      return operandsOf(file, node).flatMap(child => decidingParts(file, child, wanted, depth));
    case Kind.not_operator:
      return decidingParts(file, childByField(tree, node, Field.argument), !wanted, depth);
    case Kind.boolean_operator: {
      const decisive = kindOf(tree, childByField(tree, node, Field.operator)) === Kind.or;
      const operands = [childByField(tree, node, Field.left), childByField(tree, node, Field.right)];
      return decisive === wanted ? operands.flatMap(child => decidingParts(file, child, wanted, depth)) : [];
    }
    case Kind.comparison_operator:
      return comparedWithTruth(file, node, wanted, depth);
    default: {
      const answer = depth < MAX_DEPTH ? answerOfMethod(file, node) : undefined;
      return answer === undefined ? [{ node, when: wanted }] : decidingParts(file, answer, wanted, depth + 1);
    }
  }
}

/** `self._running is True`, `stop.is_set() == False`. */
function comparedWithTruth(file: PythonFile, node: NodeIndex, wanted: boolean, depth: number): readonly DecidingPart[] {
  const { tree } = file.source;
  const [left = -1, operator = -1, right = -1, ...others] = operandsOf(file, node);
  const truth = TRUTHS.get(kindOf(tree, right));
  const isSame = SAMENESS.get(kindOf(tree, operator));
  if (others.length > 0 || truth === undefined || isSame === undefined) return [];
  return decidingParts(file, left, (truth === isSame) === wanted, depth);
}

const TRUTHS: ReadonlyMap<number, boolean> = new Map([
  [Kind.true, true],
  [Kind.false, false],
]);
const SAMENESS: ReadonlyMap<number, boolean> = new Map([
  [Kind['=='], true],
  [Kind.is, true],
  [Kind['!='], false],
  [Kind['is not'], false],
]);

/** What `self.stopped()` or the property `self.stopped` returns, where that is all that the method does. */
function answerOfMethod(file: PythonFile, node: NodeIndex): NodeIndex | undefined {
  const { source, table } = file;
  const { tree, text } = source;
  const isCall = kindOf(tree, node) === Kind.call;
  if (isCall && operandsOf(file, childByField(tree, node, Field.arguments)).length > 0) return undefined;
  const member = isCall ? childByField(tree, node, Field.function) : node;
  if (kindOf(tree, member) !== Kind.attribute) return undefined;
  const receiver = childByField(tree, member, Field.object);
  const owner = classOfReceiver(file, receiver);
  const name = textOf(tree, text, childByField(tree, member, Field.attribute));
  const [definition, ...others] = owner?.bindings.get(name) ?? [];
  if (!owner || definition?.kind !== 'definition' || others.length > 0 || owner.attributes.has(name)) return undefined;
  const method = table.scopes.find(one => one.parent === owner.index && `:${one.qualifiedName}` === definition.symbol);
  const isDecorated =
    method !== undefined && kindOf(tree, tree.parents[method.node] ?? -1) === Kind.decorated_definition;
  if (method?.kind !== 'function' || isDecorated === isCall) return undefined;
  return method.receiver === textOf(tree, text, receiver) ? onlyAnswer(file, method.node) : undefined;
}

function onlyAnswer(file: PythonFile, method: NodeIndex): NodeIndex | undefined {
  const { tree } = file.source;
  const statements = operandsOf(file, childByField(tree, method, Field.body)).filter(
    statement => kindOf(tree, statement) !== Kind.expression_statement,
  );
  const [answer = -1, ...others] = statements;
  return others.length === 0 && kindOf(tree, answer) === Kind.return_statement
    ? operandsOf(file, answer)[0]
    : undefined;
}

/** Nodes of a loop's body that the loop itself runs. */
export function nodesOfLoop({ source: { tree }, table }: PythonFile, loop: NodeIndex): readonly NodeIndex[] {
  const owner = enclosingFunction(table.scopes, table.scopeOf[loop] ?? 0);
  const nodes: NodeIndex[] = [];
  for (let node = loop + 1; node < endOfSubtree(tree, loop); node++) {
    if (enclosingFunction(table.scopes, table.scopeOf[node] ?? 0) === owner) nodes.push(node);
  }
  return nodes;
}
