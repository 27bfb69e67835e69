import { defineWorkspaceRule, type Finding, type Report, type WorkspaceRuleContext } from '#rule-kit';
import { alignedSpecifier, alignmentFix } from './alignment.ts';
import { examineNpmWorkspaces } from './npm-workspaces.ts';
import { findProjects, pythonManifests, type Declaration, type Manifest, type Project } from './manifests.ts';
import { confrontations } from './pairs.ts';
import { judge } from './verdict.ts';

export default defineWorkspaceRule({
  meta: {
    id: 'dependency-conflict',
    title: 'Manifests that ask for different versions of a package',
    aspect: 'dependencies',
    priority: 'critical',
    confidence: 'high',
    languages: ['Python', 'TypeScript', 'JavaScript', 'TOML'],
    fix: 'safe',
    since: '0.1.0',
    requiredFor: 'experimental',
    fileKinds: ['source', 'test', 'generated'],
  },

  examine(workspace, context) {
    const manifests = pythonManifests(workspace);
    const seen: Seen = { examined: new Set(), reported: new Set() };
    for (const project of findProjects(workspace, manifests)) examineProject(project, manifests, seen, context);
    const isShared = examineNpmWorkspaces(workspace, context);
    if (seen.examined.size > 0 || isShared) return;
    context.notApplicable('No package is declared in more than one manifest of a project.');
  },

  fix: (finding: Finding, context) => alignmentFix(finding, context),
});

/** Places of declarations, so that each counts once: a file may be included by several projects. */
interface Seen {
  readonly examined: Set<string>;
  readonly reported: Set<string>;
}

function examineProject(
  project: Project,
  manifests: ReadonlyMap<string, Manifest>,
  { examined, reported }: Seen,
  context: WorkspaceRuleContext,
): void {
  for (const confrontation of confrontations(project, manifests)) {
    const { path, dependency } = confrontation.derived;
    const place = `${path}:${dependency.range.start}`;
    if (!examined.has(place)) context.examined();
    examined.add(place);
    // One line is one mistake, however many files it disagrees with.
    if (reported.has(place)) continue;
    const verdict = judge(confrontation, project.requiresPython);
    if (verdict.kind !== 'unsatisfiable' && verdict.kind !== 'different') continue;
    reported.add(place);
    context.report(path, toReport(confrontation.derived, verdict.truth, verdict.kind));
  }
}

function toReport(derived: Declaration, truth: Declaration, kind: 'unsatisfiable' | 'different'): Report {
  const { name, specifier, range } = derived.dependency;
  const there = `\`${truth.dependency.specifier}\` in \`${truth.path}\``;
  const problem =
    kind === 'unsatisfiable'
      ? `No version of \`${name}\` satisfies both \`${specifier}\` here and ${there}, so installing both fails and either one alone breaks what the other promises.`
      : `\`${name}\` is \`${specifier}\` here and ${there}, so which version runs depends on the file that it was installed from.`;
  const remedy = derived.compiled ? 'Compile this file again.' : `Align this line with \`${truth.path}\`.`;
  const canAlign = !derived.compiled && alignedSpecifier(truth.dependency) !== undefined;
  return {
    range,
    message: `${problem} ${remedy}`,
    priority: kind === 'unsatisfiable' ? 'critical' : 'medium',
    related: [
      {
        path: truth.path,
        range: truth.dependency.range,
        message: `\`${name}\` is declared as \`${truth.dependency.specifier}\` here.`,
      },
    ],
    data: { truth: truth.path, truthStart: truth.dependency.range.start, name },
    ...(canAlign ? { fix: 'safe' as const } : {}),
  };
}
