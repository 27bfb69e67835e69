import { secretKnowledge, type SecretNameKind } from '../../knowledge/secrets.ts';
import { runsOf } from './words.ts';

/** Words after the one that says what the value is: `API_KEY_PROD`, `password2`. */
const QUALIFIER =
  /^(?:prod|production|dev|development|staging|stage|live|local|primary|secondary|main|current|old|new|value|str|string|text|raw|bytes|b64|base64|hex|v|\d+)$/;
const LONGEST_NAME = 3;

/** What a name says about its value; undefined when it says nothing of a secret, or that it is none. */
export function kindOfName(name: string): SecretNameKind | undefined {
  const words = runsOf(name).map(word => word.toLowerCase());
  if (words.some(word => secretKnowledge.harmless.has(word))) return undefined;
  while (words.length > 1 && QUALIFIER.test(words.at(-1) ?? '')) words.pop();
  for (let count = LONGEST_NAME; count > 0; count--) {
    const kind = words.length < count ? undefined : secretKnowledge.names.get(words.slice(-count).join(' '));
    if (kind) return kind;
  }
  return undefined;
}

/** Whether nothing but a secret goes by such a name; `token` and `auth` go for other things too. */
export function isClearlySecret(name: string): boolean {
  const last = runsOf(name)
    .slice(-2)
    .map(word => word.toLowerCase());
  if (kindOfName(name) === undefined) return false;
  return last.length === 2 ? last.join(' ') !== 'auth' : !['token', 'auth', 'authorization'].includes(last[0] ?? '');
}

/** Whether a name of several words says which secret it is, as `MAIL_API_KEY` does, and `KEY` and `hook` don't. */
export function saysWhatItHolds(name: string): boolean {
  const words = runsOf(name).map(word => word.toLowerCase());
  return (
    words.length > 1 && /^(?:key|token|secret|password|id|pat|url|dsn|string|webhook|hook)s?$/.test(words.at(-1) ?? '')
  );
}

/** A name in upper snake case: `API_KEY` for `apiKey`, `api-key` and `api_key`; undefined without letters. */
export function environmentNameOf(name: string): string | undefined {
  const upper = runsOf(name).join('_').toUpperCase();
  return /^[A-Z][A-Z0-9_]*$/.test(upper) ? upper : undefined;
}

/** `API_KEY` for `API_KEYS`. */
export function singularOf(name: string): string {
  return /[^s]s$/i.test(name) ? name.slice(0, -1) : name;
}
