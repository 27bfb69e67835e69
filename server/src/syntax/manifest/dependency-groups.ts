import { addRequirement, type ManifestDraft } from './manifest-draft.ts';
import { normalizeName } from './requirement.ts';
import type { TomlArray, TomlTable } from './toml.ts';
import { arraysOf, stringAt } from './toml-lookup.ts';

/** Adds `[dependency-groups]` (PEP 735); a group also gets what it includes from others. */
export function addDependencyGroups(draft: ManifestDraft, table: TomlTable | undefined): void {
  const groups = new Map(arraysOf(table).map(({ key, array }) => [normalizeName(key), array]));
  for (const name of groups.keys()) addGroup(draft, groups, name, name, new Set());
}

function addGroup(
  draft: ManifestDraft,
  groups: ReadonlyMap<string, TomlArray>,
  name: string,
  asGroup: string,
  seen: Set<string>,
): void {
  // Groups that include each other are an error of the project, not a reason to run in circles.
  if (seen.has(name)) return;
  seen.add(name);
  for (const item of groups.get(name)?.items ?? []) {
    // Broken texts are told once, for the group that they stand in.
    if (item.kind === 'string') addItem(draft, item.source, asGroup, name === asGroup);
    const included = item.kind === 'table' ? stringAt(item, 'include-group') : undefined;
    if (included) addGroup(draft, groups, normalizeName(included.source.text), asGroup, seen);
  }
}

function addItem(
  draft: ManifestDraft,
  source: Parameters<typeof addRequirement>[1],
  group: string,
  tellErrors: boolean,
): void {
  addRequirement(tellErrors ? draft : { ...draft, errors: [] }, source, group);
}
