import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMarker } from '../../../server/src/syntax/manifest/marker.ts';
import { parseRequirement, type Requirement } from '../../../server/src/syntax/manifest/requirement.ts';
import { sliceOf } from '../../../server/src/syntax/manifest/source-text.ts';

function parse(text: string): ReturnType<typeof parseRequirement> {
  return parseRequirement(sliceOf(text, 0, text.length));
}

function parsed(text: string): Requirement {
  const result = parse(text);
  if (result.kind === 'error') throw new Error(`${text}: ${result.message}`);
  return result;
}

describe('a PEP 508 requirement', () => {
  test('has a normalised name, extras, a specifier and a marker, each at its place', () => {
    const text = '  Shop_API.Client [redis, http2] >= 1.2, != 1.3.* ; python_version < "3.12"';

    const requirement = parsed(text);

    expect(requirement).toMatchObject({
      name: 'shop-api-client',
      extras: ['redis', 'http2'],
      specifier: '>= 1.2, != 1.3.*',
      versions: [
        [
          { operator: '>=', version: '1.2' },
          { operator: '!=', version: '1.3.*' },
        ],
      ],
      marker: 'python_version < "3.12"',
      range: { start: 2, end: text.length },
    });
    expect(text.slice(requirement.specifierRange.start, requirement.specifierRange.end)).toBe('>= 1.2, != 1.3.*');
  });

  test('without a version leaves the place where one would stand', () => {
    expect(parsed('catalogue[fast]; os_name == "nt"')).toMatchObject({
      specifier: '',
      specifierRange: { start: 15, end: 15 },
    });
  });

  test('may put the version in brackets', () => {
    expect(parsed('catalogue (>=2,<3)')).toMatchObject({ specifier: '>=2,<3', specifierRange: { start: 11, end: 17 } });
  });

  test('may name a URL, whose semicolons are not markers', () => {
    expect(parsed('orders @ https://shop.example/orders-1.0.zip;v=2 ; extra == "orders"')).toMatchObject({
      url: 'https://shop.example/orders-1.0.zip;v=2',
      marker: 'extra == "orders"',
    });
  });

  test.each(['', '>=1', 'orders >', 'orders 1.0', 'orders[redis', 'orders (>=1', 'orders; colour == "red"', 'orders;'])(
    'is not what `%s` is',
    text => {
      expect(parse(text).kind).toBe('error');
    },
  );

  test('never throws and never leaves the text', () => {
    const piece = fc.constantFrom(
      'orders',
      '[',
      ']',
      ',',
      '>=',
      '==',
      '1.0',
      '.*',
      ';',
      '@',
      'python_version',
      '"3"',
      '(',
      ')',
      ' ',
      'and',
      "'",
      '\\',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map(pieces => pieces.join('')),
        ),
        text => {
          const { range } = parse(text);
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeLessThanOrEqual(text.length);
          expect(range.start).toBeLessThanOrEqual(range.end);
        },
      ),
    );
  });

  test('gives back what it was made of', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
    const clause = fc
      .tuple(fc.constantFrom('==', '!=', '>=', '<=', '<', '>', '~='), fc.stringMatching(/^[1-9](\.[0-9]{1,2}){1,2}$/))
      .map(parts => parts.join(''));
    const space = fc.constantFrom('', ' ', '  ');
    fc.assert(
      fc.property(
        name,
        fc.uniqueArray(name, { maxLength: 2 }),
        fc.array(clause, { minLength: 1, maxLength: 3 }),
        space,
        (packageName, extras, clauses, gap) => {
          const brackets = extras.length > 0 ? `[${extras.join(`${gap},${gap}`)}]` : '';
          const specifier = clauses.join(`${gap},${gap}`);
          const text = `${packageName}${gap}${brackets}${gap}${specifier}${gap}; sys_platform == 'linux'`;
          const requirement = parsed(text);
          expect(requirement).toMatchObject({
            name: packageName,
            extras,
            specifier,
            marker: "sys_platform == 'linux'",
          });
          expect(text.slice(requirement.specifierRange.start, requirement.specifierRange.end)).toBe(specifier);
        },
      ),
    );
  });
});

describe('an environment marker', () => {
  test('binds `and` tighter than `or`, and brackets tighter than both', () => {
    const a = { kind: 'comparison', variable: 'os_name', operator: '==', value: 'a' };
    const b = { ...a, value: 'b' };
    const c = { ...a, value: 'c' };

    expect(parseMarker('os_name=="a" or os_name=="b" and os_name=="c"')).toEqual({
      kind: 'or',
      operands: [a, { kind: 'and', operands: [b, c] }],
    });
    expect(parseMarker('(os_name=="a" or os_name=="b") and os_name=="c"')).toEqual({
      kind: 'and',
      operands: [{ kind: 'or', operands: [a, b] }, c],
    });
  });

  test('is turned so that its variable stands on the left', () => {
    expect(parseMarker("'3.9' <= python_version")).toEqual({
      kind: 'comparison',
      variable: 'python_version',
      operator: '>=',
      value: '3.9',
    });
    expect(parseMarker("'linux' in sys.platform")).toMatchObject({ variable: 'sys_platform', operator: 'contains' });
    expect(parseMarker("python_version not  in '2.7 3.5'")).toMatchObject({ operator: 'not in' });
  });

  test('nested deeper than anybody writes is refused instead of filling the stack', () => {
    expect(parseMarker(`${'('.repeat(100_000)}os_name=="a"`)).toBeUndefined();
  });
});
