import type { BlockingKind, ThreadUse } from '../core/facts/blocking-call.ts';
import knowledge from './knowledge.generated.json' with { type: 'json' };

/** Argument that decides whether a call waits; see `blocking.yaml`. */
export interface BlockingCondition {
  readonly is: 'flag' | 'limit' | 'needed';
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

// `blocking.schema.json` admits nothing else.
const groups = knowledge.blocking.groups as readonly Group[];
const conditions = knowledge.blocking.conditions as Readonly<Record<string, BlockingCondition>>;

const byName: ReadonlyMap<string, BlockingCallable> = new Map(
  groups.flatMap(group => {
    const names = group.calls?.split(' ') ?? [];
    return group.of.split(' ').flatMap(owner =>
      names.map(name => {
        const callee = `${owner}.${name}`;
        return [callee, describe(group, callee)] as const;
      }),
    );
  }),
);

const wholeClasses: ReadonlyMap<string, Group> = new Map(
  groups.filter(({ calls }) => calls === undefined).flatMap(group => group.of.split(' ').map(of => [of, group])),
);

/** Top-level modules of everything that is known to block. */
export const blockingPackages: ReadonlySet<string> = new Set(
  groups.flatMap(({ of }) => of.split(' ').map(name => name.split('.', 1)[0] ?? name)),
);

const packagesWithStars: ReadonlySet<string> = new Set(
  [...byName.keys()].filter(name => name.includes('*')).map(name => name.split('.', 1)[0] ?? name),
);

/** What is known of a callable, by its canonical name; undefined for everything that is not known to block. */
export function blockingCallable(name: string): BlockingCallable | undefined {
  return byName.get(name) ?? methodOfWholeClass(name) ?? throughAnyAttribute(name);
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

function methodOfWholeClass(name: string): BlockingCallable | undefined {
  const dot = name.lastIndexOf('.');
  const group = wholeClasses.get(name.slice(0, dot));
  const method = name.slice(dot + 1);
  if (!group || !/^[a-z]/.test(method) || group.but?.split(' ').includes(method)) return undefined;
  return describe(group, name);
}

/** `pymongo.MongoClient.shop.orders.find_one`: databases and collections are attributes of any name. */
function throughAnyAttribute(name: string): BlockingCallable | undefined {
  const steps = name.split('.');
  if (!packagesWithStars.has(steps[0] ?? '')) return undefined;
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
