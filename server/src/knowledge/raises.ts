import knowledge from './knowledge.generated.json' with { type: 'json' };

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
  readonly callers: ReadonlySet<string>;
  /** Canonical name by the name of a method that says enough. */
  readonly methods: ReadonlyMap<string, string>;
}

/** One file `raises-*.yaml`, as the schema describes it. */
interface RaiseFile {
  readonly exceptions: Readonly<
    Record<string, string | { readonly base: string; readonly attributes?: string; readonly family?: true }>
  >;
  readonly aliases?: Readonly<Record<string, string>>;
  readonly groups: readonly RaiseGroup[];
  readonly maybeNone?: readonly string[];
  readonly callers?: readonly string[];
  readonly methods?: Readonly<Record<string, string>>;
}

interface RaiseGroup {
  readonly source: string;
  readonly within?: string;
  readonly raises?: Readonly<Record<string, readonly string[]>>;
  readonly none?: string;
}

/** Everything that the shipped files say. */
export const raiseKnowledge: RaiseKnowledge = merge(
  Object.entries(knowledge)
    .filter(([subject]) => subject.startsWith('raises-'))
    // `raises.schema.json` admits nothing else.
    .map(([, file]) => file as unknown as RaiseFile),
);

/** The knowledge with callables of one's own on top; `raises` is by canonical name, a name without a dot is a built-in. */
export function extendRaiseKnowledge(
  base: RaiseKnowledge,
  raises: Readonly<Record<string, readonly string[]>>,
): RaiseKnowledge {
  const own = Object.entries(raises).map(([name, types]) => [name, types.map(fullName)] as const);
  return { ...base, raises: new Map([...base.raises, ...own]) };
}

function merge(files: readonly RaiseFile[]): RaiseKnowledge {
  const each = <Value>(read: (file: RaiseFile) => Iterable<Value>): Value[] => files.flatMap(file => [...read(file)]);
  return {
    exceptions: new Map(each(exceptionsOf)),
    aliases: new Map(
      each(({ aliases = {} }) => Object.entries(aliases).map(([name, real]) => [name, fullName(real)] as const)),
    ),
    raises: new Map(each(({ groups }) => groups.flatMap(callablesOf))),
    maybeNone: new Set(each(({ maybeNone = [] }) => maybeNone.flatMap(words))),
    callers: new Set(each(({ callers = [] }) => callers.flatMap(words))),
    methods: new Map(
      each(({ methods = {} }) =>
        Object.entries(methods).flatMap(([names, meaning]) => words(names).map(name => [name, meaning] as const)),
      ),
    ),
  };
}

function exceptionsOf({ exceptions }: RaiseFile): (readonly [string, ExceptionClass])[] {
  return Object.entries(exceptions).map(([name, entry]) => {
    const { base, attributes = '', family = false } = typeof entry === 'string' ? { base: entry } : entry;
    return [fullName(name), { bases: words(base).map(fullName), attributes: words(attributes), family }] as const;
  });
}

function callablesOf({ within, raises = {}, none = '' }: RaiseGroup): (readonly [string, readonly string[]])[] {
  const qualify = (name: string): string => (within === undefined ? name : `${within}.${name}`);
  const guarded = Object.entries(raises).flatMap(([names, types]) =>
    words(names).map(name => [qualify(name), types.map(fullName)] as const),
  );
  return [...guarded, ...words(none).map(name => [qualify(name), []] as const)];
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter(word => word !== '');
}

function fullName(name: string): string {
  return name.includes('.') ? name : `builtins.${name}`;
}
