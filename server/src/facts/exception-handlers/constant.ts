import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, childrenOf, firstChild, kindOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';

const LITERALS: ReadonlySet<number> = new Set([
  Kind.none,
  Kind.true,
  Kind.false,
  Kind.integer,
  Kind.float,
  Kind.ellipsis,
]);

/** Source text of an expression that is always the same: a plain literal, an empty or literal collection, `dict()`. */
export function constantText(file: PythonFile, node: NodeIndex): string | undefined {
  return isConstant(file, node) ? textOf(file.source.tree, file.source.text, node) : undefined;
}

function isConstant(file: PythonFile, node: NodeIndex): boolean {
  const { tree } = file.source;
  const kind = kindOf(tree, node);
  if (LITERALS.has(kind)) return true;
  switch (kind) {
    case Kind.string:
      return childrenOf(tree, node).every(child => kindOf(tree, child) !== Kind.interpolation);
    case Kind.parenthesized_expression:
    case Kind.unary_operator:
      return childrenOf(tree, node).every(child => isOperator(kindOf(tree, child)) || isConstant(file, child));
    case Kind.tuple:
    case Kind.list:
    case Kind.dictionary:
    case Kind.pair:
    case Kind.expression_list:
      return childrenOf(tree, node).every(child => kindOf(tree, child) === Kind.comment || isConstant(file, child));
    case Kind.call:
      return isEmptyCollection(file, node);
    default:
      return false;
  }
}

function isOperator(kind: number): boolean {
  return kind === Kind['-'] || kind === Kind['+'] || kind === Kind['~'];
}

/** `dict()`, `set()`, `list()`. */
function isEmptyCollection({ source: { tree }, resolver }: PythonFile, call: NodeIndex): boolean {
  const list = childByField(tree, call, Field.arguments);
  if (kindOf(tree, list) !== Kind.argument_list || firstChild(tree, list) >= 0) return false;
  const symbol = resolver.valueOf(childByField(tree, call, Field.function))?.symbol ?? '';
  return /^builtins\.(dict|set|list|tuple|frozenset|str|bytes)$/.test(symbol);
}

/** Whether an expression stands for "there is none": `None`, `{}`, `[]`, `""`, `dict()`. */
export function isNothing(file: PythonFile, node: NodeIndex): boolean {
  const text = constantText(file, node);
  return (
    text !== undefined &&
    /^(None|\{\s*\}|\[\s*\]|\(\s*\)|b?(""|'')|(dict|set|list|tuple|frozenset|str|bytes)\(\))$/.test(text)
  );
}
