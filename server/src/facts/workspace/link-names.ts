import type { Symbol } from '../../core/python-facts.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { ownNameOf } from '../python/known-name.ts';
import { calleeEntity } from './callee.ts';
import { findClientEvents, type ClientEvents, type NamedCall } from './client-events.ts';
import type { Entity } from './entity.ts';
import type { Evaluator } from './evaluate.ts';
import type { LinkedName } from './linked-names.ts';
import type { StoredFile } from './outline-store.ts';
import type { CallTable, PackedCallee } from './outline/packed-call.ts';
import { isStandardLibrary, topOf } from './outline/standard-library.ts';
import { isTelling } from './telling-symbols.ts';

/** What the names that a file calls turn out to be. */
export interface FileNames {
  /** Names that lead to a library, or to what the user has taught, through other files: by the file's own symbols. */
  readonly names: ReadonlyMap<Symbol, LinkedName>;
  /** Whether it calls anything of the library whose sessions have no timeout of their own. */
  readonly callsRequests: boolean;
  /** What the file does with HTTP clients. */
  readonly clients: ClientEvents;
}

/** Finds what other files say of the names that a file calls. */
export function linkNames(evaluator: Evaluator, file: StoredFile, knowledge: Knowledge): FileNames {
  const { path, outline } = file;
  const table = outline.unpackCallTable();
  const { entities, taught } = knowledge.isOwn
    ? taughtEntities(evaluator, path, table, knowledge)
    : { entities: table.callees.map(call => entityOf(evaluator, file, call)), taught: [] };
  const named: NamedCall[] = [];
  table.calleeOf.forEach((number, position) => {
    const target = entities[number];
    if (target?.kind !== 'external') return;
    named.push({ position, target, isOwn: target.symbol === table.callees[number]?.callee.symbol });
  });
  return { ...namesOfCalls(table, entities, taught), clients: findClientEvents(evaluator, outline, named, knowledge) };
}

/**
 * The names that lead to a library, in the order of the calls.
 * @param entities what each callee of the table stands for
 * @param taught names that the user has taught, which come first
 */
export function namesOfCalls(
  { callees, calleeOf }: Pick<CallTable, 'callees' | 'calleeOf'>,
  entities: readonly (Entity | undefined)[],
  taught: readonly (readonly [Symbol, LinkedName])[] = [],
): Pick<FileNames, 'names' | 'callsRequests'> {
  const names = new Map<Symbol, LinkedName>(taught);
  for (const number of calleeOf) {
    const target = entities[number];
    const symbol = callees[number]?.callee.symbol;
    if (symbol === undefined || !target) continue;
    if (target.kind !== 'external') {
      const isNew = !names.has(symbol) && isTakenForLibrary(symbol);
      if (isNew) names.set(symbol, { symbol: `:${symbol}`, maker: undefined });
      continue;
    }
    if (target.symbol === symbol) continue;
    if (target.inheritedBy || target.partial || PLAIN_DATA.test(target.symbol)) continue;
    names.set(symbol, { symbol: target.symbol, maker: target.origin });
  }
  const symbols = [...callees.map(({ callee }) => callee), ...names.values()];
  return { names, callsRequests: symbols.some(({ symbol }) => topOf(symbol) === 'requests') };
}

/** `redis.get` where `redis.py` stands in the workspace: by its name alone the library's. */
function isTakenForLibrary(symbol: Symbol): boolean {
  return !/^[:.]/.test(symbol) && !isStandardLibrary(topOf(symbol)) && isTelling(symbol);
}

/** A function or class of the file itself is of no library, whatever other files say; most calls are of these. */
function entityOf(
  evaluator: Evaluator,
  { path, definitions }: StoredFile,
  { callee }: PackedCallee,
): Entity | undefined {
  const { symbol } = callee;
  const isOfFile = symbol.startsWith(':') && definitions.has(symbol.slice(1));
  const entity = isOfFile ? undefined : evaluator.value(path, callee);
  const isCopied = entity && entity.kind !== 'external' && isTakenForLibrary(symbol) && isCopy(evaluator, path, symbol);
  return isCopied ? { kind: 'external', symbol } : entity;
}

/** Who keeps a copy of a library in the workspace means the library; copies say which version they are of. */
function isCopy(evaluator: Evaluator, path: string, symbol: Symbol): boolean {
  return evaluator.symbol(path, `${topOf(symbol)}.__version__`) !== undefined;
}

function taughtEntities(
  evaluator: Evaluator,
  path: string,
  { callees }: CallTable,
  knowledge: Knowledge,
): { readonly entities: readonly (Entity | undefined)[]; readonly taught: readonly (readonly [Symbol, LinkedName])[] } {
  const entities = callees.map(call => calleeEntity(evaluator, path, call));
  const taught = callees.flatMap(({ callee }, number) => {
    const symbol = taughtName(evaluator, entities[number], knowledge);
    const isNew = symbol !== undefined && symbol !== callee.symbol;
    return isNew ? [[callee.symbol, { symbol, maker: undefined }] as const] : [];
  });
  return { entities, taught };
}

/** What is done to numbers, texts and collections in memory is nothing that a rule asks about. */
const PLAIN_DATA = /^builtins\.(?:bool|bytearray|bytes|dict|float|frozenset|int|list|set|str|tuple)\(\)\./;

/** The name under which the user has taught what a definition of the workspace does. */
function taughtName(evaluator: Evaluator, callee: Entity | undefined, { isOwn }: Knowledge): string | undefined {
  if (!isOwn) return undefined;
  if (callee?.kind === 'class') return ownNameOf(callee.name, callee.path, isOwn);
  const found = callee?.kind === 'function' ? evaluator.functionOf(callee.id) : undefined;
  return found && ownNameOf(found.fact.qualifiedName, found.path, isOwn);
}
