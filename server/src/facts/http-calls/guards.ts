import type { CallFact, CallRef, Symbol } from '../../core/python-facts.ts';
import { Field } from '../../syntax/python/kinds.ts';
import { childByField, textOf } from '../../syntax/python/tree.ts';
import type { PythonHttpEntry } from '../../knowledge/http-python.ts';
import { assignedAttributes } from '../python/assigned-attributes.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { topOf } from '../workspace/outline/standard-library.ts';
import { createDeadlines } from './deadlines.ts';

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
  const hasSocketDefault = calls.some(
    ({ callee, arguments: given }) => callee?.symbol === 'socket.setdefaulttimeout' && given[0]?.kind !== 'none',
  );
  // Its handler may raise, whatever the program is waiting for.
  const hasAlarm = calls.some(({ callee }) => callee !== undefined && setsAlarm(callee.symbol));
  const { assigned, patched } = findAssignments(file);
  const adapted = findAdapted(calls);
  const isUnderDeadline = createDeadlines(file);

  return {
    covers(call, entry) {
      if (hasAlarm || (hasSocketDefault && entry.socketDefault === true)) return true;
      if (patched.has(topOf(call.callee?.symbol ?? ''))) return true;
      return isUnderDeadline(file.numbers.calls.nodes[call.index] ?? -1);
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

interface Assignments {
  /** `12.timeout`: the attribute of the object that call 12 made. */
  readonly assigned: ReadonlySet<string>;
  /** Libraries of which a function or class was changed. */
  readonly patched: ReadonlySet<string>;
}

function findAssignments(file: PythonFile): Assignments {
  const { resolver, knowledge } = file;
  const { tree, text } = file.source;
  const assigned = new Set<string>();
  const patched = new Set<string>();
  for (const target of assignedAttributes(file)) {
    const object = resolver.valueOf(childByField(tree, target, Field.object));
    if (!object) continue;
    const name = textOf(tree, text, childByField(tree, target, Field.attribute));
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
