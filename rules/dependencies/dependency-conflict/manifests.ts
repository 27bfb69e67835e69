import { groupBy, type DependencyFact, type ManifestFacts, type VersionSet, type Workspace } from '#rule-kit';
import { folderOf, isPurposeFolder, isRequirementsFolder, purposeOfFile } from './purpose.ts';

/** One manifest of the workspace. */
export interface Manifest {
  readonly path: string;
  readonly facts: ManifestFacts;
}

/** A declaration and the file that it stands in. */
export interface Declaration {
  readonly path: string;
  readonly dependency: DependencyFact;
  readonly compiled: boolean;
}

/** Manifests that describe or install one project. */
export interface Project {
  readonly folder: string;
  /** The manifest that decides; undefined where only requirements files are. */
  readonly truth: Manifest | undefined;
  /** Other manifests of the project itself, such as a `setup.py` beside `pyproject.toml`. */
  readonly copies: readonly Manifest[];
  /** Requirements and constraints files, sorted by path. */
  readonly lists: readonly Manifest[];
  readonly requiresPython: VersionSet | undefined;
}

const TRUTH_ORDER: readonly ManifestFacts['format'][] = ['pyproject', 'setup.cfg', 'setup.py'];

/** All Python manifests of a workspace that count: not those of examples and of vendored code. */
export function pythonManifests(workspace: Workspace): ReadonlyMap<string, Manifest> {
  const manifests = new Map<string, Manifest>();
  for (const { path, kind, manifest: facts } of workspace.files) {
    const counts = kind !== 'example' && kind !== 'vendored' && kind !== 'migration';
    if (facts && counts && facts.format !== 'package.json') manifests.set(path, { path, facts });
  }
  return manifests;
}

/** Sorts manifests into projects: each belongs to the nearest folder that has a project manifest. */
export function findProjects(workspace: Workspace, manifests: ReadonlyMap<string, Manifest>): readonly Project[] {
  const described = groupBy(
    [...manifests.values()].filter(manifest => manifest.facts.isProject),
    manifest => folderOf(manifest.path),
  );
  const lists = groupBy(
    [...manifests.values()].filter(manifest => isList(manifest)),
    manifest => homeOf(workspace, described, folderOf(manifest.path)),
  );
  const folders = new Set([...described.keys(), ...lists.keys()]);
  return [...folders].sort().map(folder => toProject(folder, described.get(folder) ?? [], lists.get(folder) ?? []));
}

function isList({ facts }: Manifest): boolean {
  return facts.format === 'requirements' || facts.format === 'constraints';
}

function homeOf(workspace: Workspace, described: ReadonlyMap<string, unknown>, folder: string): string {
  // `requirements/dev.txt` speaks for the folder around it.
  const start = isRequirementsFolder(folder) ? folderOf(folder) : folder;
  // Code of its own makes a folder a service of its own, whatever project is around it.
  const isApart = start !== '' && !isPurposeFolder(start) && hasCode(workspace, start);
  for (let current = start; ; current = folderOf(current)) {
    if (described.has(current)) return current;
    if (current === '' || isApart) return start;
  }
}

function hasCode(workspace: Workspace, folder: string): boolean {
  const prefix = `${folder}/`;
  return workspace.paths.some(
    path => path.startsWith(prefix) && (path.endsWith('.py') || path.endsWith('/Dockerfile')),
  );
}

function toProject(folder: string, described: readonly Manifest[], lists: readonly Manifest[]): Project {
  const ordered = TRUTH_ORDER.flatMap(format => described.filter(({ facts }) => facts.format === format));
  const truth = ordered.find(({ facts }) => declaresRuntime(facts)) ?? ordered[0];
  return {
    folder,
    truth,
    copies: ordered.filter(manifest => manifest !== truth),
    lists,
    requiresPython: ordered.find(({ facts }) => facts.requiresPython)?.facts.requiresPython,
  };
}

function declaresRuntime(facts: ManifestFacts): boolean {
  return (
    facts.dependencies.some(({ group }) => group === undefined) ||
    facts.includes.some(({ group, kind }) => group === undefined && kind === 'requirements')
  );
}

/** What a project manifest declares, also through files that it reads; `group` as the project sees it. */
export function declarationsOf(manifest: Manifest, manifests: ReadonlyMap<string, Manifest>): readonly Declaration[] {
  const read = manifest.facts.includes
    .filter(include => include.kind === 'requirements')
    .flatMap(include =>
      installedWith(include.path, manifests).requirements.flatMap(list =>
        ownDeclarations(list).map(declaration =>
          include.group === undefined ? declaration : withGroup(declaration, include.group),
        ),
      ),
    );
  return [...ownDeclarations(manifest), ...read];
}

/** What stands in one file. */
export function ownDeclarations({ path, facts }: Manifest): readonly Declaration[] {
  return facts.dependencies.map(dependency => ({ path, dependency, compiled: facts.compiled }));
}

function withGroup(declaration: Declaration, group: string): Declaration {
  return { ...declaration, dependency: { ...declaration.dependency, group } };
}

/** Files that `pip install -r path` reads: included ones before those that include them, the file itself last. */
export function installedWith(
  path: string,
  manifests: ReadonlyMap<string, Manifest>,
): { readonly requirements: readonly Manifest[]; readonly constraints: readonly Manifest[] } {
  const requirements = new Set<Manifest>();
  const constraints = new Set<Manifest>();
  const visited = new Set<string>();
  const visit = (current: string, target: Set<Manifest>): void => {
    const manifest = manifests.get(current);
    if (!manifest || visited.has(current)) return;
    visited.add(current);
    for (const include of manifest.facts.includes) {
      visit(include.path, include.kind === 'constraints' ? constraints : target);
    }
    target.add(manifest);
  };
  visit(path, requirements);
  return { requirements: [...requirements], constraints: [...constraints] };
}

/** Whether a file lists packages for a purpose; constraints only limit what others list. */
export function isRequirementsFor(manifest: Manifest, accepts: (purpose: string) => boolean): boolean {
  return manifest.facts.format === 'requirements' && accepts(purposeOfFile(manifest.path));
}
