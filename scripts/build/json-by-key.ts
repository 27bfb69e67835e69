import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Puts our generated JSON into bundles as text, one for each of its keys, which becomes an object when somebody reads
 * that key. As a literal all of it would be compiled whenever the bundle is loaded, which takes longer than parsing
 * JSON, and most of what is known of libraries is not needed for the first file.
 */
export const jsonByKey: Plugin = {
  name: 'json-by-key',
  setup(context) {
    context.onLoad({ filter: /\.generated\.json$/ }, async ({ path }) => ({
      contents: lazyModule(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/**
 * A module whose default export has the keys of a JSON object, each with its value.
 * @param json text of the object
 * @throws Error when the text is no JSON
 */
export function lazyModule(json: string): string {
  // Whatever has keys is an object, and values are only written out again.
  const entries = Object.entries(JSON.parse(json) as Readonly<Record<string, unknown>>);
  const keys = entries.map(([key, value]) => {
    const text = JSON.stringify(JSON.stringify(value));
    // A computed key, since `__proto__` written plainly sets the prototype.
    return `[${JSON.stringify(key)}]: ${text}`;
  });
  return `const texts = { __proto__: null, ${keys.join(', ')} };
const values = {};
for (const key of Object.keys(texts)) {
  Object.defineProperty(values, key, {
    enumerable: true,
    configurable: true,
    get() {
      const value = JSON.parse(texts[key]);
      Object.defineProperty(values, key, { enumerable: true, value });
      return value;
    },
  });
}
export default values;
`;
}
