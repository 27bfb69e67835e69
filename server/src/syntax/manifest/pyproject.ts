import type { ManifestFacts, ManifestInclude } from '../../core/facts/manifest.ts';
import { addDependencyGroups } from './dependency-groups.ts';
import { addRequirement, newDraft, toManifest, type ManifestDraft } from './manifest-draft.ts';
import { resolveFrom } from './paths.ts';
import { addPoetry, poetryPython } from './poetry.ts';
import { normalizeName } from './requirement.ts';
import { parseSpecifier } from './specifier.ts';
import { parseToml, type TomlComment, type TomlTable, type TomlValue } from './toml.ts';
import { arraysOf, stringAt, stringsOf, tableAt, valueAt } from './toml-lookup.ts';

/** Reads `pyproject.toml`: what packaging standards, setuptools, Poetry, PDM, uv and Hatch say there. Never throws. */
export function readPyproject(
  path: string,
  text: string,
): { readonly manifest: ManifestFacts; readonly comments: readonly TomlComment[] } {
  const { root, comments, errors } = parseToml(text);
  const draft = newDraft();
  draft.errors.push(...errors);

  addProject(draft, tableAt(root, 'project'));
  addDynamic(draft, path, tableAt(root, 'tool', 'setuptools', 'dynamic'));
  addDependencyGroups(draft, tableAt(root, 'dependency-groups'));
  addPoetry(draft, tableAt(root, 'tool', 'poetry'));
  for (const { key, array } of arraysOf(tableAt(root, 'tool', 'pdm', 'dev-dependencies')))
    addStrings(draft, array, key);
  addStrings(draft, valueAt(root, 'tool', 'uv', 'dev-dependencies'), 'dev');
  addHatch(draft, tableAt(root, 'tool', 'hatch', 'envs'));

  const requiresPython = pythonOf(root);
  const manifest = toManifest('pyproject', withoutRedirected(draft, root), {
    isProject: tableAt(root, 'project') !== undefined || tableAt(root, 'tool', 'poetry') !== undefined,
    ...(requiresPython ? { requiresPython } : {}),
  });
  return { manifest, comments };
}

function addProject(draft: ManifestDraft, project: TomlTable | undefined): void {
  addStrings(draft, valueAt(project, 'dependencies'), undefined);
  for (const { key, array } of arraysOf(tableAt(project, 'optional-dependencies'))) {
    addStrings(draft, array, normalizeName(key));
  }
}

function addStrings(draft: ManifestDraft, value: TomlValue | undefined, group: string | undefined): void {
  if (value?.kind !== 'array') return;
  for (const item of stringsOf(value)) addRequirement(draft, item.source, group);
}

/** `dependencies = { file = ["requirements.txt"] }`: setuptools reads them when it builds. */
function addDynamic(draft: ManifestDraft, path: string, dynamic: TomlTable | undefined): void {
  draft.includes.push(...filesOf(path, valueAt(dynamic, 'dependencies', 'file'), undefined));
  for (const key of tableAt(dynamic, 'optional-dependencies')?.entries.keys() ?? []) {
    draft.includes.push(...filesOf(path, valueAt(dynamic, 'optional-dependencies', key, 'file'), normalizeName(key)));
  }
}

function filesOf(path: string, value: TomlValue | undefined, group: string | undefined): ManifestInclude[] {
  return stringsOf(value).flatMap(({ source, range }) => {
    const resolved = resolveFrom(path, source.text);
    if (resolved === undefined) return [];
    return [{ path: resolved, kind: 'requirements' as const, range, ...(group === undefined ? {} : { group }) }];
  });
}

function addHatch(draft: ManifestDraft, environments: TomlTable | undefined): void {
  for (const name of environments?.entries.keys() ?? []) {
    const environment = tableAt(environments, name);
    // Every environment has the project itself in it, so its own list is a group beside the runtime set.
    addStrings(draft, valueAt(environment, 'dependencies'), normalizeName(name));
    addStrings(draft, valueAt(environment, 'extra-dependencies'), normalizeName(name));
  }
}

function pythonOf(root: TomlTable): ManifestFacts['requiresPython'] {
  const written = stringAt(root, 'project', 'requires-python');
  return written ? parseSpecifier(written.source.text) : poetryPython(tableAt(root, 'tool', 'poetry'));
}

/** uv takes these packages from a path, a repository or the workspace, whatever version is written. */
function withoutRedirected(draft: ManifestDraft, root: TomlTable): ManifestDraft {
  const sources = tableAt(root, 'tool', 'uv', 'sources');
  if (!sources) return draft;
  const redirected = new Set([...sources.entries.keys()].filter(key => !isIndex(sources, key)).map(normalizeName));
  const dependencies = draft.dependencies.map(dependency =>
    redirected.has(dependency.name) ? { ...dependency, direct: true } : dependency,
  );
  return { ...draft, dependencies };
}

function isIndex(sources: TomlTable, key: string): boolean {
  return stringAt(sources, key, 'index') !== undefined;
}
