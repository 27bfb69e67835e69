import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checksumOf, hasValidChecksum } from '../../../server/src/facts/secrets/checksum.ts';
import { findKnownSecret } from '../../../server/src/facts/secrets/formats.ts';
import { hasConnectionPassword } from '../../../server/src/facts/secrets/connection-string.ts';
import { hasUrlPassword, hasUrlSecret } from '../../../server/src/facts/secrets/url-credentials.ts';

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
  ['HashiCorp Vault token', `hvs.${BODY.slice(0, 30)}`],
  ['HCP Terraform token', `${BODY.slice(0, 14)}.atlasv1.${BODY.slice(0, 67)}`],
  ['Databricks token', `dapi${HEX}`],
  ['Grafana token', `glsa_${BODY.slice(0, 32)}_${HEX.slice(0, 8)}`],
  ['Dynatrace token', `dt0c01.${BODY.slice(0, 24).toUpperCase()}.${BODY.slice(0, 64).toUpperCase()}`],
  ['New Relic key', `NRAK-${BODY.slice(0, 27).toUpperCase()}`],
  ['Docker token', `dckr_pat_${BODY.slice(0, 27)}`],
  ['Linear API key', `lin_api_${BODY.slice(0, 40)}`],
  ['Notion token', `ntn_${BODY.slice(0, 46)}`],
  ['Postman API key', `PMAK-${HEX.slice(0, 24)}-${HEX}${HEX.slice(0, 2)}`],
  ['Groq API key', `gsk_${BODY.slice(0, 52)}`],
  ['OpenRouter API key', `sk-or-v1-${HEX}${HEX}`],
  ['Mailchimp API key', `${HEX}-us14`],
  ['Azure storage key', `AccountName=books;AccountKey=${BODY.slice(0, 86)}==`],
])('finds a %s, and none of crosses', (description, token) => {
  expect(findKnownSecret(token)?.description).toBe(description);
  expect(findKnownSecret(token.replace(/[A-Za-z0-9]{12}(?==*$|[_-]\w{1,8}$)/, 'x'.repeat(12)))).toBeUndefined();
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

test.each([
  ['host=db.bookshop.internal user=shop password=Vr7kQ2nXe9', true],
  ["dbname=orders host=db.bookshop.internal user=shop password='Vr7kQ2nXe9'", true],
  ['Server=tcp:db.bookshop.internal,1433;User ID=shop;Pwd=Vr7kQ2nXe9;', true],
  ['Data Source=db.bookshop.internal;Uid=shop;Pwd={Vr7kQ2nXe9}', false],
  ['Server=localhost;User ID=shop;Password=Vr7kQ2nXe9', false],
  ['host=db.bookshop.internal user=shop password=shop', false],
  ['host=db.bookshop.internal user=shop password=%s', false],
  ['user=shop password=Vr7kQ2nXe9', false],
  ['Write password=Vr7kQ2nXe9 for the user of the host', false],
])('tells whether the connection string %s holds a password: %s', (text, expected) => {
  expect(hasConnectionPassword(text)).toBe(expected);
});

test.each([
  [`https://covers.bookshop.internal/v1?size=2&api_key=${BODY.slice(0, 24)}`, true],
  [`https://covers.bookshop.internal/v1?client_secret=${BODY.slice(0, 24)}#top`, true],
  [`https://covers.bookshop.internal/v1?page_token=${BODY.slice(0, 24)}`, false],
  [`https://covers.bookshop.internal/v1?token=${BODY.slice(0, 24)}`, false],
  [`https://covers.example.com/v1?api_key=${BODY.slice(0, 24)}`, false],
  ['https://covers.bookshop.internal/v1?api_key=YOUR_API_KEY_1', false],
])('tells whether the query of %s holds a secret: %s', (text, expected) => {
  expect(hasUrlSecret(text)).toBe(expected);
});
