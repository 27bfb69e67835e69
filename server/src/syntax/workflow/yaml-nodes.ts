import { isAlias, isMap, isPair, isScalar, isSeq, type Document, type Pair } from 'yaml';
import { scalarText, type ScalarText } from './scalar-text.ts';

/** Reads values out of a parsed YAML document; what is missing or of another shape is undefined or empty. Never throws. */
export interface YamlReader {
  /** The value of a key of a mapping. */
  get(node: unknown, key: string): unknown;
  /** Text of a scalar under a key, or of the node itself. */
  text(node: unknown, key?: string): ScalarText | undefined;
  /** Elements of a sequence; a scalar is a sequence of itself. */
  items(node: unknown): readonly unknown[];
  /** Keys and values of a mapping. */
  entries(node: unknown): readonly (readonly [string, unknown])[];
}

/** A reader for one document and the text that it was parsed from. */
export function createYamlReader(document: Document, text: string): YamlReader {
  const resolve = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);

  function pairs(node: unknown): readonly Pair[] {
    const map = resolve(node);
    return isMap(map) ? map.items.filter(item => isPair(item)) : [];
  }

  function get(node: unknown, key: string): unknown {
    return resolve(pairs(node).find(pair => keyOf(pair) === key)?.value);
  }

  return {
    get,
    text: (node, key) => scalarText(key === undefined ? node : get(node, key), document, text),
    items(node) {
      const resolved = resolve(node);
      if (isSeq(resolved)) return resolved.items.map(resolve);
      return isScalar(resolved) ? [resolved] : [];
    },
    entries: node => pairs(node).map(pair => [keyOf(pair), resolve(pair.value)] as const),
  };
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}
