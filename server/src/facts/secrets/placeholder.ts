import { secretKnowledge } from '../../knowledge/secrets.ts';
import { runsOf } from './words.ts';

/** Templates, format strings, ellipses, stars, crosses. */
const TEMPLATE =
  /<[A-Za-z][\w .-]*>|\$\{|\$\([A-Za-z_ ]+\)|\{\{|\{\w*\}|%\(\w+\)|%[sdr](?![A-Za-z0-9])|\.\.\.|…|\*{3}|x{4}|X{4}|_{3}|-{3}/;
const SAME_CHARACTER = /(.)\1{4}/;
/** Of hashed, encrypted and published values, and of references into a secret store. */
const NO_SECRET =
  /^(?:\$(?:2[abxy]?|argon2\w*|[156]|scrypt|pbkdf2[\w-]*)\$|(?:pbkdf2|bcrypt|argon2|scrypt)[_:$]|\{?s?sha\d*[-:$}]|md5[:$]|ssh-|ecdsa-|-----BEGIN (?:PUBLIC|CERT|RSA PUBLIC)|ENC\[|enc:|encrypted:|vault:|op:\/\/|arn:|ssm:|secretsmanager:|projects\/|urn:|django-insecure-)/i;
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiop',
  'asdfghjkl',
  'zyxwvutsrq',
  '98765432109',
];
/** Long enough to be told inside other letters. */
const TELLING_LENGTH = 6;

/** Whether a text says itself that it is none of the secrets it looks like: placeholder, example, hash, reference. */
export function isPlaceholder(text: string): boolean {
  return (
    TEMPLATE.test(text) ||
    SAME_CHARACTER.test(text) ||
    NO_SECRET.test(text) ||
    isDocumented(text) ||
    isSequence(text) ||
    hasPlaceholderWord(text)
  );
}

/** Whether a text holds a value that documentation prints. */
export function isDocumented(text: string): boolean {
  return secretKnowledge.examples.some(example => text.includes(example));
}

/** Whether half of a text, or more, runs along the alphabet, the digits, or the keyboard. */
function isSequence(text: string): boolean {
  const lower = text.toLowerCase();
  let inRow = 0;
  for (let index = 0; index < lower.length;) {
    const length = rowAt(lower, index);
    inRow += length >= 4 ? length : 0;
    index += Math.max(1, length);
  }
  return inRow >= text.length / 2;
}

function rowAt(text: string, start: number): number {
  let length = 1;
  while (start + length < text.length && ROWS.some(row => row.includes(text.slice(start, start + length + 1))))
    length++;
  return length;
}

function hasPlaceholderWord(text: string): boolean {
  const { placeholders } = secretKnowledge;
  return [text, plainLetters(text)].some(candidate => {
    if (runsOf(candidate).some(run => placeholders.has(run.toLowerCase()))) return true;
    const letters = candidate.toLowerCase();
    return [...placeholders].some(word => word.length >= TELLING_LENGTH && letters.includes(word));
  });
}

/** `S3cr3t` and `P@ssw0rd` spelt plainly. */
function plainLetters(text: string): string {
  return text
    .replaceAll('0', 'o')
    .replaceAll('1', 'i')
    .replaceAll('3', 'e')
    .replace(/[4@]/g, 'a')
    .replace(/[5$]/g, 's');
}
