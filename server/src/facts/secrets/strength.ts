import { isWordLike, meanRunLength, runsOf, shareOfWords } from './words.ts';

const MIN_RANDOM_LENGTH = 16;
const MIN_PASSWORD_LENGTH = 8;
const MAX_LENGTH = 512;
/** A random text of 16 characters of an alphabet of 62 has about 3.8 bits, one of 16 hexadecimal digits about 3. */
const MIN_BITS = 3.3;
const MIN_BITS_HEX = 2.7;
const MAX_SHARE_OF_WORDS = 0.4;
const MAX_MEAN_RUN = 2.8;

/** Bits per character, from how often each occurs. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0);
}

/** Whether a text can hardly be anything but generated: keys, tokens, long passwords. */
export function isRandom(text: string): boolean {
  if (text.length < MIN_RANDOM_LENGTH || text.length > MAX_LENGTH) return false;
  if (!/^[\w+/=.~!@#$%^&*:;,?()|-]+$/.test(text) || !hasLettersAndDigits(text)) return false;
  const isHex = /^[\da-f-]+$/i.test(text);
  if (entropyOf(text) < (isHex ? MIN_BITS_HEX : MIN_BITS)) return false;
  if (isHex) return true;
  const isMixed = /[a-z]/.test(text) && /[A-Z]/.test(text);
  if (isMixed && meanRunLength(text) > MAX_MEAN_RUN) return false;
  return shareOfWords(text) < MAX_SHARE_OF_WORDS && !isMadeOfNames(text);
}

/** Whether a text is a password that somebody thought up to be hard to guess. */
export function isStrongPassword(text: string): boolean {
  if (isRandom(text)) return true;
  if (text.length < MIN_PASSWORD_LENGTH || text.length > MAX_LENGTH || /[\s()[\]{}<>\\/|]/.test(text)) return false;
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[!@#$%^&*+?=~;,]/].filter(characters => characters.test(text)).length;
  if (classes === 4) return true;
  // Without a sign, `Sha256` and `Winter2024` have as many kinds of characters as a password.
  return classes === 3 && shareOfWords(text) < MAX_SHARE_OF_WORDS && !isMadeOfNames(text);
}

function hasLettersAndDigits(text: string): boolean {
  const digits = text.match(/\d/g)?.length ?? 0;
  const letters = text.match(/[a-z]/gi)?.length ?? 0;
  if (letters < 2) return false;
  // Words have no capitals in their midst; random letters of both cases do.
  return (
    digits >= 2 ||
    (digits === 1 && text.length < 24) ||
    (/[a-z][A-Z]{1,2}[a-z]/.test(text) && runsOf(text).length > text.length / 4)
  );
}

/** Words with numbers and separators between: `orders-v2.books_2024`. */
function isMadeOfNames(text: string): boolean {
  // Signs such as `!` and `$` part no names.
  if (/[!@#$%^&*+=()?]/.test(text)) return false;
  const parts = text.split(/[^A-Za-z0-9]+/).filter(part => part !== '');
  if (parts.length < 2) return false;
  const named = parts.filter(
    part => /^(?:\d{1,4}|[a-z]{1,3}\d{0,4}|[A-Z]?[a-z]{4,12})$/i.test(part) || isWordLike(part.replace(/\d{1,4}$/, '')),
  );
  return named.length >= parts.length * 0.75;
}
