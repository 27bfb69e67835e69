import { isPlaceholder } from './placeholder.ts';
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
    isSecret(user, decoded(password), host),
  );
}

function isSecret(user: string, password: string, host: string): boolean {
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
