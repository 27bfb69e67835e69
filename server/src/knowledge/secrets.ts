import { knowledge } from './shipped.ts';

/** How the tokens of one provider are written. */
export interface SecretFormat {
  readonly description: string;
  /** Texts one of which every such token holds. */
  readonly prefixes: readonly string[];
  /** Matches every token inside a text; global. */
  readonly pattern: RegExp;
  readonly checksum: 'crc32Base62' | undefined;
  /** Environment variable that usually holds it. */
  readonly environmentName: string;
}

/** What the last words of a name say about its value. */
export type SecretNameKind = 'password' | 'key' | 'token';

/** See `secrets.yaml` for what the entries mean. */
export interface SecretKnowledge {
  readonly formats: readonly SecretFormat[];
  /** Kinds by the last words of a name, in lower case with blanks between. */
  readonly names: ReadonlyMap<string, SecretNameKind>;
  readonly harmless: ReadonlySet<string>;
  readonly placeholders: ReadonlySet<string>;
  readonly examples: readonly string[];
  /** Position of a secret among positional arguments, and the variable for it, by canonical name of the callee. */
  readonly arguments: ReadonlyMap<string, { readonly at: number; readonly name: string }>;
  readonly wrappers: ReadonlySet<string>;
  readonly fallbacks: ReadonlySet<string>;
  readonly settings: ReadonlySet<string>;
}

const { formats, names, harmless, placeholders, examples, wrappers, fallbacks, settings } = knowledge.secrets;

export const secretKnowledge: SecretKnowledge = {
  formats: formats.map(format => ({
    description: format.description,
    prefixes: format.prefix,
    pattern: new RegExp(`(?<![A-Za-z0-9_])${format.pattern}(?![A-Za-z0-9_])`, 'g'),
    checksum: 'checksum' in format ? 'crc32Base62' : undefined,
    environmentName: format.name,
  })),
  names: new Map([
    ...names.password.map(name => [name, 'password'] as const),
    ...names.key.map(name => [name, 'key'] as const),
    ...names.token.map(name => [name, 'token'] as const),
  ]),
  harmless: new Set(harmless),
  placeholders: new Set(placeholders),
  examples,
  arguments: new Map(Object.entries(knowledge.secrets.arguments)),
  wrappers: new Set(wrappers),
  fallbacks: new Set(fallbacks),
  settings: new Set(settings),
};
