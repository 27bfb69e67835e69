import type { PythonSource } from '../../core/source-file.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  childrenOf,
  firstChild,
  kindOf,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import type { NumberedNode } from '../python/numbered-nodes.ts';
import type { PythonFile } from '../python/python-file.ts';

/** Indices of calls by when what they give back is used; see {@link PythonEffects}. */
export interface Iteration {
  readonly iterated: readonly number[];
  readonly deferred: readonly number[];
}

/** Of some calls of a file, finds those whose result is iterated over on the spot, and those that run later or never. */
export function findIteration({ source, facts }: PythonFile, calls: readonly NumberedNode[]): Iteration {
  const iterated: number[] = [];
  const deferred: number[] = [];
  for (const [node, index] of calls) {
    const call = facts.calls[index];
    if (!call) continue;
    if (call.inComprehension && isDeferred(source, node)) deferred.push(index);
    else if (call.usage !== 'discarded' && call.usage !== 'chained' && isIterated(source, node)) iterated.push(index);
  }
  const ascending = (a: number, b: number): number => a - b;
  return { iterated: iterated.sort(ascending), deferred: deferred.sort(ascending) };
}

/** Built-in functions and methods that take an iterable and are through with it when they return. */
const CONSUMERS: ReadonlySet<string> = new Set([
  'all',
  'any',
  'bytearray',
  'bytes',
  'deque',
  'collections.deque',
  'Counter',
  'collections.Counter',
  'dict',
  'frozenset',
  'list',
  'max',
  'min',
  'next',
  'set',
  'sorted',
  'sum',
  'tuple',
]);
const CONSUMING_METHOD = /\.(?:extend|update|join|writelines)$/;

function isIterated(source: PythonSource, call: NodeIndex): boolean {
  const { tree, text } = source;
  const node = outermost(source, call);
  const parent = parentOf(tree, node);
  switch (kindOf(tree, parent)) {
    case Kind.for_statement:
      return tree.fields[node] === Field.right;
    case Kind.for_in_clause:
      return tree.fields[node] === Field.right && !isLazyClause(source, parent);
    case Kind.argument_list:
      return isConsumer(source, parentOf(tree, parent));
    case Kind.list_splat:
      return true;
    case Kind.yield:
      return /^yield\s+from\b/.test(textOf(tree, text, parent));
    case Kind.assignment:
      return tree.fields[node] === Field.right && isUnpacking(source, childByField(tree, parent, Field.left));
    default:
      return false;
  }
}

function isUnpacking({ tree }: PythonSource, target: NodeIndex): boolean {
  const kind = kindOf(tree, target);
  return kind === Kind.pattern_list || kind === Kind.tuple_pattern || kind === Kind.list_pattern;
}

/** Parentheses, and what iterates over its own first argument: `enumerate(rows())`. */
function outermost({ tree, text }: PythonSource, call: NodeIndex): NodeIndex {
  let node = call;
  for (;;) {
    const parent = parentOf(tree, node);
    if (kindOf(tree, parent) === Kind.parenthesized_expression) {
      node = parent;
      continue;
    }
    const outer = parentOf(tree, parent);
    const isWrapped =
      kindOf(tree, parent) === Kind.argument_list &&
      kindOf(tree, outer) === Kind.call &&
      WRAPPERS.has(textOf(tree, text, childByField(tree, outer, Field.function)));
    if (!isWrapped) return node;
    node = outer;
  }
}

const WRAPPERS: ReadonlySet<string> = new Set(['enumerate', 'zip', 'map', 'filter', 'iter', 'islice', 'chain']);

function isConsumer({ tree, text }: PythonSource, outer: NodeIndex): boolean {
  if (kindOf(tree, outer) !== Kind.call) return false;
  const callee = textOf(tree, text, childByField(tree, outer, Field.function));
  return CONSUMERS.has(callee) || CONSUMING_METHOD.test(callee);
}

/** Whether a clause belongs to a generator expression that is not used up where it stands. */
function isLazyClause(source: PythonSource, clause: NodeIndex): boolean {
  const comprehension = parentOf(source.tree, clause);
  return kindOf(source.tree, comprehension) === Kind.generator_expression && !isUsedUp(source, comprehension);
}

function isUsedUp(source: PythonSource, generator: NodeIndex): boolean {
  const parent = parentOf(source.tree, generator);
  // `sum(x for x in xs)`: the generator is the argument list.
  if (kindOf(source.tree, parent) === Kind.call) return isConsumer(source, parent);
  return isIterated(source, generator);
}

/**
 * Whether a call stands in a generator expression that is not used up where it stands: it runs later, or never. What the
 * first clause goes over is evaluated at once.
 */
export function isDeferred(source: PythonSource, call: NodeIndex): boolean {
  const { tree } = source;
  for (let child = call, node = parentOf(tree, call); node >= 0; child = node, node = parentOf(tree, node)) {
    const kind = kindOf(tree, node);
    if (kind === Kind.function_definition || kind === Kind.lambda || kind === Kind.block) return false;
    if (kind !== Kind.generator_expression || isUsedUp(source, node)) continue;
    const clauses = childrenOf(tree, node).filter(each => kindOf(tree, each) === Kind.for_in_clause);
    const isFirstClause = child === clauses[0];
    if (!isFirstClause || !isInIterable(source, child, call)) return true;
  }
  return false;
}

function isInIterable({ tree }: PythonSource, clause: NodeIndex, call: NodeIndex): boolean {
  const iterable = childByField(tree, clause, Field.right);
  const first = iterable < 0 ? firstChild(tree, clause) : iterable;
  return (tree.starts[first] ?? 0) <= (tree.starts[call] ?? 0) && (tree.ends[call] ?? 0) <= (tree.ends[first] ?? 0);
}
