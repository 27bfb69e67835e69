import type { ArgumentFact, CallFact, CallUsage, ExpressionKind } from '../../core/python-facts.ts';
import type { PythonSource } from '../../core/source-file.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  firstChild,
  kindOf,
  nextSibling,
  NO_NODE,
  parentOf,
  rangeOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import type { KeptFacts } from './kept-facts.ts';
import type { NodeNumbers } from './python-file.ts';
import type { Resolver } from './resolve.ts';
import { enclosingFunction, type ScopeTable } from './scopes.ts';

const MAX_SHOWN = 80;

/**
 * Facts of all calls of a file, in source order.
 * @param kept gives those that are known already, by their number
 */
export function extractCalls(
  source: PythonSource,
  table: ScopeTable,
  resolver: Resolver,
  numbers: NodeNumbers,
  kept?: Pick<KeptFacts, 'call'>,
): CallFact[] {
  return numbers.calls.nodes.map((node, index) => kept?.call(index) ?? callFact(node, index));

  function callFact(node: NodeIndex, index: number): CallFact {
    const { tree } = source;
    const calleeNode = childByField(tree, node, Field.function);
    const functionScope = enclosingFunction(table.scopes, table.scopeOf[node] ?? 0);
    const { usage, target } = usageOf(source, node);
    const { statementRange, loops, tries, inComprehension, atDefinition } = surroundings(source, node, numbers);
    // Written out: joining objects with `...` took half of the time of this function.
    return {
      index,
      range: rangeOf(tree, node),
      calleeRange: rangeOf(tree, calleeNode),
      argumentsRange: rangeOf(tree, childByField(tree, node, Field.arguments)),
      calleeText: shortText(source, calleeNode),
      callee: resolver.valueOf(calleeNode),
      arguments: argumentFacts(source, node, resolver),
      function: functionScope ? (numbers.functions.get(functionScope.node) ?? -1) : -1,
      awaited: isAwaited(source, node),
      usage,
      target,
      statementRange,
      loops,
      tries,
      inComprehension,
      atDefinition,
    };
  }
}

function shortText(source: PythonSource, node: NodeIndex): string {
  const text = textOf(source.tree, source.text, node);
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN - 1)}…`;
}

function argumentFacts(source: PythonSource, call: NodeIndex, resolver: Resolver): ArgumentFact[] {
  const { tree, text } = source;
  const list = childByField(tree, call, Field.arguments);
  if (kindOf(tree, list) !== Kind.argument_list) return list < 0 ? [] : [argumentFact(list, list, undefined)];
  const facts: ArgumentFact[] = [];
  for (let child = firstChild(tree, list); child >= 0; child = nextSibling(tree, child)) {
    const kind = kindOf(tree, child);
    if (kind === Kind.comment) continue;
    const isKeyword = kind === Kind.keyword_argument;
    const value = isKeyword ? childByField(tree, child, Field.value) : child;
    const name = isKeyword ? textOf(tree, text, childByField(tree, child, Field.name)) : undefined;
    facts.push(argumentFact(child, value, name));
  }
  return facts;

  function argumentFact(node: NodeIndex, value: NodeIndex, name: string | undefined): ArgumentFact {
    const kind = expressionKind(kindOf(tree, value));
    const isLiteral = LITERALS.has(kind) && (tree.ends[value] ?? 0) - (tree.starts[value] ?? 0) <= MAX_SHOWN;
    return {
      name,
      kind,
      range: rangeOf(tree, node),
      valueRange: rangeOf(tree, value),
      literal: isLiteral ? textOf(tree, text, value) : undefined,
      value: kind === 'star' || kind === 'doubleStar' ? undefined : resolver.valueOf(value),
    };
  }
}

const LITERALS: ReadonlySet<ExpressionKind> = new Set(['none', 'true', 'false', 'integer', 'float', 'string']);

const EXPRESSION_KINDS: ReadonlyMap<number, ExpressionKind> = new Map([
  [Kind.none, 'none'],
  [Kind.true, 'true'],
  [Kind.false, 'false'],
  [Kind.integer, 'integer'],
  [Kind.float, 'float'],
  [Kind.string, 'string'],
  [Kind.concatenated_string, 'string'],
  [Kind.identifier, 'name'],
  [Kind.attribute, 'attribute'],
  [Kind.call, 'call'],
  [Kind.await, 'await'],
  [Kind.list, 'list'],
  [Kind.tuple, 'tuple'],
  [Kind.dictionary, 'dictionary'],
  [Kind.lambda, 'lambda'],
  [Kind.list_splat, 'star'],
  [Kind.dictionary_splat, 'doubleStar'],
  [Kind.ellipsis, 'ellipsis'],
]);

/** Shape of an expression by the kind of its node. */
export function expressionKind(kind: number): ExpressionKind {
  return EXPRESSION_KINDS.get(kind) ?? 'other';
}

/** The expression around a call that has the same value: parentheses and `await` are seen through. */
function outermostSame(source: PythonSource, node: NodeIndex): NodeIndex {
  const { tree } = source;
  let current = node;
  for (;;) {
    const parent = parentOf(tree, current);
    const kind = kindOf(tree, parent);
    if (kind !== Kind.await && kind !== Kind.parenthesized_expression) return current;
    current = parent;
  }
}

function isAwaited(source: PythonSource, node: NodeIndex): boolean {
  const { tree } = source;
  let parent = parentOf(tree, node);
  while (kindOf(tree, parent) === Kind.parenthesized_expression) parent = parentOf(tree, parent);
  return kindOf(tree, parent) === Kind.await;
}

function usageOf(source: PythonSource, call: NodeIndex): { usage: CallUsage; target: string | undefined } {
  const { tree, text } = source;
  const node = outermostSame(source, call);
  const parent = parentOf(tree, node);
  const plain = (usage: CallUsage): { usage: CallUsage; target: undefined } => ({ usage, target: undefined });
  switch (kindOf(tree, parent)) {
    case Kind.expression_statement:
      return plain('discarded');
    case Kind.assignment: {
      if (tree.fields[node] !== Field.right) return plain('other');
      const left = childByField(tree, parent, Field.left);
      const isName = kindOf(tree, left) === Kind.identifier || kindOf(tree, left) === Kind.attribute;
      return { usage: 'assigned', target: isName ? textOf(tree, text, left) : undefined };
    }
    case Kind.named_expression:
      return { usage: 'assigned', target: textOf(tree, text, childByField(tree, parent, Field.name)) };
    case Kind.return_statement:
      return plain('returned');
    case Kind.yield:
      return plain('yielded');
    case Kind.argument_list:
    case Kind.keyword_argument:
    case Kind.list_splat:
    case Kind.dictionary_splat:
      return plain('argument');
    case Kind.attribute:
    case Kind.subscript:
      return plain('chained');
    case Kind.call:
      return plain('chained');
    case Kind.with_item:
      return plain('context');
    case Kind.as_pattern:
      return plain(kindOf(tree, parentOf(tree, parent)) === Kind.with_item ? 'context' : 'other');
    case Kind.for_statement:
    case Kind.for_in_clause:
      return plain(tree.fields[node] === Field.right ? 'iterated' : 'other');
    default:
      return plain('other');
  }
}

type Surroundings = Pick<CallFact, 'statementRange' | 'loops' | 'tries' | 'inComprehension' | 'atDefinition'>;

/** Climbs from a call to its function, and notes what it passes. */
function surroundings(source: PythonSource, call: NodeIndex, numbers: NodeNumbers): Surroundings {
  const { tree } = source;
  const loops: number[] = [];
  const tries: number[] = [];
  let statement: NodeIndex = NO_NODE;
  let inComprehension = false;
  let atDefinition = false;
  let child = call;
  for (let node = parentOf(tree, call); node >= 0; child = node, node = parentOf(tree, node)) {
    const isInBody = tree.fields[child] === Field.body;
    switch (kindOf(tree, node)) {
      case Kind.block:
      case Kind.module:
        if (statement < 0) statement = child;
        continue;
      case Kind.list_comprehension:
      case Kind.set_comprehension:
      case Kind.dictionary_comprehension:
      case Kind.generator_expression:
        inComprehension = true;
        continue;
      case Kind.decorator:
        atDefinition = true;
        continue;
      case Kind.parameters:
        if (statement < 0) atDefinition = true;
        continue;
      case Kind.for_statement:
      case Kind.while_statement:
        if (isInBody || isLoopCondition(source, child)) loops.unshift(numbers.loops.get(node) ?? -1);
        continue;
      case Kind.try_statement:
        if (isInBody) tries.unshift(numbers.tries.get(node) ?? -1);
        continue;
      case Kind.function_definition:
        if (!isInBody) continue;
        break;
      case Kind.lambda:
        break;
      default:
        continue;
    }
    break;
  }
  return { statementRange: headerRange(source, statement), loops, tries, inComprehension, atDefinition };
}

/** A `while` condition runs at each turn; what `for` iterates over is evaluated once. */
function isLoopCondition(source: PythonSource, child: NodeIndex): boolean {
  return source.tree.fields[child] === Field.condition;
}

/** A simple statement as a whole; of a compound one the part before its first block. */
function headerRange(source: PythonSource, statement: NodeIndex): { start: number; end: number } {
  const { tree } = source;
  if (statement < 0) return { start: 0, end: 0 };
  const range = rangeOf(tree, statement);
  for (let child = firstChild(tree, statement); child >= 0;) {
    if (kindOf(tree, child) === Kind.block) return { start: range.start, end: tree.starts[child] ?? range.end };
    const next = tree.nexts[child] ?? -1;
    child = next < (tree.nexts[statement] ?? 0) ? next : NO_NODE;
  }
  return range;
}
