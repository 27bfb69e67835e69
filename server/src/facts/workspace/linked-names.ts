import type { CallRef, Symbol, Value } from '../../core/python-facts.ts';
import { fingerprint } from '../../core/hash.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { ValueView } from '../python/view-facts.ts';
import type { ClientsOfFile } from './client-register.ts';
import type { FileNames } from './link-names.ts';
import { isHarmless, isTelling } from './telling-symbols.ts';

/** What a name of one file stands for, as the other files tell. */
export interface LinkedName {
  /** Of a library, absolute; or of the workspace, as the user has taught it. */
  readonly symbol: Symbol;
  /** The call in any file that made the object, when there is exactly one. */
  readonly maker: CallRef | undefined;
}

/** Names of one file that only all files together can explain. */
export interface LinkedNames {
  /** Another one when any of the names stands for something else. */
  readonly key: string;
  /** By the symbol that the file itself gives them. */
  readonly names: ReadonlyMap<Symbol, LinkedName>;
  /** Symbols that count whether or not the file's facts have asked for them. */
  readonly telling: ReadonlySet<Symbol>;
  /** What other files do with the HTTP clients of the file, and with those that it uses. */
  readonly clients: ClientsOfFile | undefined;
}

/**
 * The names of a file's calls that lead to a library, or to what the user has taught, through other files; undefined when
 * there are none.
 * What a class of the workspace inherits is left out: its subclass may see to everything that a rule asks for.
 */
export function linkedNamesOf(
  { names, callsRequests }: Pick<FileNames, 'names' | 'callsRequests'>,
  clients: ClientsOfFile | undefined,
  isOwn?: Knowledge['isOwn'],
): LinkedNames | undefined {
  if (names.size === 0 && !clients) return undefined;
  return { key: keyOf([...names], clients), names, telling: tellingOf(names, callsRequests, isOwn), clients };
}

/**
 * Names what other files say to facts that were made of a file; undefined when that is nothing: other facts would be the
 * same.
 * @param asked the symbols that the facts depend on; undefined: any
 */
export function heardKey(linked: LinkedNames | undefined, asked: readonly Symbol[] | undefined): string | undefined {
  if (!linked || !asked) return linked?.key;
  const { names, telling, clients } = linked;
  const heard = new Set(asked);
  const rest = [...names].filter(([symbol]) => heard.has(symbol) || telling.has(symbol));
  return rest.length === 0 && !clients ? undefined : keyOf(rest, clients);
}

function keyOf(names: readonly (readonly [Symbol, LinkedName])[], clients: ClientsOfFile | undefined): string {
  return fingerprint(JSON.stringify([names, clients?.key]));
}

function tellingOf(
  names: ReadonlyMap<Symbol, LinkedName>,
  hasSessions: boolean,
  isOwn: Knowledge['isOwn'],
): ReadonlySet<Symbol> {
  const isTaught = (symbol: Symbol): boolean => isOwn?.(canonicalName(symbol) ?? '') === true;
  const counts = (symbol: Symbol): boolean =>
    isTelling(symbol) || isTaught(symbol) || (hasSessions && isHarmless(symbol));
  return new Set([...names].flatMap(([own, { symbol }]) => (counts(own) || counts(symbol) ? [own] : [])));
}

/** Shows a file with these names known. */
export function viewThrough({ names, clients }: Pick<LinkedNames, 'names' | 'clients'>): ValueView {
  const see = (value: Value): Value | undefined => {
    const known = names.get(value.symbol);
    if (!known) return value.deferred ? undefined : value;
    const { symbol, maker } = known;
    const linked: Value = maker ? { symbol, maker } : { symbol };
    return linked;
  };
  return clients ? Object.assign(see, { clients }) : see;
}
