import type { AsyncLibrary, BlockingCallFact } from '../../core/facts/blocking-call.ts';
import type { CallFact, PythonFacts } from '../../core/python-facts.ts';
import { containsRange } from '../../core/text.ts';
import type { BlockingCallable } from '../../knowledge/blocking.ts';
import { NO_NODE } from '../../syntax/python/tree.ts';
import { isDeferred } from '../effects/iteration.ts';
import { knownName } from '../python/known-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { awaitableCalls, type Standing } from './awaitable.ts';
import { isInMemory, nonBlockingSockets, waitsWithArguments } from './conditions.ts';
import { isDead } from './dead-code.ts';
import { startUpFunctions } from './start-up.ts';

/** Calls of one file that hold their thread, in source order; of calls chained on each other the first one only. */
export function findBlockingCalls(file: PythonFile): readonly BlockingCallFact[] {
  const python = file.facts;
  const candidates = identifyCalls(file);
  if (candidates.length === 0) return [];
  const scheduled = scheduledCalls(python);
  const isStartUp = startUpFunctions(python);
  const asyncLibrary = asyncLibraryOf(python);
  const standingOf = awaitableCalls(file, asyncLibrary);
  const isQuickSocket = nonBlockingSockets(python);
  const found: BlockingCallFact[] = [];
  for (const { call, callee, known } of candidates) {
    const isAwaited = call.awaited || scheduled.has(call.index);
    if (
      (isAwaited && (file.knowledge.isOwn?.(callee) || !isPlainFunction(call, callee))) ||
      !waitsWithArguments(call, known.condition)
    )
      continue;
    if (isInMemory(python, call, known.kind) || isQuickSocket(call, callee)) continue;
    const node = file.numbers.calls.nodes[call.index] ?? NO_NODE;
    if ((call.inComprehension && isDeferred(file.source, node)) || isDead(file.source, node)) continue;
    if (hasAnsweredAlready(python, call, callee) || isReadOfOpenedHere(python, call, callee)) continue;
    const context = contextOf(python, call);
    found.push({
      call,
      range: call.range,
      calleeRange: call.calleeRange,
      callee,
      kind: known.kind,
      asyncCounterpart: known.asyncCounterpart,
      context,
      threads: known.threads,
      lazy: known.lazy,
      ownReceiver: originOf(python, call)?.function === call.function,
      atStartUp: isStartUp.has(call.function),
      asyncLibrary,
      ...(context === 'async' ? standingOf(call, known.kind) : NOWHERE),
    });
  }
  return firstOfChains(found);
}

const NOWHERE: Standing = { awaitable: false, calledEarly: false };

/**
 * Whether a function of a library's module is called by its name. Who awaits what it gives back has made a mistake; who
 * awaits what a method gives has an object of another class than it seems.
 */
function isPlainFunction({ callee }: CallFact, name: string): boolean {
  const symbol = callee?.symbol ?? '';
  return !name.startsWith('builtins.') && /^[a-zA-Z_]/.test(symbol) && !symbol.includes('()');
}

/** Calls that the knowledge lists; calls of one file repeat the same symbols. */
function identifyCalls(file: PythonFile): readonly (Blocking & { readonly call: CallFact })[] {
  const seen = new Map<string, Blocking | undefined>();
  const found: (Blocking & { readonly call: CallFact })[] = [];
  for (const call of file.facts.calls) {
    const symbol = call.callee?.symbol;
    if (symbol === undefined) continue;
    if (!seen.has(symbol)) seen.set(symbol, identify(symbol, file));
    const blocking = seen.get(symbol);
    if (blocking) found.push({ call, callee: blocking.callee, known: blocking.known });
  }
  return found;
}

interface Blocking {
  /** Canonical name. */
  readonly callee: string;
  readonly known: BlockingCallable;
}

function identify(symbol: string, file: PythonFile): Blocking | undefined {
  // What `async with` binds is never the synchronous thing.
  const callee = symbol.includes('.__aenter__()') ? undefined : knownName(symbol, file);
  const known = callee === undefined ? undefined : file.knowledge.blockingCallable(callee);
  return callee === undefined || !known ? undefined : { callee, known };
}

function contextOf(python: PythonFacts, call: CallFact): BlockingCallFact['context'] {
  const owner = call.atDefinition ? undefined : python.functions[call.function];
  if (!owner) return 'module';
  return owner.isAsync ? 'async' : 'sync';
}

function originOf(python: PythonFacts, call: CallFact): CallFact | undefined {
  const origin = call.callee?.origin;
  return origin === undefined ? undefined : python.calls[origin];
}

/** What takes coroutines or futures: a call handed to it can't be the synchronous one. */
const SCHEDULERS: ReadonlySet<string> = new Set(
  ['gather', 'create_task', 'ensure_future', 'wait_for', 'shield', 'wait', 'run', 'as_completed', 'wrap_future'].map(
    name => `asyncio.${name}`,
  ),
);

function scheduledCalls(python: PythonFacts): ReadonlySet<number> {
  const schedulers = python.calls.filter(({ callee }) => callee !== undefined && SCHEDULERS.has(callee.symbol));
  if (schedulers.length === 0) return new Set();
  const scheduled = python.calls.filter(call =>
    schedulers.some(scheduler =>
      scheduler.arguments.some(
        ({ valueRange }) =>
          containsRange(valueRange, call.range) && (call.inComprehension || valueRange.start === call.range.start),
      ),
    ),
  );
  return new Set(scheduled.map(({ index }) => index));
}

/**
 * `if future.done(): future.result()` and a future that was awaited before have their result at once; a thread that sets
 * a future of the loop may have been awaited through that.
 */
function hasAnsweredAlready(python: PythonFacts, call: CallFact, callee: string): boolean {
  if (callee === 'threading.Thread.join') {
    return python.calls.some(other => other.function === call.function && /\.create_future$/.test(other.calleeText));
  }
  if (!callee.startsWith('concurrent.futures.Future.')) return false;
  const receiver = call.calleeText.slice(0, call.calleeText.lastIndexOf('.'));
  return python.calls.some(
    other =>
      other.function === call.function &&
      (other.calleeText === `${receiver}.done` || other.callee?.symbol === 'asyncio.wrap_future'),
  );
}

/** Opening a file is reported where it happens; reading it there is the same defect. */
function isReadOfOpenedHere(python: PythonFacts, call: CallFact, callee: string): boolean {
  return callee.startsWith('builtins.open.') && originOf(python, call)?.function === call.function;
}

/** `sqlite3.connect(path).execute(query)` is one place. */
function firstOfChains(found: readonly BlockingCallFact[]): BlockingCallFact[] {
  const shortest = new Map<number, number>();
  for (const { range } of found) shortest.set(range.start, Math.min(range.end, shortest.get(range.start) ?? Infinity));
  return found.filter(({ range }) => shortest.get(range.start) === range.end);
}

/** asyncio wherever the file has it; else anyio or trio where the file has that. */
export function asyncLibraryOf(python: PythonFacts): AsyncLibrary {
  const modules = new Set(python.imports.map(({ module }) => module.split('.', 1)[0]));
  return (['asyncio', 'anyio', 'trio'] as const).find(library => modules.has(library)) ?? 'asyncio';
}
