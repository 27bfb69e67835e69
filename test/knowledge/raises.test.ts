import { describe, expect, test } from 'vitest';
import { raiseKnowledge } from '../../server/src/knowledge/raises.ts';

const STANDARD_LIBRARY =
  'builtins json os pathlib shutil tempfile subprocess socket ssl select urllib http smtplib ftplib csv sqlite3 asyncio ' +
  'concurrent threading queue datetime time zoneinfo decimal fractions uuid base64 binascii hashlib hmac struct pickle ' +
  'zlib gzip zipfile tarfile importlib configparser tomllib xml html email re logging locale getpass ipaddress inspect ' +
  'ast codecs mimetypes';

describe('what the standard library raises', () => {
  test.each(STANDARD_LIBRARY.split(' '))('is known of %s', module => {
    expect([...raiseKnowledge.raises.keys()].some(name => name.startsWith(`${module}.`))).toBe(true);
  });
});

test('more than 600 callables are known to raise something', () => {
  const raising = [...raiseKnowledge.raises.values()].filter(types => types.length > 0);
  expect(raising.length).toBeGreaterThan(600);
});

test('conditions and methods speak of callables that are known', () => {
  const named = [...raiseKnowledge.conditions.keys(), ...raiseKnowledge.methods.values()];
  expect(named.filter(name => !raiseKnowledge.raises.has(name))).toEqual([]);
});

test('conditions speak of types that the callable raises', () => {
  const odd = [...raiseKnowledge.conditions].filter(([name, conditions]) =>
    conditions.every(({ types }) => !types.some(type => raiseKnowledge.raises.get(name)?.includes(type))),
  );
  expect(odd).toEqual([]);
});
