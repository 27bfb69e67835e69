import { lazyObject } from '../core/lazy.ts';
import { knowledge } from './shipped.ts';

/** An exception class of a library; names are canonical. */
export interface ExceptionClass {
  readonly bases: readonly string[];
  /** Attributes that its bases lack. */
  readonly attributes: readonly string[];
  /** Whether people catch it for all of its kin. */
  readonly family: boolean;
}

/** What is known of exceptions; see `raises.schema.json`. All names are canonical (`builtins.ValueError`). */
export interface RaiseKnowledge {
  readonly exceptions: ReadonlyMap<string, ExceptionClass>;
  readonly aliases: ReadonlyMap<string, string>;
  /** Exceptions expected in operation by callable; an empty list: understood, and nothing to guard against. */
  readonly raises: ReadonlyMap<string, readonly string[]>;
  readonly maybeNone: ReadonlySet<string>;
  /** Callables that give back decoded data: any of `dict`, `list`, `str`, numbers and `None`. */
  readonly data: ReadonlySet<string>;
  readonly callers: ReadonlyMap<string, CalledArgument>;
  /** Canonical name by the name of a method that says enough. */
  readonly methods: ReadonlyMap<string, string>;
  /** Class of what an attribute holds, by its canonical name: `pathlib.Path` for `pathlib.Path.parent`. */
  readonly members: ReadonlyMap<string, string>;
  /** Objects that have whatever attributes others have set on them, by their canonical names. */
  readonly holders: ReadonlySet<string>;
  readonly conditions: ReadonlyMap<string, readonly RaiseCondition[]>;
  /** Top-level modules of all callables and exceptions. */
  readonly libraries: ReadonlySet<string>;
}

/** The argument of a callable that it calls; `at` is its position from 0. */
export interface CalledArgument {
  readonly at?: number | 'all';
  readonly argument?: string;
}

/**
 * Types that a callable raises only when an argument is given, absent, given and no literal, or visibly made of data from
 * outside.
 */
export interface RaiseCondition {
  readonly types: readonly string[];
  readonly when: 'given' | 'absent' | 'computed' | 'data';
  /** Any of them where it is left out. */
  readonly argument?: string;
  readonly at?: number;
}

/** One file `raises-*.yaml`, as the schema describes it. */
interface RaiseFile {
  readonly exceptions: Readonly<
    Record<string, string | { readonly base: string; readonly attributes?: string; readonly family?: true }>
  >;
  readonly aliases?: Readonly<Record<string, string>>;
  readonly groups: readonly RaiseGroup[];
  readonly maybeNone?: readonly string[];
  readonly data?: readonly string[];
  readonly callers?: readonly (CalledArgument & { readonly of: string })[];
  readonly methods?: Readonly<Record<string, string>>;
  readonly members?: Readonly<Record<string, string>>;
  readonly holders?: readonly string[];
  readonly conditions?: readonly (RaiseCondition & { readonly of: string })[];
}

interface RaiseGroup {
  readonly source: string;
  readonly within?: string;
  readonly raises?: Readonly<Record<string, readonly string[]>>;
  readonly raisedBy?: Readonly<Record<string, string>>;
  readonly none?: string;
}

/** Everything that the shipped files say; read and put together when somebody asks, as most files raise no questions. */
export const raiseKnowledge: RaiseKnowledge = merge(shippedFiles);

/** Exceptions by callable, with those of one's own on top; a name without a dot is that of a built-in exception. */
export function extendRaises(
  base: RaiseKnowledge['raises'],
  raises: Readonly<Record<string, readonly string[]>>,
): RaiseKnowledge['raises'] {
  return new Map([...base, ...Object.entries(raises).map(([name, types]) => [name, types.map(fullName)] as const)]);
}

function shippedFiles(): readonly RaiseFile[] {
  const subjects = Object.keys(knowledge).filter(subject => subject.startsWith('raises-'));
  // The keys are those of the object, and `raises.schema.json` admits nothing else in these files.
  return subjects.map(subject => knowledge[subject as keyof typeof knowledge] as unknown as RaiseFile);
}

function merge(files: () => readonly RaiseFile[]): RaiseKnowledge {
  const each = <Value>(read: (file: RaiseFile) => Iterable<Value>): Value[] => files().flatMap(file => [...read(file)]);
  const merged: RaiseKnowledge = lazyObject<RaiseKnowledge>({
    exceptions: () => new Map(each(exceptionsOf)),
    aliases: () =>
      new Map(
        each(({ aliases = {} }) => Object.entries(aliases).map(([name, real]) => [name, fullName(real)] as const)),
      ),
    raises: () => new Map(each(({ groups }) => groups.flatMap(callablesOf))),
    maybeNone: () => new Set(each(({ maybeNone = [] }) => maybeNone.flatMap(words))),
    data: () => new Set(each(({ data = [] }) => data.flatMap(words))),
    callers: () =>
      new Map(
        each(({ callers = [] }) =>
          callers.flatMap(({ of, ...called }) => words(of).map(name => [name, called] as const)),
        ),
      ),
    methods: () =>
      new Map(
        each(({ methods = {} }) =>
          Object.entries(methods).flatMap(([names, meaning]) => words(names).map(name => [name, meaning] as const)),
        ),
      ),
    members: () =>
      new Map(
        each(({ members = {} }) => Object.entries(members).map(([name, type]) => [name, fullName(type)] as const)),
      ),
    holders: () => new Set(each(({ holders = [] }) => holders.flatMap(words))),
    conditions: () => groupConditions(each(({ conditions = [] }) => conditions)),
    libraries: () => new Set([...merged.raises.keys(), ...merged.exceptions.keys()].map(topOf)),
  });
  return merged;
}

function topOf(name: string): string {
  return name.slice(0, name.indexOf('.'));
}

function groupConditions(
  conditions: readonly (RaiseCondition & { readonly of: string })[],
): ReadonlyMap<string, readonly RaiseCondition[]> {
  const grouped = new Map<string, RaiseCondition[]>();
  for (const { of, ...condition } of conditions) {
    for (const name of words(of)) {
      grouped.set(name, [...(grouped.get(name) ?? []), { ...condition, types: condition.types.map(fullName) }]);
    }
  }
  return grouped;
}

function exceptionsOf({ exceptions }: RaiseFile): (readonly [string, ExceptionClass])[] {
  return Object.entries(exceptions).map(([name, entry]) => {
    const { base, attributes = '', family = false } = typeof entry === 'string' ? { base: entry } : entry;
    return [fullName(name), { bases: words(base).map(fullName), attributes: words(attributes), family }] as const;
  });
}

function callablesOf({
  within,
  raises = {},
  raisedBy = {},
  none = '',
}: RaiseGroup): (readonly [string, readonly string[]])[] {
  const qualify = (name: string): string => (within === undefined ? name : `${within}.${name}`);
  const guarded = Object.entries(raises).flatMap(([names, types]) =>
    words(names).map(name => [qualify(name), types.map(fullName)] as const),
  );
  const reversed = Object.entries(raisedBy).flatMap(([types, names]) =>
    words(names).map(name => [qualify(name), words(types).map(fullName)] as const),
  );
  return [...guarded, ...reversed, ...words(none).map(name => [qualify(name), []] as const)];
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter(word => word !== '');
}

function fullName(name: string): string {
  return name.includes('.') ? name : `builtins.${name}`;
}
