import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { raiseKnowledge } from '../../../server/src/knowledge/raises.ts';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';
import { guarding, tell } from './narrowed.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

/** Statements with what each raises by itself, by the names that the file has for them. */
const RISKS: readonly (readonly [string, readonly string[]])[] = [
  ['int(path)', ['TypeError', 'ValueError']],
  ["{}['title']", ['KeyError']],
  ['[][0]', ['IndexError']],
  ['assert path', ['AssertionError']],
  ['1 / path', ['ZeroDivisionError']],
  ['os.remove(path)', ['OSError']],
  ['open(path)', ['FileNotFoundError', 'OSError']],
  ["json.loads(path)['title']", ['KeyError', 'TypeError', 'json.JSONDecodeError', 'UnicodeDecodeError']],
  ['requests.get(path, timeout=3)', ['requests.ConnectionError', 'requests.Timeout']],
  ["raise LookupError('gone')", ['LookupError']],
  ["raise FileExistsError('there')", ['FileExistsError']],
  ['raise requests.HTTPError', ['requests.HTTPError']],
];

const HARMLESS = ['total = 0', 'title = path', 'pass', "names = ['a', 'b']"];

/** A statement, or statements in a block; what a block is of makes no difference to what it raises. */
interface Body {
  readonly code: string;
  readonly types: readonly string[];
}

const { body } = fc.letrec<{ body: Body; statement: Body }>(tie => ({
  statement: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...RISKS).map(([code, types]): Body => ({ code, types })),
    fc.constantFrom(...HARMLESS).map((code): Body => ({ code, types: [] })),
    fc
      .tuple(fc.constantFrom('if path:', 'while path:', 'for title in [1, 2]:', 'if not path:'), tie('body'))
      .map(([head, inner]): Body => ({ code: `${head}\n${indented(inner.code)}`, types: inner.types })),
    tie('body').map((inner): Body => ({
      code: `try:\n${indented(inner.code)}\nexcept Exception:\n    pass`,
      types: [],
    })),
    tie('body').map((inner): Body => ({
      code: `try:\n${indented(inner.code)}\nexcept Exception:\n    raise`,
      types: inner.types,
    })),
    tie('body').map((inner): Body => ({
      code: `try:\n${indented(inner.code)}\nfinally:\n    path = 1`,
      types: inner.types,
    })),
  ),
  body: fc
    .array(tie('statement'), { minLength: 1, maxLength: 4 })
    .map((all): Body => ({ code: all.map(({ code }) => code).join('\n'), types: all.flatMap(({ types }) => types) })),
}));

function indented(code: string): string {
  return code.replace(/^(?=.)/gm, '    ');
}

const IMPORTS = 'import json\nimport os\nimport requests';

test('the types cover all that a body raises, none covers another, and nothing is there for nothing', () => {
  fc.assert(
    fc.property(body, ({ code, types }) => {
      const { written, unknown } = tell(parser, guarding(code, IMPORTS));
      const offered = typesIn(written);
      if (types.length === 0) expect(written).toBeUndefined();
      // More than seven types are offered to nobody.
      if (written === undefined) return;
      expect(unknown).toEqual([]);
      for (const type of types) expect(offered.some(cover => ancestorsOf(type).has(cover))).toBe(true);
      for (const one of offered) {
        expect(offered.filter(other => other !== one && ancestorsOf(one).has(other))).toEqual([]);
        expect(types.some(type => ancestorsOf(type).has(one))).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});

test('the order of statements changes nothing', () => {
  const bodies = fc.array(fc.constantFrom(...RISKS), { minLength: 2, maxLength: 4 });
  const shuffled = bodies.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
  fc.assert(
    fc.property(shuffled, ([before, after]) => {
      const [left, right] = [before, after].map(all => all.map(([code]) => code).join('\n'));
      expect(tell(parser, guarding(right ?? '', IMPORTS)).written).toBe(
        tell(parser, guarding(left ?? '', IMPORTS)).written,
      );
    }),
    { numRuns: 60 },
  );
});

test('a narrowed file parses, and has no further offer', () => {
  fc.assert(
    fc.property(body, ({ code }) => {
      const { text, written } = tell(
        parser,
        guarding(code.replaceAll('except Exception', 'except (KeyError, OSError)'), IMPORTS),
      );
      fc.pre(written !== undefined);
      expect(parser.parse('shop/orders.py', text).syntaxErrors).toEqual([]);
      expect(tell(parser, text)).toEqual({ written: undefined, unknown: [], guessed: false, text });
    }),
    { numRuns: 100 },
  );
});

function typesIn(written: string | undefined): readonly string[] {
  return (written ?? '')
    .replace(/[()]/g, '')
    .split(', ')
    .filter(name => name !== '')
    .map(fullName);
}

function fullName(name: string): string {
  return name.includes('.') ? (raiseKnowledge.aliases.get(name) ?? name) : `builtins.${name}`;
}

/** A class with all that it derives from. */
function ancestorsOf(name: string): ReadonlySet<string> {
  const found = new Set([fullName(name)]);
  for (const each of found) for (const base of raiseKnowledge.exceptions.get(each)?.bases ?? []) found.add(base);
  return found;
}
