import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits, LineIndex, type TextRange } from '../../../server/src/core/text.ts';
import { applySuppressions } from '../../../server/src/engine/suppressions/apply-suppressions.ts';
import { suppressEdits, type SuppressRequest } from '../../../server/src/engine/suppressions/suppress-edit.ts';
import { commentsOf, findingAt, parse } from './support.ts';

/** The stretches that the strings of {@link commentsOf} cover. */
function literalsOf(text: string): readonly TextRange[] {
  return [...text.matchAll(/"""[^]*?"""|`[^`]*`/g)].map(match => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function suppress(text: string, needle: string, options: Partial<SuppressRequest> = {}): string {
  const edits = suppressEdits({
    path: 'shop/orders.py',
    text,
    comments: commentsOf(text),
    literals: literalsOf(text),
    ruleId: 'unpaid-order',
    range: findingAt(text, needle, 'unpaid-order').range,
    scope: 'line',
    reason: 'gift',
    ...options,
  });
  return applyEdits(text, edits);
}

describe('suppressing on the line', () => {
  test('writes a comment behind the code', () => {
    expect(suppress('pay()  \r\nship()\r\n', 'pay')).toBe(
      'pay()  # readiness: ignore[unpaid-order] -- gift\r\nship()\r\n',
    );
    expect(suppress('pay();', 'pay', { path: 'shop/orders.ts' })).toBe(
      'pay(); // readiness: ignore[unpaid-order] -- gift',
    );
  });

  test('follows the comment of another tool', () => {
    expect(suppress('pay()  # noqa: E501\n', 'pay')).toBe(
      'pay()  # noqa: E501  # readiness: ignore[unpaid-order] -- gift\n',
    );
  });

  test('writes above a long line, with its indentation', () => {
    const line = `\tpay(${'a'.repeat(80)})`;

    expect(suppress(`if gift:\r\n${line}\r\n`, 'pay')).toBe(
      `if gift:\r\n\t# readiness: ignore[unpaid-order] -- gift\r\n${line}\r\n`,
    );
  });

  test('extends a suppression that is there, and its reason', () => {
    expect(suppress('pay()  # readiness: ignore[late-delivery] -- slow\n', 'pay')).toBe(
      'pay()  # readiness: ignore[late-delivery, unpaid-order] -- slow; gift\n',
    );
    expect(suppress('# readiness: ignore[late-delivery]  # noqa\npay()\n', 'pay')).toBe(
      '# readiness: ignore[late-delivery, unpaid-order] -- gift  # noqa\npay()\n',
    );
    expect(suppress('pay()  # readiness: ignore[late-delivery] -- a gift\n', 'pay')).toBe(
      'pay()  # readiness: ignore[late-delivery, unpaid-order] -- a gift\n',
    );
  });

  test('does nothing when the finding is suppressed already', () => {
    for (const text of [
      'pay()  # readiness: ignore[unpaid-order]\n',
      '# readiness: ignore-file[unpaid-order]\npay()\n',
    ]) {
      expect(suppress(text, 'pay')).toBe(text);
    }
  });

  test('writes above a line that ends in a string or a backslash', () => {
    expect(suppress('def f():\n  pay("""\nbook\n""")\n', 'pay')).toBe(
      'def f():\n  # readiness: ignore[unpaid-order] -- gift\n  pay("""\nbook\n""")\n',
    );
    expect(suppress('pay() + \\\n  ship()\n', 'pay')).toBe(
      '# readiness: ignore[unpaid-order] -- gift\npay() + \\\n  ship()\n',
    );
  });

  test('writes behind a line that begins in a string or after a backslash', () => {
    expect(suppress('x = """\nbook""", pay()\n', 'pay')).toBe(
      'x = """\nbook""", pay()  # readiness: ignore[unpaid-order] -- gift\n',
    );
    expect(suppress('ship() + \\\n  pay()\n', 'pay')).toBe(
      'ship() + \\\n  pay()  # readiness: ignore[unpaid-order] -- gift\n',
    );
  });

  test('covers the file where the line can hold no comment', () => {
    expect(suppress('#!/usr/bin/python\nship() + \\\n  pay() + \\\n  1\n', 'pay')).toBe(
      '#!/usr/bin/python\n# readiness: ignore-file[unpaid-order] -- gift\nship() + \\\n  pay() + \\\n  1\n',
    );
  });

  test('never writes behind a value of a Dockerfile, and never into JSON', () => {
    expect(suppress('FROM pay\n', 'FROM', { path: 'Dockerfile' })).toBe(
      '# readiness: ignore[unpaid-order] -- gift\nFROM pay\n',
    );
    expect(suppress('{"pay": 1}', 'pay', { path: 'package.json' })).toBe('{"pay": 1}');
  });

  test('keeps a byte order mark in front', () => {
    expect(suppress(`\ufeffpay(${'a'.repeat(80)})\n`, 'pay')).toMatch(/^\ufeff# readiness: .*\npay\(/);
  });
});

describe('suppressing in the file', () => {
  test.each([
    ['ship()\npay()\n', ''],
    ['"""Orders."""\npay()\n', ''],
    ['#!/usr/bin/env python\n# -*- coding: latin-1 -*-\npay()\n', '#!/usr/bin/env python\n# -*- coding: latin-1 -*-\n'],
    ['\ufeffpay()\r\n', '\ufeff'],
  ])('writes a comment on top, behind what has to stay first: %j', (text, preamble) => {
    const eol = text.includes('\r\n') ? '\r\n' : '\n';

    expect(suppress(text, 'pay', { scope: 'file', reason: '' })).toBe(
      `${preamble}# readiness: ignore-file[unpaid-order]${eol}${text.slice(preamble.length)}`,
    );
  });

  test('keeps parser directives and front matter first', () => {
    expect(suppress('# syntax=docker/dockerfile:1\nFROM pay\n', 'FROM', { scope: 'file', path: 'Dockerfile' })).toBe(
      '# syntax=docker/dockerfile:1\n# readiness: ignore-file[unpaid-order] -- gift\nFROM pay\n',
    );
    expect(suppress('---\ntitle: Shop\n---\npay\n', 'pay', { scope: 'file', path: 'README.md' })).toBe(
      '---\ntitle: Shop\n---\n<!-- readiness: ignore-file[unpaid-order] -- gift -->\npay\n',
    );
  });

  test('extends a suppression that is there', () => {
    expect(suppress('# readiness: ignore-file[late-delivery] -- slow\npay()\n', 'pay', { scope: 'file' })).toBe(
      '# readiness: ignore-file[late-delivery, unpaid-order] -- slow; gift\npay()\n',
    );
  });
});

describe('on random files', () => {
  const line = fc.constantFrom(
    'ship()',
    '  pay2()  # noqa',
    '# a comment',
    '',
    'x = """first',
    'second"""',
    'ship() + \\',
    '  # readiness: ignore[late-delivery] -- slow',
    'ship()  # readiness: ignore[late-delivery]',
    '# readiness: ignore-file[late-delivery]',
    '\tlong_name_of_a_function_that_fills_the_line(and_its_argument, and_another_argument)',
  );
  const file = fc
    .record({
      before: fc.array(line, { maxLength: 6 }),
      target: fc.constantFrom('PAY()', '    PAY()  # noqa: E501', 'PAY("""', 'PAY() + \\', 'x""" + PAY()'),
      after: fc.array(line, { maxLength: 4 }),
      eol: fc.constantFrom('\n', '\r\n'),
    })
    .map(({ before, target, after, eol }) => [...before, target, ...after].join(eol))
    // Odd quotes would turn code into strings, and the finding with it.
    .filter(
      text => !literalsOf(text).some(({ start, end }) => start < text.indexOf('PAY') && text.indexOf('PAY') < end),
    )
    .filter(text => (text.match(/"""/g) ?? []).length % 2 === 0)
    .filter(text => !commentsOf(text).some(comment => comment.text.includes('PAY')));

  test('the edit covers the finding, changes comments alone, and is not made twice', () => {
    fc.assert(
      fc.property(file, fc.constantFrom<'line' | 'file'>('line', 'file'), (text, scope) => {
        const suppressed = suppress(text, 'PAY', { scope });
        const finding = findingAt(suppressed, 'PAY', 'unpaid-order');
        const { accepted } = applySuppressions([finding], parse(suppressed).suppressions, new LineIndex(suppressed));

        expect(accepted).toHaveLength(1);
        expect(withoutComments(suppressed)).toBe(withoutComments(text));
        expect(literalsOf(suppressed).map(({ start, end }) => suppressed.slice(start, end))).toEqual(
          literalsOf(text).map(({ start, end }) => text.slice(start, end)),
        );
        expect(brokenContinuations(suppressed)).toBe(brokenContinuations(text));
        expect(suppressed).not.toMatch(/(^|[^\r])\n[^]*\r\n|\r\n[^]*[^\r]\n/);
        expect(suppress(suppressed, 'PAY', { scope })).toBe(suppressed);
      }),
      { numRuns: 1000 },
    );
  });

  /** Backslashes that a comment follows, on their line or on the next one. */
  function brokenContinuations(text: string): number {
    return (text.match(/\\[ \t]+#|\\\r?\n[ \t]*#/g) ?? []).length;
  }

  function withoutComments(text: string): string {
    const edits = commentsOf(text).map(({ range }) => ({ range, newText: '' }));
    return applyEdits(text, edits)
      .split(/\r?\n/)
      .map(code => code.trimEnd())
      .filter(code => code !== '')
      .join('\n');
  }
});
