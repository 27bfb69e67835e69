import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lazyModule } from '../../scripts/build/json-by-key.ts';

async function load(json: string): Promise<Record<string, unknown>> {
  const url = `data:text/javascript,${encodeURIComponent(lazyModule(json))}`;
  // The module's only export.
  return ((await import(/* @vite-ignore */ url)) as { default: Record<string, unknown> }).default;
}

test('a module has the keys and values of its JSON, each value made once', async () => {
  const shelf = await load('{ "books": ["Emma", "Dracula"], "prices": { "Emma": 9.5 } }');

  expect(shelf).toEqual({ books: ['Emma', 'Dracula'], prices: { Emma: 9.5 } });
  expect(shelf['books']).toBe(shelf['books']);
});

test('a key that objects have of their own is a key like another', async () => {
  const json = '{"__proto__":["Emma"],"constructor":1}';

  expect(JSON.stringify(await load(json))).toBe(json);
});

test('any object comes out as it went in', async () => {
  const values = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(values, async object => {
      const json = JSON.stringify(object);
      expect(JSON.stringify(await load(json))).toBe(JSON.stringify(JSON.parse(json)));
    }),
    { numRuns: 500 },
  );
});

test('text that is no JSON makes no module', () => {
  expect(() => lazyModule('{ "books": [')).toThrow(SyntaxError);
});
