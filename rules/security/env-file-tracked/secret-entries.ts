import type { TextRange } from '#rule-kit';

/** A name with a value that nobody outside should know. The value itself is not kept. */
export interface SecretEntry {
  /** As written; `private key` for a key block. */
  readonly name: string;
  /** Place of the name, or of the line that starts a key block. */
  readonly range: TextRange;
  /**
   * `known`: the value has the form of a real key or token; `likely`: it is long and irregular;
   * `weak`: a secret-like name with a value that may be a placeholder or hold on one machine only.
   */
  readonly strength: 'known' | 'likely' | 'weak';
}

/** What a file of names and values holds. */
export interface SecretSurvey {
  readonly secrets: readonly SecretEntry[];
  /** Names of all entries that have a value, secret or not, in order, with their places. */
  readonly filled: readonly { readonly name: string; readonly range: TextRange }[];
}

const ASSIGNMENT = /^([ \t]*(?:export[ \t]+)?(?:-[ \t]+)?)([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*(.*)$/;
/** `//registry.npmjs.org/:_authToken=…` */
const REGISTRY_LOGIN = /^([ \t]*\/\/\S+?:)(_authToken|_password)[ \t]*=[ \t]*(.*)$/;
const JSON_PAIR = /"([\w.-]+)"\s*:\s*"((?:[^"\\]|\\.)*)"/g;
const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|^PuTTY-User-Key-File-/m;
/** A header with next to nothing behind it is a fragment for tests or documentation. */
const PRIVATE_KEY_BODY = /[A-Za-z0-9+/=\s\\]{100}/;

/** Reads `.env`, INI, YAML and JSON files alike: one name and value per line, or JSON pairs. Never throws. */
export function surveySecrets(text: string): SecretSurvey {
  const secrets: SecretEntry[] = [];
  const filled: { name: string; range: TextRange }[] = [];

  function add(name: string, start: number, value: string): void {
    if (value === '') return;
    const range = { start, end: start + name.length };
    filled.push({ name, range });
    const strength = strengthOf(name, value);
    if (strength !== undefined) secrets.push({ name, range, strength });
  }

  let offset = 0;
  for (const line of text.split('\n')) {
    const pairs = [...line.matchAll(JSON_PAIR)];
    for (const pair of pairs) add(pair[1] ?? '', offset + pair.index + 1, pair[2] ?? '');
    const plain = line.replace(/\r$/, '');
    const match = pairs.length === 0 ? (ASSIGNMENT.exec(plain) ?? REGISTRY_LOGIN.exec(plain)) : null;
    if (match !== null) add(match[2] ?? '', offset + (match[1] ?? '').length, plainValue(match[3] ?? ''));
    offset += line.length + 1;
  }
  return { secrets, filled };
}

/** Place of the first line of a private key in a text; undefined without one. Certificates and public keys are none. */
export function findPrivateKey(text: string): TextRange | undefined {
  const match = PRIVATE_KEY.exec(text);
  if (match === null || !PRIVATE_KEY_BODY.test(text.slice(match.index + match[0].length))) return undefined;
  return { start: match.index, end: match.index + match[0].length };
}

/** The value of a line without quotes and without the comment behind it. */
function plainValue(written: string): string {
  const value = written.trim();
  const quoted = /^(["'`])(.*?)\1\s*(?:#.*|,)?$/.exec(value);
  if (quoted !== null) return (quoted[2] ?? '').trim();
  return value
    .replace(/(^|\s)#.*$/, '')
    .replace(/^["'`]/, '')
    .trim();
}

const SECRET_NAME =
  /(^|_)(PASSWORDS?|PASSWD|PASSPHRASE|PASS|PWD|SECRETS?|TOKENS?|API_?KEYS?|CREDENTIALS?|SALT|PEPPER|PRIVATE_?KEY|ACCESS_?KEY|SECRET_?KEY|ENCRYPTION_?KEY|SIGNING_?KEY|MASTER_?KEY|AUTH_?KEY|ACCOUNT_?KEY|JWT_?KEY|CONNECTION_STRING|AUTHTOKEN|PAT)(_|$)/;
/** A name that goes on like this speaks about a secret and does not hold one. */
const ABOUT_A_SECRET =
  /(_(FILE|PATH|DIR|URL|URI|HOST|PORT|NAME|USER|USERNAME|ID|KEY_ID|ARN|TTL|AGE|EXPIR\w*|EXPIRES?_\w+|LIFETIME|MINUTES|SECONDS|HOURS|DAYS|LENGTH|MIN|MAX|LIMITS?|COUNT|SIZE|TYPE|ALGORITHM|HEADER|PREFIX|SUFFIX|FIELD|PARAM|ENDPOINT|ENABLED|DISABLED|REQUIRED|TIMEOUT|INTERVAL|ISSUER|AUDIENCE|POLICY|REGEX|HINT|RESET|LABEL|PLACEHOLDER|PROVIDER|MODE)|^(ENABLE|DISABLE|ALLOW|USE|MAX|MIN|NUM)_.*)$|PUBLIC|PUBLISHABLE|SITE_?KEY|TOKENS?_(LIMIT|PER|COUNT)|TOKENIZER/;

const KNOWN_FORMATS: readonly RegExp[] = [
  /\bAKIA(?![A-Z0-9]*EXAMPLE)[A-Z0-9]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{60,}\b/,
  /\bglpat-[\w-]{20,}/,
  /\b[sr]k_live_[A-Za-z0-9]{20,}/,
  /\bsk-(?:proj-|ant-|svcacct-)?[\w-]{32,}/,
  /\bxox[abeprs]-[\w-]{20,}/,
  /\bAIza[\w-]{35}\b/,
  /\bSG\.[\w-]{22}\.[\w-]{43}\b/,
  /\b(?:npm_[A-Za-z0-9]{36}|pypi-[\w-]{50,}|hf_[A-Za-z]{34}|dop_v1_[a-f0-9]{64}|shpat_[a-f0-9]{32})\b/,
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----[\w+/=\s\\]{100}/,
];

const PLACEHOLDER =
  /change[-_ ]?(?:me|this|it)|replace|^your|your[-_]|^my[-_]?|example|placeholder|dummy|sample|insert|fixme|todo|default|secret[-_]?key|^x+$|\*{3}|\.\.\.|<.*>|not[-_ ]?(?:a[-_ ])?(?:real|secret)|^(?:test|dev|local|fake|none|null)\b|^(?:123)+/i;
/** Stands for a value that is kept elsewhere, or encrypted. */
const REFERENCE = /^\$|^encrypted:|^vault:|^ENC\[|^op:\/\/|^arn:|^\{\{|^!|^projects\/[^/]+\/secrets\//;
const CREDENTIALS_IN_URL = /^[a-z][a-z0-9+.-]*:\/\/([^\s:/@]*):([^\s/@]+)@([^\s:/?]+)/i;
const LOCAL_HOST = /^(?:localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal)|^[^.]+$/;

function strengthOf(writtenName: string, value: string): SecretEntry['strength'] | undefined {
  if (REFERENCE.test(value)) return undefined;
  const name = writtenName
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[.-]/g, '_')
    .toUpperCase();
  const isPublic = /^(VITE|NEXT_PUBLIC|NUXT_PUBLIC|REACT_APP|PUBLIC|EXPO_PUBLIC|GATSBY|VUE_APP|NG_APP)_/.test(name);
  if (isPublic) return undefined;
  if (KNOWN_FORMATS.some(format => format.test(value))) return 'known';

  const url = CREDENTIALS_IN_URL.exec(value);
  if (url !== null) return urlStrength(url[1] ?? '', url[2] ?? '', url[3] ?? '');
  if (!SECRET_NAME.test(name) || ABOUT_A_SECRET.test(name) || isPlainSetting(value)) return undefined;
  return isIrregular(value) ? 'likely' : 'weak';
}

function urlStrength(user: string, password: string, host: string): SecretEntry['strength'] | undefined {
  if (/^[${<]/.test(password)) return undefined;
  return LOCAL_HOST.test(host) || password === user || !isIrregular(password) ? 'weak' : 'likely';
}

function isPlainSetting(value: string): boolean {
  return /^(?:true|false|yes|no|on|off|null|none|\d{1,5})$/i.test(value);
}

/** Long, of several kinds of characters, and no phrase that says what should stand there. */
function isIrregular(value: string): boolean {
  if (value.length < 10 || PLACEHOLDER.test(value) || /\s/.test(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter(kind => kind.test(value)).length;
  const distinct = new Set(value).size;
  const isWords = /^[a-z]+(?:[-_:.][a-z]+)*$/i.test(value) && kinds < 3;
  return kinds >= 2 && distinct >= 7 && !isWords;
}
