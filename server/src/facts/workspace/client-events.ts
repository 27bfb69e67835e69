import type { CallRef } from '../../core/python-facts.ts';
import type { OutlineCall, PythonOutline } from '../../core/python-outline.ts';
import type { PythonHttpEntry } from '../../knowledge/http-python.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { ForeignUse } from '../python/linked-clients.ts';
import type { ExternalEntity } from './entity.ts';
import type { Evaluator } from './evaluate.ts';
import { topOf } from './outline/standard-library.ts';

/** What one file does with HTTP clients, with the calls that made them; plain data. */
export interface ClientEvents {
  readonly uses: readonly { readonly maker: CallRef; readonly use: ForeignUse }[];
  /** Calls through sessions, which are given their timeout one by one. */
  readonly sessions: readonly CallRef[];
  /** Attributes set, or `*`; see {@link LinkedClients.changesOf}. */
  readonly changes: readonly { readonly maker: CallRef; readonly name: string }[];
  /** Libraries that the file changes. */
  readonly patched: readonly string[];
}

/** A call of something that belongs to a library. */
export interface NamedCall {
  /** Position in the outline's calls. */
  readonly position: number;
  readonly target: ExternalEntity;
  /** Its file could name it by itself. */
  readonly isOwn: boolean;
}

const NOTHING: ClientEvents = { uses: [], sessions: [], changes: [], patched: [] };

type HttpKnowledge = Pick<Knowledge, 'httpEntry' | 'httpModules'>;

/** Finds what a file does with clients. */
export function findClientEvents(
  evaluator: Evaluator,
  outline: PythonOutline,
  named: readonly NamedCall[],
  knowledge: HttpKnowledge,
): ClientEvents {
  // A test does to clients what it likes.
  if (outline.kind === 'test') return NOTHING;
  const uses: { maker: CallRef; use: ForeignUse }[] = [];
  const sessions: CallRef[] = [];
  const changes: { maker: CallRef; name: string }[] = [];
  const patched = new Set<string>();
  for (const { position, target, isOwn } of named) {
    const { symbol, origin, inheritedBy, partial } = target;
    const name = origin && isOfClients(symbol, knowledge) ? canonicalName(symbol) : undefined;
    if (!origin || name === undefined || inheritedBy || partial) continue;
    const call = outline.calls[position];
    if (!call) continue;
    if (name === 'requests.Session.mount' && !givesPlainAdapter(call)) changes.push({ maker: origin, name: '*' });
    if (isOwn) continue;
    const use = useOf(outline.path, call, name, knowledge);
    if (use) uses.push({ maker: origin, use });
    if (knowledge.httpEntry(name)?.owner !== undefined) sessions.push(origin);
  }
  for (const { object, name } of outline.assigned) {
    const entity = evaluator.value(outline.path, object);
    if (entity?.kind !== 'external' || !isOfClients(entity.symbol, knowledge)) continue;
    if (entity.origin) changes.push({ maker: entity.origin, name });
    else if (!entity.symbol.includes('()')) patched.add(topOf(entity.symbol));
  }
  for (const value of outline.handed) {
    const entity = evaluator.value(outline.path, value);
    if (entity?.kind !== 'external' || !entity.origin || !isClient(entity.symbol, knowledge)) continue;
    changes.push({ maker: entity.origin, name: '*' });
  }
  return { uses, sessions, changes, patched: [...patched].sort() };
}

function isOfClients(symbol: string, { httpModules }: HttpKnowledge): boolean {
  return httpModules.has(topOf(symbol));
}

/** Whether a symbol is a client itself, and not what one of its calls has given back. */
function isClient(symbol: string, knowledge: HttpKnowledge): boolean {
  const name = isOfClients(symbol, knowledge) ? canonicalName(symbol.replace(/\(\)$/, '')) : undefined;
  return name !== undefined && (name === 'requests.Session' || knowledge.httpEntry(name)?.form === 'client');
}

function givesPlainAdapter({ arguments: given }: OutlineCall): boolean {
  const adapter = given.find(({ name }) => name === 'adapter') ?? given[1];
  return adapter?.value?.symbol === 'requests.adapters.HTTPAdapter()';
}

function useOf(path: string, call: OutlineCall, name: string, { httpEntry }: HttpKnowledge): ForeignUse | undefined {
  const dot = name.lastIndexOf('.');
  const method = name.slice(dot + 1);
  const entry = httpEntry(name.slice(0, dot));
  if (entry?.form !== 'client') return undefined;
  const isKnown = entry.uses?.includes(method) === true || entry.waits?.includes(method) === true;
  if (!isKnown && method !== 'settimeout') return undefined;
  return { path, calleeRange: call.calleeRange, method, timeout: timeoutOf(call, entry) };
}

/** How a call through a client is given a timeout of its own: mostly by the keyword alone. */
function timeoutOf({ arguments: given, bounded }: OutlineCall, entry: PythonHttpEntry): ForeignUse['timeout'] {
  if (bounded) return 'unknown';
  const timeout = given.find(({ name }) => name === 'timeout');
  if (!timeout) return mayHoldTimeout(given, entry) ? 'unknown' : 'absent';
  const isZero = entry.zeroDisables === true && /^0(\.0*)?$/.test(timeout.literal ?? '');
  return timeout.kind === 'none' || isZero ? 'disabled' : 'present';
}

function mayHoldTimeout(given: OutlineCall['arguments'], { usePositionals = Infinity }: PythonHttpEntry): boolean {
  if (given.some(({ kind }) => kind === 'doubleStar')) return true;
  return given.filter(({ name }) => name === undefined).length > usePositionals;
}
