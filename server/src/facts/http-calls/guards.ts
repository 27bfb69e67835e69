import type { CallFact, CallRef, Symbol } from '../../core/python-facts.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  decoratorsOf,
  firstChild,
  kindOf,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import type { PythonHttpEntry } from '../../knowledge/http-python.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';

/** What limits outbound calls from outside of their arguments. */
export interface TimeoutGuards {
  /** Whether something else than its own arguments decides on the timeout of a call or client. */
  covers(call: CallFact, entry: PythonHttpEntry): boolean;
  /** Whether an object was changed after it was made: attributes, adapters, or a function that got hold of it. */
  isConfigured(origin: number, entry: PythonHttpEntry): boolean;
  /** The same for an object that another file made. */
  isConfiguredElsewhere(maker: CallRef, entry: PythonHttpEntry): boolean;
}

/** Finds all guards of a file in one pass. */
export function findGuards(file: PythonFile): TimeoutGuards {
  const { calls } = file.facts;
  const { clients } = file;
  const nodes = new Map([...file.numbers.calls].map(([node, index]) => [index, node]));
  const hasSocketDefault = calls.some(
    ({ callee, arguments: given }) => callee?.symbol === 'socket.setdefaulttimeout' && given[0]?.kind !== 'none',
  );
  // Its handler may raise, whatever the program is waiting for.
  const hasAlarm = calls.some(({ callee }) => callee !== undefined && setsAlarm(callee.symbol));
  const { assigned, patched } = findAssignments(file);
  const adapted = findAdapted(calls);
  const deadlines = findDeadlines(calls);

  return {
    covers(call, entry) {
      if (hasAlarm || (hasSocketDefault && entry.socketDefault === true)) return true;
      if (patched.has(topOf(call.callee?.symbol ?? ''))) return true;
      return isUnderDeadline(file, nodes.get(call.index) ?? -1, deadlines);
    },
    isConfigured(origin, { owner, settings = [] }) {
      if (owner !== undefined && adapted.has(origin)) return true;
      return settings.some(name => assigned.has(`${origin}.${name}`));
    },
    isConfiguredElsewhere(maker, { owner, callees, settings = [] }) {
      // Whoever looks at a file alone knows nothing of other files' objects.
      if (!clients) return owner !== undefined;
      const changes = clients.changesOf(maker);
      if (callees.some(callee => clients.patched.has(topOf(callee)))) return true;
      return (owner !== undefined && changes.has('*')) || settings.some(name => changes.has(name));
    },
  };
}

/** Whether calling a symbol sets an alarm for the process. */
export function setsAlarm(symbol: Symbol): boolean {
  return ALARMS.has(symbol);
}

const ALARMS: ReadonlySet<string> = new Set(['signal.alarm', 'signal.setitimer']);

function topOf(symbol: string): string {
  return symbol.split('.', 1)[0] ?? symbol;
}

interface Assignments {
  /** `12.timeout`: the attribute of the object that call 12 made. */
  readonly assigned: ReadonlySet<string>;
  /** Libraries of which a function or class was changed. */
  readonly patched: ReadonlySet<string>;
}

function findAssignments({ source, resolver, knowledge }: PythonFile): Assignments {
  const { tree, text } = source;
  const assigned = new Set<string>();
  const patched = new Set<string>();
  for (let node = 0; node < tree.size; node++) {
    if (kindOf(tree, node) !== Kind.attribute || tree.fields[node] !== Field.left) continue;
    if (kindOf(tree, parentOf(tree, node)) !== Kind.assignment) continue;
    const object = resolver.valueOf(childByField(tree, node, Field.object));
    if (!object) continue;
    const name = textOf(tree, text, childByField(tree, node, Field.attribute));
    if (object.origin !== undefined) assigned.add(`${object.origin}.${name}`);
    else if (
      !isOtherSetting(name) &&
      !object.symbol.includes('()') &&
      knowledge.httpModules.has(topOf(object.symbol))
    ) {
      patched.add(topOf(object.symbol));
    }
  }
  return { assigned, patched };
}

/** `requests.adapters.DEFAULT_RETRIES`: a constant of a library that limits no wait. */
function isOtherSetting(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name) && !name.includes('TIMEOUT');
}

/** Sessions that got an adapter of another class than the library's own, or that a function got hold of. */
function findAdapted(calls: readonly CallFact[]): ReadonlySet<number> {
  const adapted = new Set<number>();
  for (const { callee, arguments: given } of calls) {
    const origin = callee?.origin;
    if (origin !== undefined && canonicalName(callee?.symbol ?? '') === 'requests.Session.mount') {
      const adapter = given.find(({ name }) => name === 'adapter') ?? given[1];
      if (adapter?.value?.symbol !== 'requests.adapters.HTTPAdapter()') adapted.add(origin);
    }
    if (HARMLESS.test(callee?.symbol ?? '')) continue;
    for (const { value } of given) {
      if (value?.origin !== undefined) adapted.add(value.origin);
    }
  }
  return adapted;
}

/** Functions that cannot give a session a timeout. */
const HARMLESS = /^(builtins|logging|contextlib)\./;

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

/** Names of the file's functions whose calls are given to `asyncio.wait_for`. */
function findDeadlines(calls: readonly CallFact[]): ReadonlySet<string> {
  const waits = calls.filter(({ callee }) => callee?.symbol === 'asyncio.wait_for');
  const bounded = calls.filter(call =>
    waits.some(wait => wait.argumentsRange.start < call.range.start && call.range.end < wait.argumentsRange.end),
  );
  return new Set(bounded.flatMap(({ callee }) => (callee?.symbol.startsWith(':') === true ? [callee.symbol] : [])));
}

/** Says of the call nodes of a file whether something around them ends them in time. */
export function createDeadlines(file: PythonFile): (call: NodeIndex) => boolean {
  const bounded = findDeadlines(file.facts.calls);
  return call => isUnderDeadline(file, call, bounded);
}

function isUnderDeadline(file: PythonFile, call: NodeIndex, bounded: ReadonlySet<string>): boolean {
  const { source, resolver, table } = file;
  const { tree } = source;
  for (let node = parentOf(tree, call); node >= 0; node = parentOf(tree, node)) {
    switch (kindOf(tree, node)) {
      case Kind.call:
        if (resolver.valueOf(childByField(tree, node, Field.function))?.symbol === 'asyncio.wait_for') return true;
        break;
      case Kind.with_statement:
        if (hasDeadline(file, node)) return true;
        break;
      case Kind.function_definition: {
        const scope = table.scopes.find(other => other.node === node);
        return (scope !== undefined && bounded.has(`:${scope.qualifiedName}`)) || hasTimeoutDecorator(file, node);
      }
    }
  }
  return false;
}

/** `@timeout(5)`, `@timeout_decorator.timeout(5)`, `@func_set_timeout(5)` */
function hasTimeoutDecorator({ source: { tree, text } }: PythonFile, definition: NodeIndex): boolean {
  return decoratorsOf(tree, definition).some(decorator => {
    const [name = ''] = textOf(tree, text, decorator).split('(', 1);
    return /(time_?out|deadline|time_?limit)\w*\s*$/i.test(name);
  });
}

function hasDeadline({ source, resolver }: PythonFile, statement: NodeIndex): boolean {
  const { tree } = source;
  const clause = firstChild(tree, statement);
  const end = tree.nexts[clause] ?? 0;
  const first = kindOf(tree, clause) === Kind.async ? end : clause;
  for (let node = first; node < (tree.nexts[first] ?? 0); node++) {
    if (kindOf(tree, node) !== Kind.call) continue;
    if (DEADLINES.has(resolver.valueOf(node)?.symbol ?? '')) return true;
  }
  return false;
}
