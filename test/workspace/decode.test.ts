import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText, encodeText, findExceededLimit, type DecodedText } from '../../server/src/workspace/decode.ts';

function bytes(...parts: readonly (string | number[])[]): Uint8Array {
  return Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part, 'utf8') : Buffer.from(part))));
}

function textOf(decoded: DecodedText): string {
  return decoded.kind === 'text' ? decoded.text : `not measured: ${decoded.reason}`;
}

test('a byte order mark is no part of the text, and line endings stay', () => {
  const decoded = decodeText('orders.py', bytes([0xef, 0xbb, 0xbf], 'price = "é"\r\n'));

  expect(decoded).toMatchObject({ kind: 'text', text: 'price = "é"\r\n', bom: true });
});

test.each([
  ['latin-1', [0xe9, 0x85], 'é\u0085'],
  ['cp1252', [0xe9, 0x85], 'é…'],
  ['iso-8859-15', [0xa4], '€'],
  ['utf_8', [0xc3, 0xa9], 'é'],
  ['koi8_r', [0xc1], 'а'],
  ['shift_jis', [0x96, 0x7b], '本'],
])('a coding line %s decides in the first or second line', (name, raw, expected) => {
  expect(textOf(decodeText('shop.py', bytes(`# -*- coding: ${name} -*-\nx = "`, raw, '"\n')))).toContain(
    `"${expected}"`,
  );
  expect(
    textOf(decodeText('shop.py', bytes(`#!/usr/bin/python\r\n# vim: fileencoding=${name}\r\nx = "`, raw, '"'))),
  ).toContain(expected);
});

test('a coding line after code, or in another language, does not count', () => {
  const afterCode = decodeText('shop.py', bytes('x = 1\n# coding: latin-1\n"', [0xe9], '"\n'));
  const inYaml = decodeText('shop.yml', bytes('# coding: latin-1\na: "', [0xe9], '"\n'));

  expect(textOf(afterCode)).toBe('not measured: The file is not valid UTF-8 and declares no other encoding.');
  expect(textOf(inYaml)).toContain('not valid UTF-8');
});

test('an encoding that nobody knows, and bytes that it cannot have, are named', () => {
  expect(textOf(decodeText('a.py', bytes('# coding: klingon\n')))).toBe(
    'not measured: The encoding `klingon` that the file declares is not known.',
  );
  expect(textOf(decodeText('a.py', bytes('# coding: ascii\n"', [0xe9], '"')))).toBe(
    'not measured: The file is not valid ASCII, which it declares.',
  );
});

test.each([
  ['little endian', [0xff, 0xfe, 0x78, 0, 0xe9, 0]],
  ['big endian', [0xfe, 0xff, 0, 0x78, 0, 0xe9]],
])('UTF-16 in %s order is read by its mark', (_, raw) => {
  expect(decodeText('shop.ps1', bytes(raw))).toMatchObject({ kind: 'text', text: 'xé', bom: true });
});

test('binary files are no text', () => {
  expect(textOf(decodeText('logo.py', bytes('\x89PNG', [0, 1, 2])))).toBe(
    'not measured: The file is binary, not text.',
  );
  expect(textOf(decodeText('utf32.py', bytes([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0])))).toContain('binary');
});

test('a file over 1 MB is not measured, counted in UTF-8 whatever the encoding', () => {
  const line = 'x = 1\n';
  const limit = line.repeat(166_666);

  expect(textOf(decodeText('a.py', bytes(limit)))).toBe(limit);
  expect(textOf(decodeText('a.py', bytes(limit, line)))).toBe('not measured: The file is larger than 1 MB.');
  expect(textOf(decodeText('a.py', Buffer.alloc(3_000_000, 'x')))).toBe('not measured: The file is larger than 1 MB.');
  expect(findExceededLimit('本\n'.repeat(250_001))).toBe('The file is larger than 1 MB.');
  expect(findExceededLimit('本\n'.repeat(249_000))).toBeUndefined();
});

test('a line over 10,000 characters is not measured', () => {
  expect(findExceededLimit(`a\n${'x'.repeat(10_000)}\r\nb`)).toBeUndefined();
  expect(findExceededLimit(`a\n${'x'.repeat(10_001)}\nb`)).toBe('A line is longer than 10,000 characters.');
  expect(findExceededLimit('x\r'.repeat(20_000))).toBeUndefined();
});

test('what was decoded encodes to the same bytes', () => {
  const declared = fc.constantFrom('', '# coding: latin-1\n', '# coding: cp1252\n', '# coding: gbk\n', '\uFEFF');
  fc.assert(
    fc.property(declared, fc.uint8Array({ maxLength: 60 }), (head, tail) => {
      const raw = bytes(head, [...tail]);
      const decoded = decodeText('shop.py', raw);
      if (decoded.kind !== 'text') return;
      const encoded = encodeText(decoded.text, decoded);
      if (encoded === undefined) expect(decoded.encoding.name).toBe('gbk');
      else expect([...encoded]).toEqual([...raw]);
    }),
  );
});

test('a character that the encoding lacks cannot be written', () => {
  const decoded = decodeText('shop.py', bytes('# coding: latin-1\n'));

  expect(decoded.kind === 'text' && encodeText('price = "€"', decoded)).toBeUndefined();
});
