import { groupBy } from '#rule-kit';
import {
  declarationsOf,
  installedWith,
  isRequirementsFor,
  ownDeclarations,
  type Declaration,
  type Manifest,
  type Project,
} from './manifests.ts';
import { folderOf, hasToAgree, isBesideRuntime, purposeOfFile } from './purpose.ts';

/** Declarations of one package that one other declaration has to agree with, strongest source first. */
export interface Confrontation {
  readonly derived: Declaration;
  /** Same package, same group. Several when they hold in different environments. */
  readonly truths: readonly Declaration[];
  /** Whether either side is a constraint, which may be narrower or wider as it likes. */
  readonly constraint: boolean;
}

type Manifests = ReadonlyMap<string, Manifest>;

/** Everything in one project that has to agree, the source of truth's confrontations first. */
export function confrontations(project: Project, manifests: Manifests): readonly Confrontation[] {
  return [
    ...withTruth(project, manifests),
    ...project.lists.flatMap(list => withIncluded(list, manifests)),
    ...withoutWords(project),
  ];
}

/** Requirements files, and other project manifests, against the project manifest that decides. */
function withTruth({ truth, copies, lists }: Project, manifests: Manifests): readonly Confrontation[] {
  if (!truth) return [];
  const declared = declarationsOf(truth, manifests);
  const fromCopies = copies.flatMap(copy =>
    confront(ownDeclarations(copy), declared, (derived, group) => derived.dependency.group === group),
  );
  const fromLists = lists.flatMap(list => {
    const purpose = purposeOfFile(list.path);
    return confront(ownDeclarations(list), declared, (_, group) => hasToAgree(purpose, group), isConstraints(list));
  });
  return [...fromCopies, ...fromLists];
}

/** Files that pip installs together because one names the other. */
function withIncluded(list: Manifest, manifests: Manifests): readonly Confrontation[] {
  if (list.facts.includes.length === 0) return [];
  const { requirements, constraints } = installedWith(list.path, manifests);
  const required = requirements.map(ownDeclarations);
  const between = required.flatMap((own, index) => confront(own, required.slice(0, index).flat(), always));
  const limits = constraints.flatMap(file => confront(ownDeclarations(file), required.flat(), always, true));
  return [...between, ...limits];
}

/** `requirements.txt` and `requirements-dev.txt` of one project, and `requirements.in` with what is compiled from it. */
function withoutWords({ lists }: Project): readonly Confrontation[] {
  const main = lists.filter(list => isRequirementsFor(list, purpose => purpose === '') && !isSource(list, lists));
  const beside = lists.filter(list => isRequirementsFor(list, isBesideRuntime));
  const runtime = main.length === 1 ? main.flatMap(ownDeclarations) : [];
  const compiled = lists.flatMap(list => {
    const source = lists.find(other => other.path === list.path.replace(/\.txt$/, '.in'));
    return source && source !== list ? confront(ownDeclarations(list), ownDeclarations(source), always) : [];
  });
  return [...compiled, ...beside.flatMap(list => confront(ownDeclarations(list), runtime, always))];
}

/** Whether another file of the project is compiled from this one. */
function isSource(list: Manifest, lists: readonly Manifest[]): boolean {
  const compiled = list.path.replace(/\.in$/, '.txt');
  return (
    compiled !== list.path &&
    lists.some(other => other.path === compiled && folderOf(other.path) === folderOf(list.path))
  );
}

function isConstraints(list: Manifest): boolean {
  return list.facts.format === 'constraints';
}

function always(): boolean {
  return true;
}

function confront(
  derived: readonly Declaration[],
  truths: readonly Declaration[],
  concerns: (derived: Declaration, group: string | undefined) => boolean,
  constraint = false,
): readonly Confrontation[] {
  const byName = groupBy(truths, truth => truth.dependency.name);
  return derived.flatMap(declaration => {
    const others = (byName.get(declaration.dependency.name) ?? []).filter(truth => truth.path !== declaration.path);
    const concerned = others.filter(truth => concerns(declaration, truth.dependency.group));
    const bySource = groupBy(concerned, truth => `${truth.path}\n${truth.dependency.group ?? ''}`);
    return [...bySource.values()].map(group => ({ derived: declaration, truths: group, constraint }));
  });
}
