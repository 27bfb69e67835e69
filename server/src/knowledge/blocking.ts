import type { BlockingKind, ThreadUse } from '../core/facts/blocking-call.ts';
import type { OwnBlocking } from '../core/own-knowledge.ts';
import { knowledge } from './shipped.ts';

/** Argument that decides whether a call waits; see `blocking.yaml`. */
export interface BlockingCondition {
  readonly is: 'flag' | 'limit' | 'needed' | 'zero';
  readonly argument: string;
  /** Its position, from 0. */
  readonly at: number;
}

/** What is known of a callable that holds its thread. */
export interface BlockingCallable {
  readonly kind: BlockingKind;
  readonly asyncCounterpart: string | undefined;
  readonly threads: ThreadUse;
  readonly lazy: boolean;
  readonly condition: BlockingCondition | undefined;
}

interface Group {
  readonly kind: BlockingKind;
  readonly of: string;
  readonly calls?: string;
  readonly but?: string;
  readonly async?: string;
  readonly threads?: ThreadUse;
  readonly lazy?: boolean;
}

/** Looks callables up by their canonical names; undefined for everything that is not known to block. */
export type FindBlockingCallable = (name: string) => BlockingCallable | undefined;

// `blocking.schema.json` admits nothing else.
const groups = knowledge.blocking.groups as readonly Group[];
const conditions = knowledge.blocking.conditions as Readonly<Record<string, BlockingCondition>>;

const byName = indexByName(groups);
const wholeClasses = indexWholeClasses(groups);

/** Top-level modules of everything that is known to block. */
export const blockingPackages: ReadonlySet<string> = new Set(
  groups.flatMap(({ of }) => of.split(' ').map(name => name.split('.', 1)[0] ?? name)),
);

const packagesWithStars: ReadonlySet<string> = new Set(
  [...byName.keys()].filter(name => name.includes('*')).map(name => name.split('.', 1)[0] ?? name),
);

/** What is known of a callable, by its canonical name; undefined for everything that is not known to block. */
export function blockingCallable(name: string): BlockingCallable | undefined {
  return byName.get(name) ?? methodOfWholeClass(wholeClasses, name) ?? throughAnyAttribute(name);
}

/** Look-up in groups of the user's own. */
export function ownBlockingCallables(own: readonly OwnBlocking[]): FindBlockingCallable {
  const names = indexByName(own);
  const classes = indexWholeClasses(own);
  return name => names.get(name) ?? methodOfWholeClass(classes, name);
}

function indexByName(all: readonly Group[]): ReadonlyMap<string, BlockingCallable> {
  return new Map(
    all.flatMap(group => {
      const names = group.calls?.split(' ') ?? [];
      return group.of.split(' ').flatMap(owner =>
        names.map(name => {
          const callee = `${owner}.${name}`;
          return [callee, describe(group, callee)] as const;
        }),
      );
    }),
  );
}

function indexWholeClasses(all: readonly Group[]): ReadonlyMap<string, Group> {
  return new Map(
    all.filter(({ calls }) => calls === undefined).flatMap(group => group.of.split(' ').map(of => [of, group])),
  );
}

function describe(group: Group, callee: string): BlockingCallable {
  return {
    kind: group.kind,
    asyncCounterpart: group.async?.replace('*', callee.slice(callee.lastIndexOf('.') + 1)),
    threads: group.threads ?? 'any',
    lazy: group.lazy ?? false,
    condition: conditions[callee],
  };
}

function methodOfWholeClass(classes: ReadonlyMap<string, Group>, name: string): BlockingCallable | undefined {
  const dot = name.lastIndexOf('.');
  const group = classes.get(name.slice(0, dot));
  const method = name.slice(dot + 1);
  if (!group || !/^[a-z]/.test(method) || group.but?.split(' ').includes(method)) return undefined;
  return describe(group, name);
}

/** `pymongo.MongoClient.shop.orders.find_one`: databases and collections are attributes of any name. */
function throughAnyAttribute(name: string): BlockingCallable | undefined {
  const dot = name.indexOf('.');
  if (dot < 0 || !packagesWithStars.has(name.slice(0, dot))) return undefined;
  const steps = name.split('.');
  const method = steps.pop() ?? '';
  for (let stars = 1; stars <= 2 && steps.length > stars; stars++) {
    const owner = [...steps.slice(0, -stars), ...Array.from({ length: stars }, () => '*')];
    const found = byName.get([...owner, method].join('.'));
    if (found) return found;
  }
  return undefined;
}

/** Classes of which everything that is known belongs to the thread that made the object. */
const boundClasses: ReadonlySet<string> = new Set(
  groups
    .filter(({ threads }) => threads === 'own')
    .flatMap(group => group.of.split(' '))
    .filter(owner => /(?:^|\.)[A-Z]\w*$|scoped_session$/.test(owner))
    .filter(owner => groups.every(({ of, threads }) => threads === 'own' || !of.split(' ').includes(owner))),
);

/** Whether every object of a class belongs to the thread that made it; by the class's canonical name. */
export function isThreadBound(className: string): boolean {
  return boundClasses.has(className);
}
