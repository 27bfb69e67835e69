import type { AST } from 'toml-eslint-parser';
import type { TextRange } from '../../core/text.ts';
import { parseTolerantly } from './toml-recovery.ts';
import { tomlStringText } from './toml-string.ts';
import type { SourceText } from './source-text.ts';

/** A value of a TOML document with its place; numbers, dates and the like have no use here. */
export type TomlValue =
  TomlString | TomlArray | TomlTable | TomlBoolean | { readonly kind: 'other'; readonly range: TextRange };

export interface TomlString {
  readonly kind: 'string';
  readonly source: SourceText;
  readonly range: TextRange;
}

interface TomlBoolean {
  readonly kind: 'boolean';
  readonly value: boolean;
  readonly range: TextRange;
}

export interface TomlArray {
  readonly kind: 'array';
  readonly items: readonly TomlValue[];
  readonly range: TextRange;
}

export interface TomlTable {
  readonly kind: 'table';
  readonly entries: ReadonlyMap<string, TomlEntry>;
  readonly range: TextRange;
}

export interface TomlEntry {
  readonly value: TomlValue;
  /** Place of the key, or of the last key of a dotted one. */
  readonly keyRange: TextRange;
}

export interface TomlComment {
  readonly range: TextRange;
  readonly text: string;
}

export interface TomlDocument {
  readonly root: TomlTable;
  readonly comments: readonly TomlComment[];
  readonly errors: readonly { readonly range: TextRange; readonly message: string }[];
}

interface MutableTable {
  readonly kind: 'table';
  readonly entries: Map<string, { value: TomlValue; keyRange: TextRange }>;
  readonly range: TextRange;
}

/** Reads a TOML document; where it is broken, the line or the table is left out and the rest still counts. Never throws. */
export function parseToml(text: string): TomlDocument {
  const { program, readable, errors } = parseTolerantly(text);
  if (program) return { ...readProgram(program, readable), errors };
  return { root: newTable({ start: 0, end: text.length }), comments: [], errors };
}

function readProgram(program: AST.TOMLProgram, text: string): Omit<TomlDocument, 'errors'> {
  const root = newTable({ start: 0, end: text.length });
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') addKeyValue(root, node, text);
    // Arrays of tables hold nothing that this front end reads.
    else if (node.kind === 'standard') {
      const table = descend(root, node.key.keys, toRange(node.range));
      for (const entry of node.body) if (table) addKeyValue(table, entry, text);
    }
  }
  const comments = program.comments.map(({ range }) => ({ range: toRange(range), text: text.slice(...range) }));
  return { root, comments };
}

function newTable(range: TextRange): MutableTable {
  return { kind: 'table', entries: new Map(), range };
}

function addKeyValue(table: MutableTable, node: AST.TOMLKeyValue, text: string): void {
  const keys = node.key.keys;
  const last = keys.at(-1);
  const owner = descend(table, keys.slice(0, -1), toRange(node.range));
  if (!last || !owner) return;
  owner.entries.set(keyName(last), { value: readValue(node.value, text), keyRange: toRange(last.range) });
}

/** The table under a path of keys, made where it is missing; undefined when something else has that name. */
function descend(
  table: MutableTable,
  keys: readonly (AST.TOMLBare | AST.TOMLQuoted)[],
  range: TextRange,
): MutableTable | undefined {
  let current = table;
  for (const key of keys) {
    const existing = current.entries.get(keyName(key))?.value;
    if (existing && existing.kind !== 'table') return undefined;
    // Every table in the tree was made by `newTable`, so it is mutable while the tree is built.
    const next = (existing as MutableTable | undefined) ?? newTable(range);
    if (!existing) current.entries.set(keyName(key), { value: next, keyRange: toRange(key.range) });
    current = next;
  }
  return current;
}

function readValue(node: AST.TOMLContentNode, text: string): TomlValue {
  const range = toRange(node.range);
  if (node.type === 'TOMLArray')
    return { kind: 'array', items: node.elements.map(item => readValue(item, text)), range };
  if (node.type === 'TOMLInlineTable') {
    const table = newTable(range);
    for (const entry of node.body) addKeyValue(table, entry, text);
    return table;
  }
  if (node.kind === 'boolean') return { kind: 'boolean', value: node.value, range };
  if (node.kind !== 'string') return { kind: 'other', range };
  const source = tomlStringText(text, range, node.value);
  return source ? { kind: 'string', source, range } : { kind: 'other', range };
}

function keyName(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}

function toRange(range: readonly [number, number]): TextRange {
  return { start: range[0], end: range[1] };
}
