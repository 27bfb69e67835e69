import { isPlaceholder } from './placeholder.ts';
import { isClearlySecret } from './secret-names.ts';
import { isRandom, isStrongPassword } from './strength.ts';

const CREDENTIALS = /\b[a-z][a-z0-9+.-]*:\/\/([^\s:@/?#'"]*):([^\s@/?#'"]+)@([A-Za-z0-9_.-]+|\[[0-9a-f:]+\])/gi;
/** Machines of the developer, of documentation, and of a composition of containers. */
const NOWHERE =
  /^(?:localhost|127\.|0\.0\.0\.0|\[|10\.|172\.|192\.168\.|host\.docker)|(?:^|\.)(?:example(?:\.\w+)?|test|invalid|localhost|local)$|^[^.]+$/i;
const MIN_LENGTH = 6;

/** Whether a text holds an address with a password in it that opens something. */
export function hasUrlPassword(text: string): boolean {
  if (!text.includes('://') || !text.includes('@')) return false;
  return [...text.matchAll(CREDENTIALS)].some(([, user = '', password = '', host = '']) =>
    opensSomething({ user, password: decoded(password), host }),
  );
}

const QUERY = /\bhttps?:\/\/([^\s/?#:@'"]+)[^\s?#'"]*\?([^\s#'"]+)/gi;

/** Whether a text holds an address whose query names a secret and gives its value: `?api_key=…`. */
export function hasUrlSecret(text: string): boolean {
  if (!text.includes('://') || !text.includes('?')) return false;
  return [...text.matchAll(QUERY)].some(
    ([, host = '', query = '']) => !NOWHERE.test(host) && query.split('&').some(isSecretParameter),
  );
}

function isSecretParameter(parameter: string): boolean {
  const [name = '', value = ''] = parameter.split('=', 2);
  return isClearlySecret(name) && isRandom(decoded(value)) && !isPlaceholder(value);
}

/** Who may enter where, as an address or a connection string says it; empty where it does not. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
  readonly host: string;
}

/** Whether a password is none of those that everyone tries first, and the machine none of the developer's own. */
export function opensSomething({ user, password, host }: Credentials): boolean {
  if (isPlaceholder(password) || password.toLowerCase() === user.toLowerCase()) return false;
  if (/^(?:pass|pwd|pw|user|admin|root|\w{0,3})$/i.test(password)) return false;
  if (NOWHERE.test(host))
    return (
      isRandom(password) ||
      (isStrongPassword(password) && !/^(?:localhost|127\.)|example\.(?:com|org|net)$/i.test(host))
    );
  return (
    password.length >= MIN_LENGTH &&
    /[a-z]/i.test(password) &&
    (isStrongPassword(password) || /\d/.test(password) || password.length >= 8)
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign belongs to the password.
    return text;
  }
}
