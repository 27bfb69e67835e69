import type { DependencyFact, Marker, ManifestFacts, VersionSet } from '../../core/facts/manifest.ts';
import type { TextRange } from '../../core/text.ts';
import type { ManifestDraft } from './manifest-draft.ts';
import { parseMarker } from './marker.ts';
import { parsePoetryConstraint } from './poetry-constraint.ts';
import { normalizeName } from './requirement.ts';
import { rangeOf } from './source-text.ts';
import type { TomlEntry, TomlString, TomlTable, TomlValue } from './toml.ts';
import { arraysOf, stringAt, stringsOf, tableAt, valueAt } from './toml-lookup.ts';

/** Keys that take a package from somewhere else than an index. */
const DIRECT_KEYS = ['git', 'path', 'url', 'file'];

/** Adds the tables of `[tool.poetry]`: dependencies, groups, and the development set of old versions. */
export function addPoetry(draft: ManifestDraft, poetry: TomlTable | undefined): void {
  const optional = extrasByPackage(poetry);
  addTable(draft, tableAt(poetry, 'dependencies'), undefined, optional);
  addTable(draft, tableAt(poetry, 'dev-dependencies'), 'dev', new Map());
  for (const name of tableAt(poetry, 'group')?.entries.keys() ?? []) {
    addTable(draft, tableAt(poetry, 'group', name, 'dependencies'), normalizeName(name), new Map());
  }
}

/** Python versions that a Poetry project supports. */
export function poetryPython(poetry: TomlTable | undefined): ManifestFacts['requiresPython'] {
  const written = stringAt(poetry, 'dependencies', 'python');
  return written && parsePoetryConstraint(written.source.text);
}

/** First extra that each optional package is in. */
function extrasByPackage(poetry: TomlTable | undefined): ReadonlyMap<string, string> {
  const extras = new Map<string, string>();
  for (const { key, array } of arraysOf(tableAt(poetry, 'extras'))) {
    for (const item of stringsOf(array)) {
      const name = normalizeName(item.source.text);
      if (!extras.has(name)) extras.set(name, normalizeName(key));
    }
  }
  return extras;
}

function addTable(
  draft: ManifestDraft,
  table: TomlTable | undefined,
  group: string | undefined,
  extras: ReadonlyMap<string, string>,
): void {
  for (const [key, entry] of table?.entries ?? []) {
    const name = normalizeName(key);
    if (name === 'python') continue;
    // Several constraints, each for other environments.
    const values = entry.value.kind === 'array' ? entry.value.items : [entry.value];
    for (const value of values) addDependency(draft, { name, entry, value, group, extras });
  }
}

interface Declared {
  readonly name: string;
  readonly entry: TomlEntry;
  readonly value: TomlValue;
  readonly group: string | undefined;
  readonly extras: ReadonlyMap<string, string>;
}

function addDependency(draft: ManifestDraft, { name, entry, value, group, extras }: Declared): void {
  const table = value.kind === 'table' ? value : undefined;
  const constraint = value.kind === 'string' ? value : stringAt(table, 'version');
  if (!constraint && !table) {
    draft.errors.push({ range: value.range, message: 'A version or a table is expected here.' });
    return;
  }
  const optional = valueAt(table, 'optional');
  const isOptional = optional?.kind === 'boolean' && optional.value;
  draft.dependencies.push({
    name,
    ...versionOf(constraint, entry.keyRange),
    extras: stringsOf(valueAt(table, 'extras')).map(extra => extra.source.text),
    ...conditionOf(table),
    group: isOptional ? (extras.get(name) ?? 'optional') : group,
    range: entry.value.kind === 'array' ? value.range : { start: entry.keyRange.start, end: value.range.end },
    direct: DIRECT_KEYS.some(key => table?.entries.has(key)),
  });
}

function versionOf(
  constraint: TomlString | undefined,
  keyRange: TextRange,
): Pick<DependencyFact, 'specifier' | 'specifierRange' | 'versions'> {
  if (!constraint) return { specifier: '', specifierRange: { start: keyRange.end, end: keyRange.end }, versions: [[]] };
  const { source } = constraint;
  const versions: VersionSet | undefined = parsePoetryConstraint(source.text);
  return {
    specifier: source.text.trim() === '*' ? '' : source.text,
    specifierRange: rangeOf(source, 0, source.text.length),
    ...(versions ? { versions } : {}),
  };
}

/** `markers`, `python` and `platform` all limit where a dependency is installed. */
function conditionOf(table: TomlTable | undefined): Pick<DependencyFact, 'marker' | 'condition'> {
  const markers = stringAt(table, 'markers');
  const python = stringAt(table, 'python');
  const platform = stringAt(table, 'platform');
  const conditions: Marker[] = [];
  if (markers) conditions.push(parseMarker(markers.source.text) ?? { kind: 'unknown' });
  if (python) conditions.push(pythonMarker(python.source.text));
  if (platform) {
    const value = platform.source.text;
    conditions.push({ kind: 'comparison', variable: 'sys_platform', operator: '==', value });
  }
  const [first] = conditions;
  if (!first) return { marker: undefined };
  const written = [markers, python, platform].flatMap(part => (part ? [part.source.text] : []));
  return {
    marker: written.join('; '),
    condition: conditions.length === 1 ? first : { kind: 'and', operands: conditions },
  };
}

function pythonMarker(constraint: string): Marker {
  const versions = parsePoetryConstraint(constraint);
  if (!versions) return { kind: 'unknown' };
  const alternatives = versions.map<Marker>(clauses => ({
    kind: 'and',
    operands: clauses.map(({ operator, version }) => ({
      kind: 'comparison',
      variable: 'python_full_version',
      operator,
      value: version,
    })),
  }));
  return { kind: 'or', operands: alternatives };
}
