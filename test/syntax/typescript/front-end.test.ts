import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineIndex } from '../../../server/src/core/text.ts';
import { typescriptFrontEnd } from '../../../server/src/syntax/typescript/index.ts';

const SHOP = `#!/usr/bin/env node
// Orders of the bookshop
import axios from 'axios';
const pattern = /https?:\\/\\/[/*]+/g; /* one */
export class Orders {
  constructor(private readonly base = "https://shop.example//x") {}
  async load(id: string) {
    try {
      const { data } = await axios.get(\`\${this.base}/* no */\${id}//no\`); // two
      return data;
    } catch (error) {}
  }
}
`;

function extract(text: string, path = 'src/orders.ts') {
  return typescriptFrontEnd.extract(path, text, 'source');
}

describe('the TypeScript front end', () => {
  test('accepts sources and leaves out declarations', () => {
    const accepted = ['a.ts', 'a.tsx', 'a.mts', 'a.cts', 'a.js', 'a.jsx', 'a.mjs', 'a.cjs', 'src/a.d.x.ts'];
    const refused = ['a.d.ts', 'a.d.mts', 'src/a.d.css.ts', 'a.json', 'a.py', 'Makefile', 'ts'];

    expect(accepted.filter(path => typescriptFrontEnd.accepts(path))).toEqual(accepted.slice(0, -1));
    expect(refused.filter(path => typescriptFrontEnd.accepts(path))).toEqual([]);
  });

  test('finds comments, and nothing in strings, templates and regular expressions', () => {
    const { comments } = extract(SHOP);

    expect(comments.map(({ text, ownLine }) => [text, ownLine])).toEqual([
      ['// Orders of the bookshop', true],
      ['/* one */', false],
      ['// two', false],
    ]);
    expect(comments.every(({ range, text }) => SHOP.slice(range.start, range.end) === text)).toBe(true);
  });

  test('finds comments between JSX elements, not in their text', () => {
    const { comments } = extract(
      'const a = <p title="//x">http://shop.example /* text */ {/* real */}</p>; // end',
      'a.tsx',
    );

    expect(comments.map(({ text }) => text)).toEqual(['/* real */', '// end']);
  });

  test('lists functions and top-level statements in source order', () => {
    const { symbols } = extract(SHOP);

    expect(symbols.map(({ range }) => new LineIndex(SHOP).position(range.start).line)).toEqual([2, 3, 4, 5, 6]);
  });

  test('hashes the code of a symbol without its comments and layout', () => {
    const dense = extract('function pay(a: number) { return a*2 }').symbols;
    const airy = extract(
      '// Takes money.\nfunction pay(\n  a: number, // cents\n) {\n  return (a * 2);\n}\n'.replace('(a * 2)', 'a * 2'),
    ).symbols;
    const other = extract('function pay(a: number) { return a+2 }').symbols;
    const negative = extract('function pay(a: number) { return -a }').symbols;
    const inverted = extract('function pay(a: number) { return !a }').symbols;

    expect(airy.map(({ codeHash }) => codeHash)).toEqual(dense.map(({ codeHash }) => codeHash));
    expect(other[0]?.codeHash).not.toBe(dense[0]?.codeHash);
    expect(negative[0]?.codeHash).not.toBe(inverted[0]?.codeHash);
  });

  test('drops facts that hold a syntax error, and keeps the others', () => {
    const { facts, syntaxErrors } = extract(
      "fetch('https://shop.example/a');\nfetch('https://shop.example/b', { method: = });\n",
    );

    expect(syntaxErrors).not.toEqual([]);
    expect(facts.httpCall?.map(({ range }) => range.start)).toEqual([0]);
  });

  test('reads a file cut at any place without throwing', () => {
    fc.assert(
      fc.property(fc.nat(SHOP.length), fc.nat(SHOP.length), (from, to) => {
        const text = SHOP.slice(0, Math.min(from, to)) + SHOP.slice(Math.max(from, to));
        const { comments, symbols, syntaxErrors } = extract(text);
        const ranges = [...comments, ...symbols].map(({ range }) => range).concat(syntaxErrors);
        expect(ranges.every(({ start, end }) => 0 <= start && start <= end && end <= text.length)).toBe(true);
      }),
    );
  });

  test('reads any text without throwing', () => {
    const token = fc.constantFrom(
      'try',
      '{',
      '}',
      'catch',
      '(',
      ')',
      '=>',
      'fetch',
      '`',
      '${',
      '/',
      '*',
      '<',
      '>',
      "'",
      '\r\n',
      ' ',
      'await',
      '.catch',
      '[',
      'class',
      'this.',
      'x',
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 60 }), fc.constantFrom('a.ts', 'a.tsx', 'a.js'), (tokens, path) => {
        expect(() => extract(tokens.join(''), path)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['parentheses', '('.repeat(20_000)],
    ['blocks', '{'.repeat(20_000)],
    ['a long sum', `const total = ${Array(20_000).fill('1').join(' + ')};`],
    ['a long chain', `shop${'.with(1)'.repeat(20_000)}.catch(() => {});`],
    ['nested functions', '() => '.repeat(20_000)],
  ])('survives %s', (_, text) => {
    expect(extract(text).path).toBe('src/orders.ts');
  });

  test('gives facts that survive JSON', () => {
    const facts = extract(SHOP);

    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });
});
