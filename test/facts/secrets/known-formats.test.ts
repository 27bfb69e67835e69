import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checksumOf, hasValidChecksum } from '../../../server/src/facts/secrets/checksum.ts';
import { findKnownSecret } from '../../../server/src/facts/secrets/formats.ts';
import { hasUrlPassword } from '../../../server/src/facts/secrets/url-credentials.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.split('');

// Tokens are put together here, so that no file of the repository holds one whole.
const payload = fc
  .array(fc.constantFrom(...LETTERS), { minLength: 30, maxLength: 30 })
  .map(characters => characters.join(''));

test('the checksum of a published token comes out as printed', () => {
  expect(checksumOf('zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ')).toBe('0mLq17');
});

test('every token with its checksum is found, alone and inside of a text', () => {
  fc.assert(
    fc.property(payload, fc.constantFrom('ghp_', 'gho_', 'ghs_', 'npm_'), (body, prefix) => {
      const token = `${prefix}${body}${checksumOf(body)}`;
      expect(hasValidChecksum(token)).toBe(true);
      expect(findKnownSecret(token)?.isWhole).toBe(true);
      expect(findKnownSecret(`Authorization: Bearer ${token}`)?.isWhole).toBe(false);
    }),
  );
});

test('a token with one changed character is none', () => {
  fc.assert(
    fc.property(payload, fc.nat({ max: 29 }), (body, at) => {
      const other = body[at] === 'a' ? 'b' : 'a';
      const changed = body.slice(0, at) + other + body.slice(at + 1);
      expect(findKnownSecret(`ghp_${changed}${checksumOf(body)}`)).toBeUndefined();
    }),
  );
});

const BODY = 'q8Zt2LvX0pRn4mWc7YaK9sDeT5uJ1hGfB3xN6iOkPzQwEyVrCMlSb8AjdUg0I5HFq8Zt2LvX0pRn4mWc7YaK9sDeT5uJ1hGf';
const HEX = 'f3a91c07be42d86590afc13e7d2b8461';

test.each([
  ['GitHub token', `github_pat_${BODY.slice(0, 22)}_${BODY.slice(0, 59)}`],
  ['GitLab token', `glpat-${BODY.slice(0, 20)}`],
  ['Slack token', `xoxb-918273645018-827364501928-${BODY.slice(0, 24)}`],
  ['AWS access key', ['AKIA', 'Q3RZT7XW5NVB2LMD'].join('')],
  ['Stripe key', `sk_live_${BODY.slice(0, 24)}`],
  ['Google API key', `AIza${BODY.slice(0, 35)}`],
  ['OpenAI API key', `sk-proj-${BODY.slice(0, 64)}`],
  ['Anthropic API key', `sk-ant-api03-${BODY.slice(0, 90)}`],
  ['SendGrid API key', `SG.${BODY.slice(0, 22)}.${BODY.slice(0, 43)}`],
  ['PyPI token', `pypi-AgEIcHlwaS5vcmc${BODY}`],
  ['DigitalOcean token', `dop_v1_${HEX}${HEX}`],
  ['Shopify token', `shpat_${HEX}`],
  ['Telegram bot token', `918273645:AA${BODY.slice(0, 33)}`],
  ['Mailgun key', `key-${HEX}`],
  ['Azure storage key', `AccountName=books;AccountKey=${BODY.slice(0, 86)}==`],
])('finds a %s, and none of crosses', (description, token) => {
  expect(findKnownSecret(token)?.description).toBe(description);
  expect(findKnownSecret(token.replace(/[A-Za-z0-9]{12}(?==*$)/, 'x'.repeat(12)))).toBeUndefined();
});

test('keys that documentation prints open nothing', () => {
  expect(findKnownSecret(['AKIA', 'IOSFODNN7EXAMPLE'].join(''))).toBeUndefined();
});

test.each([
  ['postgresql://shop:Vr7kQ2nXe9@db.bookshop.internal/orders', true],
  ['redis://:Vr7kQ2nXe9@cache.bookshop.internal:6379/0', true],
  ['postgresql://shop:Vr7kQ2nXe9@localhost/orders', false],
  ['postgresql://shop:shop@db.bookshop.internal/orders', false],
  ['postgresql://shop:changeme@db.bookshop.internal/orders', false],
  ['postgresql://shop:{password}@db.bookshop.internal/orders', false],
  ['https://bookshop.internal/authors/@shop:8080', false],
])('tells whether %s holds a password: %s', (address, expected) => {
  expect(hasUrlPassword(address)).toBe(expected);
});
