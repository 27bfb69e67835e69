import type { TomlArray, TomlString, TomlTable, TomlValue } from './toml.ts';

/** The value under a path of keys; undefined when there is none. */
export function valueAt(table: TomlTable | undefined, ...keys: readonly string[]): TomlValue | undefined {
  let value: TomlValue | undefined = table;
  for (const key of keys) {
    if (value?.kind !== 'table') return undefined;
    value = value.entries.get(key)?.value;
  }
  return value;
}

/** The table under a path of keys; undefined when there is none. */
export function tableAt(table: TomlTable | undefined, ...keys: readonly string[]): TomlTable | undefined {
  const value = valueAt(table, ...keys);
  return value?.kind === 'table' ? value : undefined;
}

/** The string under a path of keys; undefined when there is none. */
export function stringAt(table: TomlTable | undefined, ...keys: readonly string[]): TomlString | undefined {
  const value = valueAt(table, ...keys);
  return value?.kind === 'string' ? value : undefined;
}

/** Strings of an array; other items are left out. A string alone counts as an array of one. */
export function stringsOf(value: TomlValue | undefined): readonly TomlString[] {
  if (value?.kind === 'string') return [value];
  if (value?.kind !== 'array') return [];
  return value.items.filter(item => item.kind === 'string');
}

/** Keys and arrays of a table; entries with other values are left out. */
export function arraysOf(table: TomlTable | undefined): readonly { readonly key: string; readonly array: TomlArray }[] {
  return [...(table?.entries ?? [])].flatMap(([key, { value }]) =>
    value.kind === 'array' ? [{ key, array: value }] : [],
  );
}
