import type { PythonSource } from '../../../core/source-file.ts';
import { Field, Kind } from '../kinds.ts';
import { childByField, childrenOf, firstChild, kindOf, parentOf, textOf, type NodeIndex } from '../tree.ts';
import { ensureImport } from './ensure-import.ts';

/**
 * What waits for the result of a call.
 * `await`: an `await` has to be added; `awaited`: there is one already; `scheduled`: it is handed to what takes
 * coroutines (`asyncio.gather(f(x))`); `threaded` and `executed`: it is handed to what runs functions in threads, and so
 * is called too early (`asyncio.to_thread(f(x))`); what is executed gets no keyword arguments.
 */
export type Waiting = 'await' | 'awaited' | 'scheduled' | 'threaded' | 'executed';

/** Who waits for a call, or may; undefined where nobody could, or where waiting may stop others that want a lock. */
export function waitingAt(source: PythonSource, call: NodeIndex): Waiting | undefined {
  if (kindOf(source.tree, parentOf(source.tree, call)) === Kind.await) return inCoroutine(source, call, 'awaited');
  const taker = takerOf(source, call);
  const scheduling = taker < 0 ? 'none' : schedulingOf(source, taker);
  if (scheduling !== 'none') return scheduling === 'certain' ? inCoroutine(source, call, 'scheduled') : undefined;
  const runner = runnerOf(source, taker, call);
  if (runner) return runner === 'unsure' ? undefined : inCoroutine(source, call, runner);
  return mayAwait(source, call) ? 'await' : undefined;
}

const SCHEDULERS: ReadonlySet<string> = new Set([
  'as_completed',
  'create_task',
  'ensure_future',
  'gather',
  'run_coroutine_threadsafe',
  'shield',
  'wait_for',
]);
/** Objects that have a `create_task` of their own: event loops and task groups. */
const LOOPS = /(?:^|[._])(?:loop|tg|group|taskgroup)$|\bget_(?:running|event)_loop\(\)$/i;

/** Whether a call takes coroutines; `unsure` where it is called as if it did. */
function schedulingOf(source: PythonSource, taker: NodeIndex): 'certain' | 'unsure' | 'none' {
  const { name, object, start } = calleeOf(source, taker);
  // `asyncio.wait` takes tasks alone.
  if (name === 'wait') return 'unsure';
  if (!SCHEDULERS.has(name)) return 'none';
  const wanted = object === undefined ? { module: 'asyncio', name } : { module: 'asyncio' };
  const known = ensureImport(source, wanted, start);
  const isOfAsyncio = known?.edits.length === 0 && known.localName === (object ?? name);
  return isOfAsyncio || (name === 'create_task' && LOOPS.test(object ?? '')) ? 'certain' : 'unsure';
}

/** How a call runs functions in threads, where an argument stands for the function; `unsure` with more behind it. */
function runnerOf(
  source: PythonSource,
  taker: NodeIndex,
  argument: NodeIndex,
): 'threaded' | 'executed' | 'unsure' | undefined {
  const { tree } = source;
  const list = taker < 0 ? -1 : childByField(tree, taker, Field.arguments);
  if (list < 0 || parentOf(tree, argument) !== list) return undefined;
  const { name, object = '' } = calleeOf(source, taker);
  const kind = name === 'run_sync' && !/\bto_thread$/.test(object) ? undefined : RUNNERS.get(name);
  const given = childrenOf(tree, list).filter(child => kindOf(tree, child) !== Kind.comment);
  const position = name === 'run_in_executor' ? 1 : 0;
  if (!kind || given[position] !== argument) return undefined;
  return given.length === position + 1 ? kind : 'unsure';
}

const RUNNERS: ReadonlyMap<string, 'threaded' | 'executed'> = new Map([
  ['run_in_executor', 'executed'],
  ['run_in_threadpool', 'threaded'],
  ['run_sync', 'executed'],
  ['to_thread', 'threaded'],
]);

/** The call that takes another one as an argument, alone or in a list or comprehension; -1 when there is none. */
function takerOf({ tree }: PythonSource, call: NodeIndex): NodeIndex {
  let node = call;
  for (let parent = parentOf(tree, node); parent >= 0; node = parent, parent = parentOf(tree, node)) {
    switch (kindOf(tree, parent)) {
      case Kind.list:
      case Kind.tuple:
      case Kind.set:
      case Kind.list_splat:
        break;
      case Kind.list_comprehension:
      case Kind.set_comprehension:
      case Kind.generator_expression:
        if (tree.fields[node] !== Field.body) return -1;
        break;
      case Kind.argument_list:
        return parentOf(tree, parent);
      case Kind.call:
        // A bare generator is the whole list of arguments.
        return tree.fields[node] === Field.arguments ? parent : -1;
      default:
        return -1;
    }
  }
  return -1;
}

function calleeOf({ tree, text }: PythonSource, call: NodeIndex): { name: string; object?: string; start: number } {
  const callee = childByField(tree, call, Field.function);
  const start = tree.starts[callee] ?? 0;
  if (kindOf(tree, callee) !== Kind.attribute) return { name: textOf(tree, text, callee), start };
  const object = textOf(tree, text, childByField(tree, callee, Field.object));
  return { name: textOf(tree, text, childByField(tree, callee, Field.attribute)), object, start };
}

function inCoroutine(source: PythonSource, node: NodeIndex, waiting: Waiting): Waiting | undefined {
  return isInCoroutine(source, node) ? waiting : undefined;
}

function isInCoroutine({ tree }: PythonSource, node: NodeIndex): boolean {
  for (let outer = parentOf(tree, node); outer > 0; outer = parentOf(tree, outer)) {
    const kind = kindOf(tree, outer);
    if (kind === Kind.function_definition) return kindOf(tree, firstChild(tree, outer)) === Kind.async;
    if (kind === Kind.lambda || kind === Kind.class_definition) return false;
  }
  return false;
}

const NO_AWAIT_IN: ReadonlySet<number> = new Set([
  Kind.lambda,
  Kind.class_definition,
  Kind.decorator,
  Kind.parameters,
  Kind.type,
]);

const COMPREHENSIONS: ReadonlySet<number> = new Set([
  Kind.list_comprehension,
  Kind.set_comprehension,
  Kind.dictionary_comprehension,
  Kind.generator_expression,
]);

/** Whether the nearest function is a coroutine, with nothing in between that could not wait or holds a lock. */
function mayAwait(source: PythonSource, call: NodeIndex): boolean {
  const { tree } = source;
  for (let child = call, node = parentOf(tree, call); node > 0; child = node, node = parentOf(tree, node)) {
    const kind = kindOf(tree, node);
    if (kind === Kind.function_definition) return kindOf(tree, firstChild(tree, node)) === Kind.async;
    if (NO_AWAIT_IN.has(kind)) return false;
    if (COMPREHENSIONS.has(kind) && !isInFirstIterable(source, node, child, call)) return false;
    if (kind === Kind.with_statement && mayHoldLock(source, node)) return false;
  }
  return false;
}

/** What the first `for` of a comprehension goes over is evaluated once, by the function around it. */
function isInFirstIterable(
  { tree }: PythonSource,
  comprehension: NodeIndex,
  clause: NodeIndex,
  call: NodeIndex,
): boolean {
  const first = childrenOf(tree, comprehension).find(child => kindOf(tree, child) === Kind.for_in_clause);
  const iterable = clause === first ? childByField(tree, clause, Field.right) : -1;
  return iterable >= 0 && (tree.starts[iterable] ?? 0) <= (tree.starts[call] ?? 0);
}

/** A thread's lock that is held over an `await` stops every other coroutine that wants it, and with them the loop. */
function mayHoldLock(source: PythonSource, statement: NodeIndex): boolean {
  const { tree, text } = source;
  const [first = -1, ...others] = childrenOf(tree, statement);
  if (kindOf(tree, first) === Kind.async) return false;
  const clause = [first, ...others].find(child => kindOf(tree, child) === Kind.with_clause) ?? -1;
  return childrenOf(tree, clause).some(item => {
    const value = firstChild(tree, item);
    const expression = kindOf(tree, value) === Kind.as_pattern ? firstChild(tree, value) : value;
    return kindOf(tree, expression) !== Kind.call || /lock|mutex|sem/i.test(textOf(tree, text, expression));
  });
}
