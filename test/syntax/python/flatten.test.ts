import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { Language, Parser, type Tree } from 'web-tree-sitter';
import type { SyntaxTree } from '../../../server/src/core/syntax-tree.ts';
import { flatten } from '../../../server/src/syntax/python/flatten.ts';
import { Field, grammarTables, Kind, type GrammarTables } from '../../../server/src/syntax/python/kinds.ts';
import {
  hasRawCursor,
  openRawCursor,
  openTreeCursor,
  type OpenCursor,
} from '../../../server/src/syntax/python/raw-cursor.ts';
import { childrenOf, firstChild, kindOf, nodeAt, parentOf } from '../../../server/src/syntax/python/tree.ts';
import { BOOKSHOP, bookshopVariant, tokenSoup } from '../../support/python-texts.ts';

const require = createRequire(import.meta.url);
const assetOf = (name: string, file: string): Buffer => readFileSync(join(dirname(require.resolve(name)), file));

const module = { wasmBinary: assetOf('web-tree-sitter/web-tree-sitter.wasm', 'web-tree-sitter.wasm') };
let parser: Parser;
let tables: GrammarTables;
beforeAll(async () => {
  await Parser.init(module);
  const language = await Language.load(assetOf('tree-sitter-python/package.json', 'tree-sitter-python.wasm'));
  parser = new Parser();
  parser.setLanguage(language);
  tables = grammarTables(language.types, language.fields, id => language.nodeTypeIsNamed(id));
});

const openDocumented = openTreeCursor;

function openUndocumented(tree: Tree): OpenCursor | undefined {
  return hasRawCursor(module) ? openRawCursor(module, tree) : undefined;
}

/** @param sizeHint as for `flatten` */
function flattened(text: string, open: typeof openUndocumented, sizeHint = 16): SyntaxTree | undefined {
  const tree = parser.parse(text);
  const opened = tree && open(tree);
  const flat = opened && flatten(opened.cursor, tables, sizeHint);
  opened?.free();
  tree?.delete();
  return flat ?? undefined;
}

function treeOf(text: string): SyntaxTree {
  const tree = flattened(text, openDocumented);
  if (!tree) throw new Error('The text could not be parsed.');
  return tree;
}

const anyText = fc.oneof(bookshopVariant, tokenSoup);

describe('a flat tree', () => {
  test('is the same with the undocumented cursor as with the documented one', () => {
    expect(hasRawCursor(module)).toBe(true);
    fc.assert(
      fc.property(anyText, text => {
        const raw = flattened(text, openUndocumented);
        expect(raw).toBeDefined();
        expect(isDeepStrictEqual(raw, flattened(text, openDocumented))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('is the same whatever size was expected', () => {
    const expected = flattened(BOOKSHOP, openUndocumented, 0);
    expect(isDeepStrictEqual(flattened(BOOKSHOP, openUndocumented, 100_000), expected)).toBe(true);
  });

  test('lists nodes before their descendants and in the order of the text', () => {
    fc.assert(
      fc.property(anyText, text => {
        const tree = treeOf(text);
        for (let node = 1; node < tree.size; node++) {
          const parent = parentOf(tree, node);
          expect(parent >= 0 && parent < node).toBe(true);
          expect((tree.nexts[node] ?? 0) > node).toBe(true);
          expect((tree.nexts[node] ?? 0) <= (tree.nexts[parent] ?? 0)).toBe(true);
          expect((tree.starts[node] ?? 0) <= (tree.ends[node] ?? 0)).toBe(true);
          expect((tree.starts[node] ?? 0) >= (tree.starts[node - 1] ?? 0)).toBe(true);
          expect((tree.starts[node] ?? 0) >= (tree.starts[parent] ?? 0)).toBe(true);
          expect((tree.ends[node] ?? 0) <= (tree.ends[parent] ?? 0)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('has every node but the root exactly once among the children of its parent', () => {
    const tree = treeOf(BOOKSHOP);
    const children = [...tree.kinds.keys()].flatMap(node => childrenOf(tree, node));
    expect(children.sort((a, b) => a - b)).toEqual([...tree.kinds.keys()].slice(1));
    expect(parentOf(tree, 0)).toBe(-1);
    expect(tree.nexts[0]).toBe(tree.size);
  });
});

describe('the sign @', () => {
  test('is left out of a decorator, so that the first child is the expression', () => {
    const tree = treeOf('@route("/orders")\ndef orders(): pass\n');
    const decorator = tree.kinds.indexOf(Kind.decorator);
    expect(kindOf(tree, firstChild(tree, decorator))).toBe(Kind.call);
  });

  test('is kept between two factors', () => {
    const text = 'whole = left @ right\n';
    const tree = treeOf(text);
    const operator = nodeAt(tree, { start: text.indexOf('@'), end: text.indexOf('@') + 1 }, Kind['@']);
    expect(tree.fields[operator]).toBe(Field.operator);
  });
});
