import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cleanReason,
  commentStyleOf,
  printSuppression,
} from '../../../server/src/engine/suppressions/print-suppression.ts';
import { parse } from './support.ts';

/** Each suppression as `scope line: ids | reason`, lines 1-based. */
function summary(text: string): readonly string[] {
  return parse(text).suppressions.map(({ scope, line, ruleIds, reason }) => {
    const where = scope === 'file' ? 'file' : `line ${(line ?? -1) + 1}`;
    return `${where}: ${ruleIds.join(' ')} | ${reason ?? ''}`;
  });
}

describe('a suppression comment', () => {
  test('behind code covers its line', () => {
    expect(summary('pay()\nship()  # readiness: ignore[http-timeout] -- the post is slow\n')).toEqual([
      'line 2: http-timeout | the post is slow',
    ]);
  });

  test('on its own line covers the next one, other comments in between left out', () => {
    const text = [
      'def order():',
      '    # readiness: ignore[unpaid-order] -- a gift',
      '    # readiness: ignore[late-delivery]',
      '    # Gifts are sent at once.',
      '    ship()',
      '    pay()',
    ].join('\r\n');

    expect(summary(text)).toEqual(['line 5: unpaid-order | a gift', 'line 5: late-delivery | ']);
  });

  test('does not reach over an empty line', () => {
    expect(summary('# readiness: ignore[unpaid-order]\n\nship()\n')).toEqual(['line 2: unpaid-order | ']);
  });

  test('for the file may stand anywhere', () => {
    expect(summary('ship()  # readiness: ignore-file[unpaid-order, late-delivery] -- gifts only\n')).toEqual([
      'file: unpaid-order late-delivery | gifts only',
    ]);
  });

  test('shares a comment with other tools', () => {
    expect(summary('ship()  # noqa: E501  # readiness: ignore[unpaid-order] -- gift #4  # type: ignore\n')).toEqual([
      'line 1: unpaid-order | gift #4',
    ]);
    expect(
      summary('ship(); // eslint-disable-line // readiness: ignore[unpaid-order] -- see https://shop.example // x'),
    ).toEqual(['line 1: unpaid-order | see https://shop.example']);
  });

  test('is read in every style of comment', () => {
    expect(summary('// readiness: ignore[unpaid-order] -- gift\nship();\n')).toEqual(['line 2: unpaid-order | gift']);
    expect(summary('ship(/* readiness: ignore[unpaid-order] -- gift */ order);\n')).toEqual([
      'line 1: unpaid-order | gift',
    ]);
    expect(summary('/* readiness: ignore[unpaid-order] */ ship();\n')).toEqual(['line 1: unpaid-order | ']);
    expect(summary('/**\n * Sends it.\n * readiness: ignore[unpaid-order] -- gift\n */\nship();\n')).toEqual([
      'line 5: unpaid-order | gift',
    ]);
    expect(summary('<!-- readiness: ignore[unpaid-order] -- gift -->\n<p/>\n')).toEqual([
      'line 2: unpaid-order | gift',
    ]);
  });

  test('in the braces of JSX covers the next line', () => {
    const text = '<p>\n  {/* readiness: ignore[unpaid-order] -- gift */}\n  <Order pay={ship} />\n</p>\n';
    expect(summary(text)).toEqual(['line 3: unpaid-order | gift']);
    expect(summary('<p>{/* readiness: ignore[unpaid-order] -- gift */}</p>\n')).toEqual([
      'line 1: unpaid-order | gift',
    ]);
  });

  test('knows the place of every id', () => {
    const text = 'ship()  # readiness: ignore[ unpaid-order ,late-delivery] -- gift\n';
    const [suppression] = parse(text).suppressions;

    expect(suppression?.idRanges.map(({ start, end }) => text.slice(start, end))).toEqual([
      'unpaid-order',
      'late-delivery',
    ]);
    expect(text.slice(suppression?.range.start, suppression?.range.end)).toBe(
      'readiness: ignore[ unpaid-order ,late-delivery] -- gift',
    );
  });
});

describe('a comment that was meant as a suppression', () => {
  test.each([
    '# readiness: ignore',
    '# readiness: ignore http-timeout',
    '# readiness: ignore[]',
    '# readiness: ignore[http-timeout,]',
    '# readiness: ignore[http timeout]',
    '# readiness: ignore[http-timeout] the post is slow',
    '# readiness: ignore[http-timeout] - slow',
    '# readiness: ignore[http-timeout] --',
    '# readiness: ignore(http-timeout)',
    '# readiness: ignore: http-timeout',
    '# readiness: ignore-line[http-timeout]',
    '# Readiness: Ignore[http-timeout]',
    '# readiness ignore[http-timeout]',
  ])('is malformed: %s', comment => {
    const { suppressions, malformed } = parse(`ship()  ${comment}\n`);

    expect(suppressions).toEqual([]);
    expect(malformed).toHaveLength(1);
  });

  test.each([
    '# readiness: the probe answers at /ready',
    '# readiness: ignored by the balancer',
    '# readiness: ignore the first answer of the probe',
    '# The readiness: ignore[…] comments are explained in the manual',
    '# See "# readiness: ignore[http-timeout]" in the manual',
    '# noqa: E501',
    '# pragma: no cover',
  ])('is told from prose: %s', comment => {
    expect(parse(`ship()  ${comment}\n`)).toEqual({ suppressions: [], malformed: [] });
  });
});

describe('printing', () => {
  const id = fc.stringMatching(/^[a-z]{1,6}(-[a-z0-9]{1,5}){0,3}$/);
  const reason = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          'gift',
          '#',
          '# noqa',
          '#noqa',
          '//',
          '*/',
          '--',
          '-->',
          '<!--',
          '[a]',
          '\n',
          ' ',
          '\u2028',
          '📚',
        ),
      )
      .map(words => words.join(' ')),
  );

  test('and parsing give the suppression back, in every style', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<'line' | 'file'>('line', 'file'),
        fc.array(id, { minLength: 1, maxLength: 3 }),
        reason,
        fc.constantFrom('shop.py', 'shop.ts', 'shop.md'),
        (scope, ruleIds, why, path) => {
          const style = commentStyleOf(path)!;
          const { suppressions, malformed } = parse(printSuppression(scope, ruleIds, why, style));

          expect(malformed).toEqual([]);
          expect(suppressions).toMatchObject([{ scope, ruleIds, reason: cleanReason(why) || undefined }]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('cleans a reason once and for all', () => {
    fc.assert(fc.property(reason, why => cleanReason(cleanReason(why)) === cleanReason(why)));
  });

  test('knows no comments in JSON', () => {
    expect(commentStyleOf('package.json')).toBeUndefined();
    expect(commentStyleOf('deploy/Dockerfile.prod')?.trailing).toBe(false);
    expect(commentStyleOf('requirements.txt')?.trailing).toBe(true);
  });
});
