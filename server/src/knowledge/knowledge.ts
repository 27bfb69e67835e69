import type { OwnHttp, OwnKnowledge, OwnResource } from '../core/own-knowledge.ts';
import { blockingCallable, ownBlockingCallables, type FindBlockingCallable } from './blocking.ts';
import { PYTHON_HTTP_MODULES, pythonHttpEntry, type PythonHttpEntry } from './http-python.ts';
import { extendRaises, raiseKnowledge } from './raises.ts';
import { OPENER_NAMES, resourceKind, type ResourceKind } from './resources.ts';

/** What is known of callables of libraries: the shipped files, and what the user has added. All names are canonical. */
export interface Knowledge {
  readonly blockingCallable: FindBlockingCallable;
  readonly httpEntry: (callee: string) => PythonHttpEntry | undefined;
  /** Top-level modules: a file that imports none of them makes no outbound call. */
  readonly httpModules: ReadonlySet<string>;
  readonly resourceKind: (opener: string) => ResourceKind | undefined;
  /** Last names of all openers. */
  readonly openerNames: ReadonlySet<string>;
  /** Exceptions by callable. */
  readonly raises: ReadonlyMap<string, readonly string[]>;
  /** Whether the user has added something of that name; undefined where nothing was added at all. */
  readonly isOwn: ((name: string) => boolean) | undefined;
}

/** What ships with Readiness. */
export const shippedKnowledge: Knowledge = {
  blockingCallable,
  httpEntry: pythonHttpEntry,
  httpModules: PYTHON_HTTP_MODULES,
  resourceKind,
  openerNames: OPENER_NAMES,
  get raises() {
    return raiseKnowledge.raises;
  },
  isOwn: undefined,
};

/** The shipped knowledge with the user's on top, which wins where both speak of a name. */
export function extendKnowledge(own: OwnKnowledge): Knowledge {
  const { blocking, raises, http, resources } = own;
  const isEmpty = [blocking, Object.keys(raises), Object.keys(http), resources].every(({ length }) => length === 0);
  if (isEmpty) return shippedKnowledge;
  const ownBlocking = ownBlockingCallables(blocking);
  const calls = new Map(Object.entries(http).map(([callee, entry]) => [callee, toHttpEntry(callee, entry)] as const));
  const kinds = new Map(resources.flatMap(one => one.openers.map(opener => [opener, toResourceKind(one)] as const)));
  return {
    blockingCallable: name => ownBlocking(name) ?? blockingCallable(name),
    httpEntry: callee => calls.get(callee) ?? pythonHttpEntry(callee),
    httpModules: new Set([...PYTHON_HTTP_MODULES, ...[...calls.keys()].map(topOf)]),
    resourceKind: opener => kinds.get(opener) ?? resourceKind(opener),
    openerNames: new Set([...OPENER_NAMES, ...[...kinds.keys()].map(lastOf)]),
    raises: extendRaises(raiseKnowledge.raises, raises),
    isOwn: name => ownBlocking(name) !== undefined || calls.has(name) || kinds.has(name) || Object.hasOwn(raises, name),
  };
}

function toHttpEntry(callee: string, own: OwnHttp): PythonHttpEntry {
  const { timeoutArgument, takes, form, position, defaultSeconds } = own;
  return {
    callees: [callee],
    form,
    argument: timeoutArgument,
    takes,
    // Most clients keep what they were made with under the same name.
    ...(form === 'client' && { settings: [timeoutArgument] }),
    ...(position !== undefined && { position }),
    ...(defaultSeconds !== undefined && { defaultSeconds, default: inWords(defaultSeconds) }),
  };
}

function inWords(seconds: number): string {
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}

function toResourceKind({ openers, what, close, context }: OwnResource): ResourceKind {
  return { openers, what, name: what.replace(/\W+/g, '_').toLowerCase(), close, context };
}

function topOf(name: string): string {
  return name.split('.', 1)[0] ?? name;
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
