import type { CallRef, Symbol, Value } from '../../core/python-facts.ts';
import type { OutlineCall } from '../../core/python-outline.ts';
import { fingerprint } from '../../core/hash.ts';
import type { LinkedClients } from '../python/linked-clients.ts';
import type { ValueView } from '../python/view-facts.ts';
import type { ClientsOfFile } from './client-register.ts';
import type { FileLinks } from './link-file.ts';

/** What a name of one file stands for, as the other files tell. */
export interface LinkedName {
  /** Of a library, absolute. */
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
  /** What other files do with the HTTP clients of the file, and with those that it uses. */
  readonly clients: LinkedClients | undefined;
}

/**
 * The names of a file's calls that lead to a library through other files; undefined when there are none.
 * What a class of the workspace inherits is left out: its subclass may see to everything that a rule asks for.
 */
export function linkedNamesOf(
  calls: readonly OutlineCall[],
  links: FileLinks,
  clients: ClientsOfFile | undefined,
): LinkedNames | undefined {
  const names = new Map<Symbol, LinkedName>();
  links.externalCalls.forEach((position, index) => {
    const call = calls[position];
    const target = links.externals[index];
    if (!call || !target || target.inheritedBy || target.partial || PLAIN_DATA.test(target.symbol)) return;
    names.set(call.callee.symbol, { symbol: target.symbol, maker: target.origin });
  });
  if (names.size === 0 && !clients) return undefined;
  return { key: fingerprint(JSON.stringify([[...names], clients?.key])), names, clients };
}

/** What is done to numbers, texts and collections in memory is nothing that a rule asks about. */
const PLAIN_DATA = /^builtins\.(?:bool|bytearray|bytes|dict|float|frozenset|int|list|set|str|tuple)\(\)\./;

/** Shows a file with these names known. */
export function viewThrough({ names, clients }: LinkedNames): ValueView {
  const see = (value: Value): Value | undefined => {
    const known = names.get(value.symbol);
    if (!known) return value.deferred ? undefined : value;
    const { symbol, maker } = known;
    const linked: Value = maker ? { symbol, maker } : { symbol };
    return linked;
  };
  return clients ? Object.assign(see, { clients }) : see;
}
