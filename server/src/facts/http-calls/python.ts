import type { HttpCallFact } from '../../core/facts/http-call.ts';
import type { CallFact } from '../../core/python-facts.ts';
import type { RelatedPlace } from '../../core/finding.ts';
import { pythonHttpEntry, type PythonHttpEntry } from '../../knowledge/http-python.ts';
import { ensureImport } from '../../syntax/python/edit/ensure-import.ts';
import { knownName } from '../python/known-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { topOf } from '../workspace/outline/standard-library.ts';
import { givenTimeout } from './given-timeout.ts';
import { handedCall } from './handed-over.ts';
import { findGrpcCalls, importsStubs } from './grpc.ts';
import { findGuards, type TimeoutGuards } from './guards.ts';

/** Outbound calls of a Python file, and clients that carry the timeout of theirs, in source order. */
export function findPythonHttpCalls(file: PythonFile): readonly HttpCallFact[] {
  const { calls } = file.facts;
  const { httpEntry, isOwn } = file.knowledge;
  if (!isOwn && !file.clients && !importsStubs(file.facts) && !usesLibrary(file)) return [];

  const guards = findGuards(file);
  const found = calls.flatMap((call): HttpCallFact[] => {
    const callee = call.callee && knownName(call.callee.symbol, file);
    const entry = callee === undefined ? undefined : httpEntry(callee);
    if (callee !== undefined && entry) {
      return isLocalAddress(call, callee) ? [] : [factOf(call, callee, entry, file, guards)];
    }
    const unlimited = callee === undefined ? undefined : unlimitedUse(call, callee, file, guards);
    const other = unlimited ?? handedFact(call, file, guards);
    return other ? [other] : [];
  });
  return [...found, ...findGrpcCalls(file, guards)].sort((a, b) => a.range.start - b.range.start);
}

/** Whether the file imports a library of clients, or calls one that another file has imported for it. */
function usesLibrary({ facts: { imports, calls }, knowledge: { httpModules } }: PythonFile): boolean {
  const isOfLibrary = (name: string): boolean => httpModules.has(topOf(name));
  return (
    imports.some(({ module }) => isOfLibrary(module)) ||
    calls.some(({ callee }) => callee !== undefined && isOfLibrary(callee.symbol))
  );
}

/** An outbound call that a thread makes. A client that is made there is handed back, and nobody sees what for. */
function handedFact(asked: CallFact, file: PythonFile, guards: TimeoutGuards): HttpCallFact | undefined {
  const handed = handedCall(asked);
  const callee = handed?.call.callee && knownName(handed.call.callee.symbol, file);
  const entry = callee === undefined ? undefined : file.knowledge.httpEntry(callee);
  if (!handed || callee === undefined || entry?.form !== 'call' || isLocalAddress(handed.call, callee))
    return undefined;
  const { takes, ...fact } = factOf(handed.call, callee, entry, file, guards);
  return takes !== undefined && (handed.takesKeywords || fact.argumentRange) ? { ...fact, takes } : fact;
}

function factOf(
  call: CallFact,
  callee: string,
  entry: PythonHttpEntry,
  file: PythonFile,
  guards: TimeoutGuards,
): HttpCallFact {
  const given = givenTimeout(call, entry, file.facts);
  const isOpen = given.state === 'absent' || given.state === 'disabled';
  const mayBeSet = entry.form === 'client' || entry.waits !== undefined;
  const uses = isOpen && mayBeSet ? openUses(call, entry, file, guards) : NO_USES;
  const isGuarded = isOpen && (guards.covers(call, entry) || isConfigured(call, entry, file, guards));
  const state = isGuarded ? 'unknown' : isOpen ? (uses.verdict ?? given.state) : given.state;
  const isWritable = (given.state === 'absent' || given.disabledBy !== undefined) && canName(entry, call, file);
  return {
    language: 'python',
    range: call.range,
    calleeRange: call.calleeRange,
    callee,
    form: entry.form,
    timeout: state,
    timeoutArgument: entry.argument,
    libraryDefault: entry.default,
    ...(entry.defaultSeconds === undefined ? {} : { defaultSeconds: entry.defaultSeconds }),
    uses: uses.places,
    argumentRange: given.disabledBy,
    ...(isWritable ? { takes: entry.takes } : {}),
    ...(given.config ? { configRange: given.config } : {}),
    ...(given.openAddress === true ? { openAddress: true } : {}),
  };
}

/** Whether the class that the timeout is written with can be imported here: not where the library itself may be missing. */
function canName({ takes }: PythonHttpEntry, { range }: CallFact, { source, facts }: PythonFile): boolean {
  if (takes !== 'botocoreConfig') return true;
  const isInstalled = facts.imports.some(
    ({ module, conditional }) => !conditional && /^boto(3|core)(\.|$)/.test(module),
  );
  const wanted = [{ module: 'botocore.config', name: 'Config' }, { module: 'botocore.config' }];
  return isInstalled && wanted.some(one => ensureImport(source, one, range.start) !== undefined);
}

/** A method of an object of unknown make may have its timeout from there. */
function isConfigured(
  { index, callee }: CallFact,
  entry: PythonHttpEntry,
  { source, clients }: PythonFile,
  guards: TimeoutGuards,
): boolean {
  if (entry.owner === undefined) {
    const maker = { path: source.path, call: index };
    const isClient = entry.form === 'client';
    return isClient && (guards.isConfigured(index, entry) || guards.isConfiguredElsewhere(maker, entry));
  }
  if (callee?.maker) return guards.isConfiguredElsewhere(callee.maker, entry);
  const origin = callee?.origin;
  if (origin === undefined || guards.isConfigured(origin, entry)) return true;
  return clients !== undefined && guards.isConfiguredElsewhere({ path: source.path, call: origin }, entry);
}

interface ClientUses {
  /** What the uses say of the client, where they say anything. */
  readonly verdict: 'present' | 'unknown' | undefined;
  readonly places: readonly RelatedPlace[];
}

const NO_USES: ClientUses = { verdict: undefined, places: [] };

/** Calls that go out through a client; a client whose every call has its own timeout needs none. */
function openUses(client: CallFact, entry: PythonHttpEntry, file: PythonFile, guards: TimeoutGuards): ClientUses {
  const own = file.facts.calls.filter(({ callee }) => callee?.origin === client.index);
  const named = own.map(call => ({ call, method: methodOf(call) }));
  const foreign = file.clients?.usesOf(client.index) ?? [];
  const waits = [...named, ...foreign].some(
    ({ method }) => method === 'settimeout' || entry.waits?.includes(method) === true,
  );
  if (waits) return { verdict: 'unknown', places: [] };
  const isOutgoing = ({ method }: { readonly method: string }): boolean => entry.uses?.includes(method) === true;
  const outgoing = named.filter(isOutgoing);
  const outgoingElsewhere = foreign.filter(isOutgoing);
  const open = outgoing.filter(({ call }) => {
    const { state } = givenTimeout(call, perCall(entry), file.facts);
    return (state === 'absent' || state === 'disabled') && !guards.covers(call, entry);
  });
  const openElsewhere = outgoingElsewhere.filter(({ timeout }) => timeout === 'absent' || timeout === 'disabled');
  const places = [
    ...open.map(({ call, method }) => ({ path: file.source.path, range: call.calleeRange, method })),
    ...openElsewhere.map(({ path, calleeRange, method }) => ({ path, range: calleeRange, method })),
  ].map(({ path, range, method }) => ({ path, range, message: `\`${method}\` is called here.` }));
  const isUsed = outgoing.length + outgoingElsewhere.length > 0;
  return { verdict: isUsed && places.length === 0 ? 'present' : undefined, places };
}

function methodOf({ callee }: CallFact): string {
  const symbol = callee?.symbol ?? '';
  return symbol.slice(symbol.lastIndexOf('.') + 1);
}

/** How a single call of a client is given a timeout: mostly by the keyword alone. */
function perCall({ takes, zeroDisables, usePositionals }: PythonHttpEntry): PythonHttpEntry {
  const zero = zeroDisables === undefined ? {} : { zeroDisables };
  const placed = usePositionals === undefined ? {} : { positionals: usePositionals };
  return { callees: [], form: 'call', argument: 'timeout', takes, ...zero, ...placed };
}

/** Clients whose calls take a timeout of their own, which `None` switches off. */
const OVERRIDABLE = /^(httpx\.(Async)?Client|aiohttp\.ClientSession|urllib3\.(Pool|Proxy)Manager)\.(\w+)$/;

/** A call that switches off the timeout of its client; a stream may stay open on purpose. */
function unlimitedUse(
  call: CallFact,
  callee: string,
  { facts }: PythonFile,
  guards: TimeoutGuards,
): HttpCallFact | undefined {
  const [, owner = '', , , method = ''] = OVERRIDABLE.exec(callee) ?? [];
  const entry = pythonHttpEntry(owner);
  if (entry?.uses?.includes(method) !== true || method === 'stream') return undefined;
  const given = givenTimeout(call, perCall(entry), facts);
  if (given.state !== 'disabled' || guards.covers(call, entry)) return undefined;
  const isStream = call.arguments.some(({ name, kind }) => name === 'stream' && kind !== 'false');
  if (isStream) return undefined;
  return {
    language: 'python',
    range: call.range,
    calleeRange: call.calleeRange,
    callee,
    form: 'call',
    timeout: 'disabled',
    timeoutArgument: 'timeout',
    libraryDefault: undefined,
    uses: [],
    argumentRange: given.disabledBy,
    ...(given.disabledBy ? { takes: entry.takes } : {}),
  };
}

/** `urlopen` reads files and inline data as well. */
function isLocalAddress({ arguments: given }: CallFact, callee: string): boolean {
  return callee.startsWith('urllib.request.') && /^[a-z]*["']+(file|data):/i.test(given[0]?.literal ?? '');
}
