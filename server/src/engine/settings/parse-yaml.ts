import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Pair } from 'yaml';
import type { TextRange } from '../../core/text.ts';
import type { ConfigurationEntry, ConfigurationNode, ParsedConfiguration } from './configuration-node.ts';

/** Aliases may refer to each other in a circle; no setting nests this deep. */
const MAX_DEPTH = 16;

/** Reads a `readiness.yaml`; never throws. An empty file is a tree that holds `null`. */
export function parseYaml(text: string): ParsedConfiguration {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) {
    // A mistake at the end may lie behind it.
    const start = Math.min(error.pos[0], text.length);
    const end = Math.min(Math.max(start, error.pos[1]), text.length);
    // The rest of the message is a picture of the place.
    const [message = 'This is not YAML.'] = error.message.split(/ at line \d+|:?\n/, 1);
    return { kind: 'broken', range: { start, end }, message };
  }

  return { kind: 'tree', root: toNode(document.contents, document, { start: 0, end: 0 }, 0) };
}

/** `around` is the place of a value that isn't written, such as the one of `rules:`. */
function toNode(node: unknown, document: Document, around: TextRange, depth: number): ConfigurationNode {
  const range = rangeOf(node) ?? around;
  if (node === null || node === undefined) return { kind: 'scalar', value: null, range };
  if (depth > MAX_DEPTH) return { kind: 'other', range };
  if (isAlias(node)) return { ...toNode(node.resolve(document), document, range, depth + 1), range };
  if (isSeq(node))
    return { kind: 'list', items: node.items.map(item => toNode(item, document, range, depth + 1)), range };
  if (isMap(node))
    return { kind: 'map', entries: node.items.map(pair => toEntry(pair, document, range, depth)), range };
  if (isScalar(node) && isPlain(node.value)) return { kind: 'scalar', value: node.value, range };
  return { kind: 'other', range };
}

function toEntry(pair: Pair, document: Document, around: TextRange, depth: number): ConfigurationEntry {
  const keyRange = rangeOf(pair.key) ?? around;
  const key = isScalar(pair.key) ? String(pair.key.value) : document.createNode(pair.key).toString();
  return { key, keyRange, value: toNode(pair.value, document, keyRange, depth + 1) };
}

function rangeOf(node: unknown): TextRange | undefined {
  if (!isScalar(node) && !isMap(node) && !isSeq(node) && !isAlias(node)) return undefined;
  return node.range ? { start: node.range[0], end: node.range[1] } : undefined;
}

function isPlain(value: unknown): value is string | number | boolean | null {
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}
