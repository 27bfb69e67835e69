import { isPlaceholder } from './placeholder.ts';
import { isClearlySecret, kindOfName, singularOf } from './secret-names.ts';
import { isRandom, isStrongPassword } from './strength.ts';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const WEB_TOKEN = /^eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]{20,}$/;
/** Of the role that a browser takes before anyone has signed in: such tokens are published with the page. */
const PUBLIC_ROLE = /"role"\s*:\s*"anon"/;
/** Bytes outside of ASCII that make a literal a key, not a text. */
const MIN_ODD_BYTES = 6;

/** A first look that costs little: sentences, words and identifiers are no secrets, whatever they are called. */
export function mayBeSecret(text: string): boolean {
  return text.length >= 8 && !/^[a-z]+(?:[_.-][a-z]+)*$/i.test(text) && !/\s\S+\s/.test(text);
}

/** Whether a text under a name is a secret: the name says so, and the text is neither a word nor a placeholder. */
export function isSecretUnderName(name: string, text: string): boolean {
  const kind = kindOfName(name) ?? kindOfName(singularOf(name));
  if (kind === undefined) return false;
  const value = text.replace(/^(?:Bearer|Basic|Token|ApiKey)\s+/i, '').trim();
  if (isPlaceholder(value)) return false;
  if (kind !== 'password' && isBinaryKey(value)) return true;
  if (UUID.test(value)) return isClearlySecret(name);
  const [, payload] = WEB_TOKEN.exec(value) ?? [];
  if (payload !== undefined) return !PUBLIC_ROLE.test(decodeSegment(payload));
  if (/:\/\/|^[./~]/.test(value)) return false;
  return kind === 'password' ? isStrongPassword(value) : isRandom(value);
}

function isBinaryKey(text: string): boolean {
  if (text.length < 16 || text.length > 128) return false;
  const odd = text.match(/[\0-\x08\x0e-\x1f\x7f-\xff]/g)?.length ?? 0;
  return odd >= MIN_ODD_BYTES && new Set(text).size >= text.length / 2;
}

function decodeSegment(segment: string): string {
  return Buffer.from(segment, 'base64url').toString('utf8');
}
