import type { TextRange } from '../../core/text.ts';

/** A value of a configuration file with its place, the same for YAML and TOML. */
export type ConfigurationNode =
  | { readonly kind: 'map'; readonly entries: readonly ConfigurationEntry[]; readonly range: TextRange }
  | { readonly kind: 'list'; readonly items: readonly ConfigurationNode[]; readonly range: TextRange }
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null; readonly range: TextRange }
  /** A date, binary data, or a number that is none: nothing that a setting could be. */
  | { readonly kind: 'other'; readonly range: TextRange };

/** One key of a map; keys are unique. */
export interface ConfigurationEntry {
  readonly key: string;
  readonly keyRange: TextRange;
  readonly value: ConfigurationNode;
}

/** What a file holds: a tree, nothing for us, or a mistake that makes it unreadable. */
export type ParsedConfiguration =
  | { readonly kind: 'tree'; readonly root: ConfigurationNode }
  | { readonly kind: 'absent' }
  | { readonly kind: 'broken'; readonly range: TextRange; readonly message: string };
