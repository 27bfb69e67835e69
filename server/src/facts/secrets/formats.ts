import { secretKnowledge, type SecretFormat } from '../../knowledge/secrets.ts';
import { hasValidChecksum } from './checksum.ts';
import { isDocumented, isPlaceholder } from './placeholder.ts';
import { entropyOf } from './strength.ts';
import { shareOfWords } from './words.ts';

/** A secret that can be told from its form. */
export interface KnownSecret {
  readonly description: string;
  readonly environmentName: string;
  /** Whether the text is the secret and nothing else. */
  readonly isWhole: boolean;
}

const PRIVATE_KEY =
  /-----BEGIN ((?:RSA |EC |DSA |OPENSSH |PGP )?PRIVATE KEY(?: BLOCK)?)-----([\s\S]+?)(?:-----END \1-----|$)/;
const MIN_KEY_LENGTH = 60;
const MIN_FORMAT_LENGTH = 16;
/** Sixteen characters of an access key have three or more, and so do hexadecimal digits. */
const MIN_BITS = 2.7;
/** The prefix says the most; a body of words only stands for another one. */
const MAX_SHARE_OF_WORDS = 0.7;
/** One search instead of one per format: nearly all literals hold no prefix at all. */
const ANY_PREFIX = new RegExp(
  ['-----BEGIN', ...secretKnowledge.formats.flatMap(({ prefixes }) => prefixes)].map(escaped).join('|'),
);

/** The secret of a known form that a text holds; undefined without one, or when it is an example. */
export function findKnownSecret(text: string): KnownSecret | undefined {
  if (text.length < MIN_FORMAT_LENGTH || !ANY_PREFIX.test(text)) return undefined;
  if (isPrivateKey(text)) return { description: 'private key', environmentName: 'PRIVATE_KEY', isWhole: true };
  for (const format of secretKnowledge.formats) {
    if (!format.prefixes.some(prefix => text.includes(prefix))) continue;
    for (const [token] of text.matchAll(format.pattern)) {
      if (!isGenuine(token, format)) continue;
      const { description, environmentName } = format;
      return {
        description,
        environmentName,
        isWhole: token.length === text.length || environmentName.endsWith('STRING'),
      };
    }
  }
  return undefined;
}

/** Tokens without a checksum have to look generated. */
function isGenuine(token: string, { checksum, prefixes }: SecretFormat): boolean {
  if (isDocumented(token)) return false;
  if (checksum) return hasValidChecksum(token);
  const prefix = prefixes.find(candidate => token.startsWith(candidate)) ?? '';
  const body = token.slice(prefix.length);
  if (isPlaceholder(body)) return false;
  return entropyOf(body) >= MIN_BITS && shareOfWords(body) < MAX_SHARE_OF_WORDS;
}

function isPrivateKey(text: string): boolean {
  const [, , body] = PRIVATE_KEY.exec(text) ?? [];
  if (body === undefined || /ENCRYPTED|\.\.\.|…|[<>{}]/.test(body)) return false;
  const letters = body.replace(/[^A-Za-z0-9+/=]/g, '');
  return letters.length >= MIN_KEY_LENGTH && entropyOf(letters) > 4 && !/(.)\1{9}/.test(letters.replace(/A{10,}/g, ''));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
