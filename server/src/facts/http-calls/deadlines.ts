import type { CallFact } from '../../core/python-facts.ts';
import { Kind } from '../../syntax/python/kinds.ts';
import { decoratorsOf, endOfSubtree, kindOf, parentOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';

/** Says of the call nodes of a file whether something around them ends them in time. */
export function createDeadlines(file: PythonFile): (call: NodeIndex) => boolean {
  const { tree } = file.source;
  const ending = new Set([...waitingCalls(file), ...withDeadline(file), ...boundedFunctions(file)]);
  return call => {
    // Nothing ends anything in most files, and all of their calls are asked about.
    if (ending.size === 0) return false;
    for (let node = parentOf(tree, call); node >= 0; node = parentOf(tree, node)) {
      if (ending.has(node)) return true;
      if (kindOf(tree, node) === Kind.function_definition) return false;
    }
    return false;
  };
}

const WAIT_FOR = 'asyncio.wait_for';

function waitingCalls({ facts, numbers }: PythonFile): readonly NodeIndex[] {
  return numbers.calls.nodes.filter((_, index) => facts.calls[index]?.callee?.symbol === WAIT_FOR);
}

/** Context managers that end what runs inside of them. */
const DEADLINES: ReadonlySet<string> = new Set([
  'asyncio.timeout()',
  'asyncio.timeout_at()',
  'async_timeout.timeout()',
  'async_timeout.timeout_at()',
  'anyio.fail_after()',
  'anyio.move_on_after()',
  'trio.fail_after()',
  'trio.fail_at()',
  'trio.move_on_after()',
  'trio.move_on_at()',
  'gevent.Timeout()',
  'eventlet.Timeout()',
  'eventlet.timeout.Timeout()',
]);

/** `with` statements that end their body. */
function withDeadline({ source: { tree }, resolver, numbers }: PythonFile): readonly NodeIndex[] {
  const hasDeadline = (item: NodeIndex): boolean => {
    for (let node = item; node < endOfSubtree(tree, item); node++) {
      if (kindOf(tree, node) === Kind.call && DEADLINES.has(resolver.valueOf(node)?.symbol ?? '')) return true;
    }
    return false;
  };
  return numbers.withItems.filter(hasDeadline).map(item => parentOf(tree, parentOf(tree, item)));
}

/** Functions that are called in `asyncio.wait_for(…)`, or that a decorator ends. */
function boundedFunctions(file: PythonFile): readonly NodeIndex[] {
  const { facts, numbers, source } = file;
  const awaited = functionsWaitedFor(facts.calls);
  return numbers.functions.nodes.filter((node, index) => {
    if (kindOf(source.tree, node) !== Kind.function_definition) return false;
    return awaited.has(`:${facts.functions[index]?.qualifiedName ?? ''}`) || hasTimeoutDecorator(file, node);
  });
}

/** Names of the file's functions whose calls are given to `asyncio.wait_for`. */
function functionsWaitedFor(calls: readonly CallFact[]): ReadonlySet<string> {
  const waits = calls.filter(({ callee }) => callee?.symbol === WAIT_FOR);
  const bounded = calls.filter(call =>
    waits.some(wait => wait.argumentsRange.start < call.range.start && call.range.end < wait.argumentsRange.end),
  );
  return new Set(bounded.flatMap(({ callee }) => (callee?.symbol.startsWith(':') === true ? [callee.symbol] : [])));
}

/** `@timeout(5)`, `@timeout_decorator.timeout(5)`, `@func_set_timeout(5)` */
function hasTimeoutDecorator({ source: { tree, text } }: PythonFile, definition: NodeIndex): boolean {
  return decoratorsOf(tree, definition).some(decorator => {
    const [name = ''] = textOf(tree, text, decorator).split('(', 1);
    return /(time_?out|deadline|time_?limit)\w*\s*$/i.test(name);
  });
}
