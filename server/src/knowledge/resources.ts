import { knowledge } from './shipped.ts';

/** One kind of thing that has to be closed; `resources.yaml` explains the properties. */
export interface ResourceKind {
  readonly openers: readonly string[];
  readonly what: string;
  readonly name: string;
  readonly close: readonly string[];
  readonly context: 'with' | 'asyncWith' | 'none' | 'finally';
  readonly endsWith?: readonly string[];
  readonly evidence?: readonly string[];
  readonly inPlace?: readonly string[];
  readonly entersOther?: boolean;
  readonly safe?: boolean;
  readonly awaited?: 'dropped' | 'kept';
  readonly lends?: readonly string[];
}

// The schema beside the YAML file says the same as the type, and is checked when the file is compiled.
const resources = knowledge.resources as {
  readonly kinds: Readonly<Record<string, ResourceKind>>;
  readonly eager: readonly string[];
  readonly plain: readonly string[];
  readonly readers: readonly string[];
  readonly senders: readonly string[];
  readonly wrappers: readonly string[];
};

const KIND_BY_OPENER: ReadonlyMap<string, ResourceKind> = new Map(
  Object.values(resources.kinds).flatMap(kind => kind.openers.map(opener => [opener, kind] as const)),
);

/** Last names of all openers. */
export const OPENER_NAMES: ReadonlySet<string> = new Set(
  [...KIND_BY_OPENER.keys()].map(opener => opener.slice(opener.lastIndexOf('.') + 1)),
);

/** What a call opens, by its canonical name. */
export function resourceKind(opener: string): ResourceKind | undefined {
  return KIND_BY_OPENER.get(opener);
}

/** Methods whose results go on without the object. */
export const EAGER_METHODS: ReadonlySet<string> = new Set(resources.eager);
/** Attributes that are plain values. */
export const PLAIN_ATTRIBUTES: ReadonlySet<string> = new Set(resources.plain);
/** Functions that are done with what they are given when they return. */
export const READERS: ReadonlySet<string> = new Set(resources.readers);
/** Functions that send what they are given, also where it stands in a list or dictionary. */
export const SENDERS: ReadonlySet<string> = new Set(resources.senders);
/** Functions whose result goes on using what they are given. */
export const WRAPPERS: ReadonlySet<string> = new Set(resources.wrappers);
