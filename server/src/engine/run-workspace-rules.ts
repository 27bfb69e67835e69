import type { FileFacts } from '../core/file-facts.ts';
import type { Finding } from '../core/finding.ts';
import type { OutlineFunction } from '../core/python-outline.ts';
import type { WorkspaceRule } from '../core/rule.ts';
import { settingsOfRule, type Settings } from '../core/settings.ts';
import type { Workspace } from '../core/workspace.ts';
import { isPython } from './extract.ts';
import { completeFinding, messageOf } from './judge-file.ts';
import type { RuleFailure } from './model.ts';
import type { WorkspaceRun } from './outcomes.ts';

/** What the workspace rules say. */
export interface WorkspaceJudgement {
  /** Before suppression, by path. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  readonly runs: ReadonlyMap<string, WorkspaceRun>;
  readonly failures: readonly RuleFailure[];
}

export const NO_WORKSPACE_JUDGEMENT: WorkspaceJudgement = { findings: new Map(), runs: new Map(), failures: [] };

/** What rules said that were asked apart. */
export function mergeJudgements(left: WorkspaceJudgement, right: WorkspaceJudgement): WorkspaceJudgement {
  return {
    findings: mergeFindings(left.findings, right.findings),
    runs: new Map([...left.runs, ...right.runs]),
    failures: [...left.failures, ...right.failures],
  };
}

type FindingsByPath = WorkspaceJudgement['findings'];

function mergeFindings(left: FindingsByPath, right: FindingsByPath): FindingsByPath {
  if (right.size === 0) return left;
  if (left.size === 0) return right;
  const findings = new Map(left);
  for (const [path, found] of right) findings.set(path, [...(left.get(path) ?? []), ...found]);
  return findings;
}

/** Runs every workspace rule that is switched on. One that throws loses its own findings only. */
export function runWorkspaceRules(
  rules: readonly WorkspaceRule[],
  workspace: Workspace,
  settings: Settings,
): WorkspaceJudgement {
  const findings = new Map<string, Finding[]>();
  const runs = new Map<string, WorkspaceRun>();
  const failures: RuleFailure[] = [];
  for (const rule of rules) {
    if (!settingsOfRule(settings, rule.meta).enabled) continue;
    const { id } = rule.meta;
    try {
      const { run, found } = runRule(rule, workspace, settings);
      runs.set(id, run);
      for (const finding of found) {
        const others = findings.get(finding.path);
        if (others) others.push(finding);
        else findings.set(finding.path, [finding]);
      }
    } catch (error) {
      runs.set(id, { kind: 'notMeasured', reason: 'The rule failed; the log says more.' });
      failures.push({ ruleId: id, path: '', message: messageOf(error) });
    }
  }
  return { findings, runs, failures };
}

function runRule(
  rule: WorkspaceRule,
  workspace: Workspace,
  settings: Settings,
): { readonly run: WorkspaceRun; readonly found: readonly Finding[] } {
  const found: Finding[] = [];
  let examined = 0;
  let reason: string | undefined;
  const kinds = rule.meta.fileKinds ?? ['source'];
  rule.examine(workspace, {
    settings,
    report: (path, report) => {
      const { kind, symbols } = describeFile(workspace, path);
      if (kinds.includes(kind)) found.push(completeFinding(rule.meta, settings, path, report, symbols));
    },
    examined: (count = 1) => {
      examined += count;
    },
    notApplicable: why => {
      reason = why;
    },
  });
  return { run: reason === undefined ? { kind: 'completed', examined } : { kind: 'notApplicable', reason }, found };
}

/** Files that no front end reads have no kind, and are the business of rules that name them. */
function describeFile(workspace: Workspace, path: string): Pick<FileFacts, 'kind' | 'symbols'> {
  const file = workspace.file(path);
  if (file) return file;
  // Asking for Python links all of its files.
  if (!isPython(path)) return { kind: 'source', symbols: [] };
  const outline = workspace.python?.index.outline(path);
  if (!outline) return { kind: 'source', symbols: [] };
  const { kind, functions } = outline;
  return { kind, symbols: functions.some(isLambda) ? functions.filter(one => !one.isLambda) : functions };
}

function isLambda(one: OutlineFunction): boolean {
  return one.isLambda;
}
