import type { CallRef } from '../../core/python-facts.ts';
import type { ForeignUse, LinkedClients } from '../python/linked-clients.ts';
import type { ClientEvents } from './client-events.ts';

/** Clients of a file as the whole workspace sees them; plain data besides. */
export interface ClientsOfFile extends LinkedClients {
  /** Another one when an answer may be another one. */
  readonly key: string;
}

/** What all files do with HTTP clients. */
export interface ClientRegister {
  /**
   * Takes what a file does now; undefined: the file is gone.
   * @returns files whose clients may look different now
   */
  put(path: string, events: ClientEvents | undefined): ReadonlySet<string>;
  /** Undefined where there is nothing to say. */
  of(path: string): ClientsOfFile | undefined;
}

/** Opens a register that knows no client. */
export function createClientRegister(): ClientRegister {
  const known = new Map<string, { readonly events: ClientEvents; readonly text: string }>();
  /** Files that use or change something, by the file in which it was made. */
  const usersOf = new Map<string, Set<string>>();

  const makersOf = ({ uses, sessions, changes }: ClientEvents): ReadonlySet<string> =>
    new Set([...uses, ...changes].map(({ maker }) => maker.path).concat(sessions.map(({ path }) => path)));
  const put: ClientRegister['put'] = (path, events) => {
    const before = known.get(path);
    const text = events && makersOf(events).size + events.patched.length > 0 ? JSON.stringify(events) : undefined;
    if (before?.text === text) return NONE;
    const makers = new Set([...(before ? makersOf(before.events) : []), ...(events ? makersOf(events) : [])]);
    const affected = new Set(makers);
    const isPatching = (before?.events.patched.join() ?? '') !== (events?.patched.join() ?? '');
    for (const maker of isPatching ? usersOf.keys() : makers)
      for (const user of usersOf.get(maker) ?? []) affected.add(user);
    if (before) for (const maker of makersOf(before.events)) usersOf.get(maker)?.delete(path);
    if (!events || text === undefined) {
      known.delete(path);
      return affected;
    }
    known.set(path, { events, text });
    for (const maker of makersOf(events)) {
      const users = usersOf.get(maker);
      if (users) users.add(path);
      else usersOf.set(maker, new Set([path]));
    }
    return affected;
  };
  const changesIn = (maker: string): readonly (readonly [key: string, name: string])[] =>
    [...(usersOf.get(maker) ?? [])].flatMap(
      user => known.get(user)?.events.changes.map(one => [keyOf(one.maker), one.name] as const) ?? [],
    );
  const of: ClientRegister['of'] = path => {
    const uses = [...(usersOf.get(path) ?? [])]
      .sort()
      .flatMap(user => known.get(user)?.events.uses.filter(({ maker }) => maker.path === path) ?? []);
    const own = known.get(path)?.events;
    const relevant = new Set([...uses, ...(own?.uses ?? [])].map(({ maker }) => keyOf(maker)));
    for (const maker of own?.sessions ?? []) relevant.add(keyOf(maker));
    const files = new Set([path, ...(own?.sessions ?? []).map(maker => maker.path)]);
    const changes = [...files].flatMap(changesIn).filter(([key]) => relevant.has(key) || key.startsWith(`${path}#`));
    if (uses.length === 0 && relevant.size === 0 && changes.length === 0) return undefined;
    const patched = new Set([...known.values()].flatMap(({ events }) => events.patched));
    return {
      key: JSON.stringify([uses, [...relevant].sort(), changes.map(one => one.join('#')).sort(), [...patched].sort()]),
      usesOf: call => uses.filter(({ maker }) => maker.call === call).map(({ use }): ForeignUse => use),
      changesOf: maker => new Set(changes.flatMap(([key, name]) => (key === keyOf(maker) ? [name] : []))),
      patched,
    };
  };
  return { put, of };
}

const NONE: ReadonlySet<string> = new Set();

function keyOf({ path, call }: CallRef): string {
  return `${path}#${call}`;
}
