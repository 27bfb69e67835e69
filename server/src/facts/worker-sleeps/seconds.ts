import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, childrenOf, firstChild, kindOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import type { Binding, Scope } from '../python/scopes.ts';

const MAX_DEPTH = 6;

/**
 * Value of a numeric expression: literals, arithmetic, names and attributes that only ever hold such, parameters by their
 * default. The smallest one where there are several; undefined when any of them is unknown.
 */
export function constantNumber(file: PythonFile, node: NodeIndex, depth = 0): number | undefined {
  const { tree, text } = file.source;
  if (node < 0 || depth > MAX_DEPTH) return undefined;
  switch (kindOf(tree, node)) {
    case Kind.integer:
    case Kind.float:
      return finite(Number(textOf(tree, text, node).replaceAll('_', '')));
    case Kind.parenthesized_expression:
      return constantNumber(file, firstChild(tree, node), depth + 1);
    case Kind.binary_operator:
      return arithmetic(file, node, depth);
    case Kind.identifier:
      return smallest(file, bindingsOf(file, node), depth);
    case Kind.attribute:
      return smallest(file, attributeBindings(file, node), depth);
    default:
      return undefined;
  }
}

function arithmetic(file: PythonFile, node: NodeIndex, depth: number): number | undefined {
  const { tree } = file.source;
  const left = constantNumber(file, childByField(tree, node, Field.left), depth + 1);
  const right = constantNumber(file, childByField(tree, node, Field.right), depth + 1);
  if (left === undefined || right === undefined) return undefined;
  switch (kindOf(tree, childByField(tree, node, Field.operator))) {
    case Kind['+']:
      return finite(left + right);
    case Kind['-']:
      return finite(left - right);
    case Kind['*']:
      return finite(left * right);
    case Kind['/']:
      return finite(left / right);
    default:
      return undefined;
  }
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

function smallest(file: PythonFile, bindings: readonly Binding[], depth: number): number | undefined {
  const values = bindings.map(binding => constantNumber(file, valueNode(file, binding), depth + 1));
  const known = values.filter(value => value !== undefined);
  return known.length > 0 && known.length === values.length ? Math.min(...known) : undefined;
}

function valueNode({ source: { tree } }: PythonFile, binding: Binding): NodeIndex {
  if (binding.kind === 'assignment') return binding.value;
  return binding.kind === 'parameter' ? childByField(tree, binding.node, Field.value) : -1;
}

function bindingsOf({ source: { tree, text }, table }: PythonFile, node: NodeIndex): readonly Binding[] {
  const name = textOf(tree, text, node);
  const start = table.scopes[table.scopeOf[node] ?? 0];
  for (let scope = start; scope; scope = table.scopes[scope.parent]) {
    if (scope.kind === 'class' && scope !== start) continue;
    const found = scope.delegated.has(name) ? undefined : scope.bindings.get(name);
    if (found) return found;
  }
  return [];
}

/** What `self.name` is ever set to in its class. */
function attributeBindings(file: PythonFile, node: NodeIndex): readonly Binding[] {
  const { tree, text } = file.source;
  const owner = classOfReceiver(file, childByField(tree, node, Field.object));
  const name = textOf(tree, text, childByField(tree, node, Field.attribute));
  return owner ? [...(owner.attributes.get(name) ?? []), ...(owner.bindings.get(name) ?? [])] : [];
}

/** The class whose `self` (or `cls`) a node names; undefined for every other expression. */
export function classOfReceiver({ source: { tree, text }, table }: PythonFile, node: NodeIndex): Scope | undefined {
  if (kindOf(tree, node) !== Kind.identifier) return undefined;
  const name = textOf(tree, text, node);
  for (let scope = table.scopes[table.scopeOf[node] ?? 0]; scope; scope = table.scopes[scope.parent]) {
    if (scope.kind === 'class' || !scope.bindings.has(name)) continue;
    return scope.receiver === name && scope.bindings.get(name)?.length === 1 ? table.scopes[scope.parent] : undefined;
  }
  return undefined;
}

/** Children of a node that are no comments. */
export function operandsOf({ source: { tree } }: PythonFile, node: NodeIndex): readonly NodeIndex[] {
  return childrenOf(tree, node).filter(child => kindOf(tree, child) !== Kind.comment);
}
