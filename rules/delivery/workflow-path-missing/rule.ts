import { defineWorkspaceRule, type Report, type WorkflowPathFact } from '#rule-kit';
import { judgePath } from './judge-path.ts';
import type { NearestPath } from './nearest-path.ts';
import { collectRepositoryFiles } from './repository-files.ts';
import { rewritePath } from './rewrite-path.ts';

export default defineWorkspaceRule({
  meta: {
    id: 'workflow-path-missing',
    title: 'Workflow path that does not exist',
    aspect: 'delivery',
    priority: 'high',
    confidence: 'high',
    languages: ['YAML'],
    fix: 'safe',
    since: '0.1.0',
    requiredFor: 'standard',
  },

  examine(workspace, context) {
    const workflows = workspace.files.filter(
      // A folder such as `.github/actions/test` holds no tests.
      file => file.workflow !== undefined && (file.kind === 'source' || file.path.startsWith('.github/')),
    );
    if (workflows.length === 0) {
      context.notApplicable('There is no GitHub workflow.');
      return;
    }
    if (workspace.folderInRepository !== '') {
      context.notApplicable('The workspace is a folder inside a repository, and workflows name paths from its top.');
      return;
    }

    const files = collectRepositoryFiles(workspace);
    for (const { path, workflow } of workflows) {
      for (const fact of workflow?.paths ?? []) {
        const judgement = judgePath(fact, files, workspace);
        if (judgement.kind !== 'unknown') context.examined();
        if (judgement.kind === 'missing') context.report(path, toReport(fact, judgement.nearest));
      }
    }
  },

  fix(finding, context) {
    const change = readChange(finding.data);
    if (change === undefined) return [];
    const { text } = context.source(finding.path);
    // Escapes and folded lines make the text differ from the path that it stands for.
    if (text.slice(finding.range.start, finding.range.end) !== change.written) return [];

    const edit = { range: finding.range, newText: change.replacement };
    return [
      {
        title: `Change the path to \`${change.replacement}\``,
        applicability: change.isObvious ? 'safe' : 'suggested',
        edits: [{ path: finding.path, edits: [edit] }],
      },
    ];
  },
});

function toReport(fact: WorkflowPathFact, nearest: NearestPath | undefined): Report {
  const replacement = nearest && rewritePath(fact.written, fact.base, nearest.path);
  const remedy =
    nearest === undefined ? 'Correct the path or remove it.' : `The nearest existing path is \`${nearest.path}\`.`;
  const report: Report = { range: fact.range, message: `${whatIsWrong(fact)} ${remedy}`, ...milder(fact) };
  if (nearest === undefined || replacement === undefined) return report;
  return {
    ...report,
    data: { written: fact.written, replacement, isObvious: nearest.isObvious },
    fix: nearest.isObvious ? 'safe' : 'suggested',
  };
}

function whatIsWrong(fact: WorkflowPathFact): string {
  const path = `\`${fact.path}\``;
  switch (fact.use) {
    case 'trigger':
      return fact.optional
        ? `Nothing in the repository matches ${path}, so this entry excludes nothing.`
        : `Nothing in the repository matches ${path}, so no change of it starts this workflow.`;
    case 'hashFiles':
      return `No file matches ${path}, so the hash is the same whatever changes and an old cache is used for ever.`;
    case 'cacheDependency':
      return `No file matches ${path}, so the step that sets up the cache fails.`;
    case 'workingDirectory':
    case 'changeDirectory':
    case 'dockerContext':
      return `There is no folder ${path} in the repository, so this step fails.`;
    case 'localAction':
      return `There is no ${path} in the repository, so the workflow fails before it does anything.`;
    case 'argument':
    case 'requirements':
      return `There is no ${path} in the repository, so this step fails.`;
  }
}

/** A stale entry that only has no effect is no reason to stop a release. */
function milder(fact: WorkflowPathFact): Pick<Report, 'priority'> {
  if (fact.optional) return { priority: 'low' };
  return fact.use === 'hashFiles' || fact.use === 'trigger' ? { priority: 'medium' } : {};
}

interface Change {
  readonly written: string;
  readonly replacement: string;
  readonly isObvious: boolean;
}

function readChange(data: unknown): Change | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { written, replacement, isObvious } = data as Readonly<Record<string, unknown>>; // An object has properties of any kind.
  return typeof written === 'string' && typeof replacement === 'string'
    ? { written, replacement, isObvious: isObvious === true }
    : undefined;
}
