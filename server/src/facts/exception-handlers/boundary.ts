import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  decoratorsOf,
  endOfSubtree,
  firstChild,
  kindOf,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { BOUNDARY_BASES, BOUNDARY_DECORATORS, BOUNDARY_FUNCTIONS, CONSUMED, RUNNERS, RUNNING } from './words.ts';

/** The function that a node's code runs in, or -1 at module and class level. */
export function functionAround({ source: { tree } }: PythonFile, node: NodeIndex): NodeIndex {
  let current = parentOf(tree, node);
  while (current >= 0 && kindOf(tree, current) !== Kind.function_definition) {
    if (kindOf(tree, current) === Kind.class_definition) return -1;
    current = parentOf(tree, current);
  }
  return current;
}

/** Name of a function definition. */
export function functionName({ source: { tree, text } }: PythonFile, definition: NodeIndex): string {
  return definition < 0 ? '' : textOf(tree, text, childByField(tree, definition, Field.name));
}

/**
 * Answers, for `try` and `with` statements of one file, whether errors are meant to stop there: in the outermost function
 * of a program, in a loop that must go on, in what a framework or a thread calls, in code that calls what it was handed.
 */
export function createBoundaryReader(file: PythonFile): (statement: NodeIndex) => boolean {
  let runByOthers: ReadonlySet<string> | undefined;
  return statement => {
    const around = functionAround(file, statement);
    if (around < 0) return isInMainGuard(file, statement);
    const name = functionName(file, around);
    if (BOUNDARY_FUNCTIONS.test(name) || hasBoundaryDecorator(file, around) || hasBoundaryBase(file, around))
      return true;
    if (isInServingLoop(file, statement, around) || callsWhatItWasHanded(file, statement, around)) return true;
    runByOthers ??= namesRunByOthers(file);
    return runByOthers.has(name);
  };
}

function isInMainGuard({ source: { tree }, facts }: PythonFile, statement: NodeIndex): boolean {
  const start = tree.starts[statement] ?? 0;
  return facts.mainGuards.some(guard => guard.start <= start && start < guard.end);
}

/** A loop over items that it guards one by one, `while True`, `while self.running`, `async for message in …`, `for message in consumer`. */
function isInServingLoop({ source: { tree, text } }: PythonFile, statement: NodeIndex, around: NodeIndex): boolean {
  for (let node = parentOf(tree, statement); node > around; node = parentOf(tree, node)) {
    const kind = kindOf(tree, node);
    if (kind === Kind.while_statement) {
      const condition = textOf(tree, text, childByField(tree, node, Field.condition));
      if (condition === 'True' || condition === '1' || RUNNING.test(condition)) return true;
    }
    if (kind !== Kind.for_statement) continue;
    // All that a turn does is guarded: one bad item must not end the work on the others.
    if (parentOf(tree, parentOf(tree, statement)) === node) return true;
    const isAsync = kindOf(tree, firstChild(tree, node)) === Kind.async;
    if (isAsync || CONSUMED.test(textOf(tree, text, childByField(tree, node, Field.right)))) return true;
  }
  return false;
}

function hasBoundaryDecorator({ source: { tree, text } }: PythonFile, definition: NodeIndex): boolean {
  return decoratorsOf(tree, definition)
    .map(node => (kindOf(tree, node) === Kind.call ? childByField(tree, node, Field.function) : node))
    .some(callee => BOUNDARY_DECORATORS.test(textOf(tree, text, callee)));
}

/** `run` of a thread, `dispatch` of a middleware, `emit` of a log handler. */
function hasBoundaryBase({ source: { tree, text } }: PythonFile, definition: NodeIndex): boolean {
  let node = parentOf(tree, definition);
  while (node >= 0 && kindOf(tree, node) !== Kind.class_definition) {
    if (kindOf(tree, node) === Kind.function_definition) return false;
    node = parentOf(tree, node);
  }
  const bases = node < 0 ? -1 : childByField(tree, node, Field.superclasses);
  const name = textOf(tree, text, childByField(tree, definition, Field.name));
  return bases >= 0 && (BOUNDARY_BASES[name]?.test(textOf(tree, text, bases)) ?? false);
}

/** Names handed to a thread, a task, a scheduler or a signal: nobody up the stack could catch what those raise. */
function namesRunByOthers({ source: { tree, text }, numbers }: PythonFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const call of numbers.calls.nodes) {
    if (!RUNNERS.test(textOf(tree, text, childByField(tree, call, Field.function)))) continue;
    const list = childByField(tree, call, Field.arguments);
    for (let node = list; node >= 0 && node < endOfSubtree(tree, list); node++) {
      if (kindOf(tree, node) === Kind.identifier) names.add(textOf(tree, text, node));
    }
  }
  return names;
}

/** `for callback in callbacks: try: callback(event)`: what it raises is up to others. */
function callsWhatItWasHanded(
  { source: { tree, text }, table }: PythonFile,
  statement: NodeIndex,
  around: NodeIndex,
): boolean {
  const scope = table.scopes.find(candidate => candidate.node === around);
  const body = childByField(tree, statement, Field.body);
  for (let node = body; node >= 0 && node < endOfSubtree(tree, body); node++) {
    if (kindOf(tree, node) !== Kind.call) continue;
    const callee = childByField(tree, node, Field.function);
    if (kindOf(tree, callee) !== Kind.identifier) continue;
    const bindings = scope?.bindings.get(textOf(tree, text, callee)) ?? [];
    if (bindings.some(({ kind }) => kind === 'parameter' || kind === 'opaque')) return true;
  }
  return false;
}
