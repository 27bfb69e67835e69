import { ParseError, parseTOML, type AST } from 'toml-eslint-parser';
import type { TextRange } from '../../core/text.ts';
import { LineIndex } from '../../core/text.ts';
import type { ConfigurationNode, ParsedConfiguration } from './configuration-node.ts';

const TABLE = ['tool', 'readiness'] as const;
/** Whether the author of a file that can't be parsed meant to configure us. */
const TABLE_HEADER = /^\s*\[\[?\s*tool\s*\.\s*readiness\s*[\].]/m;

/** Reads `[tool.readiness]` of a `pyproject.toml`, however it is written; never throws. */
export function parseToml(text: string): ParsedConfiguration {
  // Most projects have the file and no such table: they don't pay for the parser.
  if (!text.includes(TABLE[1])) return { kind: 'absent' };

  try {
    const root = readTable(parseTOML(text));
    return root === undefined ? { kind: 'absent' } : { kind: 'tree', root };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    if (!TABLE_HEADER.test(text)) return { kind: 'absent' };
    const lines = new LineIndex(text);
    const start = Math.min(error.index, text.length);
    const end = Math.max(start, lines.lineStart(lines.position(start).line + 1));
    return { kind: 'broken', range: { start, end }, message: error.message };
  }
}

/** A map that is still growing: TOML may add to a table from several places. */
interface Growing {
  readonly entries: Map<string, { readonly keyRange: TextRange; value: Growing | ConfigurationNode }>;
  readonly range: TextRange;
}

function readTable(program: AST.TOMLProgram): ConfigurationNode | undefined {
  const root: Growing = { entries: new Map(), range: toRange(program.range) };
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') {
      insert(root, node.key.keys, node.value);
    } else if (node.kind === 'array') {
      // No setting is a list of tables; the reader says so at this place.
      if (isOurs(node.key.keys)) grow(root, node.key.keys, { kind: 'list', items: [], range: toRange(node.key.range) });
    } else {
      if (isOurs(node.key.keys)) grow(root, node.key.keys, undefined);
      for (const { key, value } of node.body) insert(root, [...node.key.keys, ...key.keys], value);
    }
  }
  const [tool, readiness] = TABLE;
  return field(field(finish(root), tool), readiness);
}

type Key = AST.TOMLKey['keys'][number];

function insert(root: Growing, keys: readonly Key[], value: AST.TOMLContentNode): void {
  if (isOurs(keys)) grow(root, keys, toNode(value));
}

function isOurs(keys: readonly Key[]): boolean {
  return keys.slice(0, TABLE.length).every((key, index) => nameOf(key) === TABLE[index]);
}

/** Puts a value at the end of a path; undefined only makes sure that the table is there. */
function grow(root: Growing, keys: readonly Key[], value: ConfigurationNode | undefined): void {
  let table = root;
  for (const [index, key] of keys.entries()) {
    const name = nameOf(key);
    const isLast = index === keys.length - 1;
    const present = table.entries.get(name)?.value;
    if (isLast && value !== undefined) {
      if (present === undefined) table.entries.set(name, { keyRange: toRange(key.range), value });
      return;
    }
    // The parser has rejected a table that continues a value.
    if (present !== undefined && 'kind' in present) return;

    const next: Growing = present ?? { entries: new Map(), range: toRange(key.range) };
    if (present === undefined) table.entries.set(name, { keyRange: toRange(key.range), value: next });
    table = next;
  }
}

function finish({ entries, range }: Growing): ConfigurationNode {
  return {
    kind: 'map',
    range,
    entries: [...entries].map(([key, { keyRange, value }]) => ({
      key,
      keyRange,
      value: 'kind' in value ? value : finish(value),
    })),
  };
}

function field(node: ConfigurationNode | undefined, name: string): ConfigurationNode | undefined {
  return node?.kind === 'map' ? node.entries.find(entry => entry.key === name)?.value : undefined;
}

function toNode(node: AST.TOMLContentNode): ConfigurationNode {
  const range = toRange(node.range);
  if (node.type === 'TOMLArray') return { kind: 'list', items: node.elements.map(toNode), range };
  if (node.type === 'TOMLInlineTable') {
    const table: Growing = { entries: new Map(), range };
    for (const { key, value } of node.body) grow(table, key.keys, toNode(value));
    return finish(table);
  }
  switch (node.kind) {
    case 'string':
    case 'boolean':
      return { kind: 'scalar', value: node.value, range };
    case 'integer':
    case 'float':
      return Number.isFinite(node.value) ? { kind: 'scalar', value: node.value, range } : { kind: 'other', range };
    case 'offset-date-time':
    case 'local-date-time':
    case 'local-date':
    case 'local-time':
      return { kind: 'other', range };
  }
}

function nameOf(key: Key): string {
  return key.type === 'TOMLQuoted' ? key.value : key.name;
}

function toRange([start, end]: readonly [number, number]): TextRange {
  return { start, end };
}
