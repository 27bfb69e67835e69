import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSecretUnderName } from '../../../server/src/facts/secrets/named-value.ts';
import { environmentNameOf, kindOfName } from '../../../server/src/facts/secrets/secret-names.ts';

test.each([
  ['db_password', 'password'],
  ['smtpPassword', 'password'],
  ['PAYMENT_API_KEY_PROD', 'key'],
  ['X-Api-Key', 'key'],
  ['client_secret', 'key'],
  ['accessToken', 'token'],
  ['token_url', undefined],
  ['password_hash', undefined],
  ['public_key', undefined],
  ['cache_key', undefined],
  ['next_token', undefined],
  ['secretary', undefined],
])('the name %s says %s', (name, kind) => {
  expect(kindOfName(name)).toBe(kind);
});

test.each([
  ['apiKey', 'API_KEY'],
  ['X-Api-Key', 'X_API_KEY'],
  ['db.password', 'DB_PASSWORD'],
  ['2fa', undefined],
])('the variable for %s is %s', (name, variable) => {
  expect(environmentNameOf(name)).toBe(variable);
});

test('words and what is made of them are no keys, whatever stands between', () => {
  const word = fc.constantFrom('orders', 'books', 'Shelf', 'customer', 'Invoice', 'v2', '2024', 'shop', 'READER');
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.constantFrom('-', '_', '.', '/'), (words, sign) => {
      expect(isSecretUnderName('api_key', words.join(sign))).toBe(false);
    }),
  );
});

test('nearly all random keys are found', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.split('');
  const key = fc.array(fc.constantFrom(...letters), { minLength: 40, maxLength: 40 }).map(found => found.join(''));
  const keys = fc.sample(key, { numRuns: 500, seed: 7 }).filter(text => new Set(text).size > 20);
  const missed = keys.filter(text => !isSecretUnderName('api_key', text));
  expect(missed.length / keys.length).toBeLessThan(0.05);
});

test('a number of a thing counts as a secret only under a name that says so', () => {
  const uuid = '7b1d9c52-0f63-4c1e-9a58-2e6d40b7f319';
  expect(isSecretUnderName('client_secret', uuid)).toBe(true);
  expect(isSecretUnderName('token', uuid)).toBe(false);
});

test('the token of visitors who have not signed in is public', () => {
  const token = (payload: string): string =>
    ['{"alg":"HS256"}', payload].map(part => Buffer.from(part).toString('base64url')).join('.') +
    '.q8Zt2LvX0pRn4mWc7YaK9sDeT5uJ1hGf';
  expect(isSecretUnderName('service_role_key', token('{"role":"service_role"}'))).toBe(true);
  expect(isSecretUnderName('service_role_key', token('{"role":"anon"}'))).toBe(false);
});
