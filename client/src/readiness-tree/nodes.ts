import type {
  AcceptedRow,
  Aspect,
  BlockingRule,
  FindingRow,
  NotMeasuredRow,
  RootModel,
  RuleRow,
} from '../../../server/src/protocol/model.ts';
import { isFailed } from './wording.ts';

/** One line of the panel. `id` stays the same from refresh to refresh, so that the editor keeps it expanded. */
export type TreeNode =
  | { readonly kind: 'root'; readonly id: string; readonly root: RootModel }
  | { readonly kind: 'configuration'; readonly id: string; readonly root: RootModel }
  | { readonly kind: 'score'; readonly id: string; readonly root: RootModel }
  | { readonly kind: 'coverage'; readonly id: string; readonly root: RootModel }
  | {
      readonly kind: 'blocking';
      readonly id: string;
      readonly root: RootModel;
      readonly blocking: BlockingRule;
      readonly rule: RuleRow | undefined;
    }
  | {
      readonly kind: 'aspect';
      readonly id: string;
      readonly root: RootModel;
      readonly aspect: Aspect;
      readonly rules: readonly RuleRow[];
      readonly score: number | undefined;
    }
  | { readonly kind: 'rule'; readonly id: string; readonly root: RootModel; readonly rule: RuleRow }
  | { readonly kind: 'finding'; readonly id: string; readonly finding: FindingRow }
  | { readonly kind: 'accepted'; readonly id: string; readonly root: RootModel }
  | { readonly kind: 'acceptedFinding'; readonly id: string; readonly row: AcceptedRow; readonly title: string }
  | { readonly kind: 'notMeasured'; readonly id: string; readonly root: RootModel }
  | { readonly kind: 'notMeasuredFile'; readonly id: string; readonly file: NotMeasuredRow };

const PRIORITY_ORDER = ['critical', 'high', 'medium', 'low'];

/** The top of the panel: the folders where there are several, else what the only one holds. */
export function topNodes(roots: readonly RootModel[]): TreeNode[] {
  const [only, ...others] = roots;
  if (only === undefined) return [];
  if (others.length === 0) return rootChildren(only);
  // A folder shows up with something to show: the editor is slow to learn that an empty line has children now.
  const shown = roots.filter(({ score, activity }) => score !== undefined || activity.kind === 'failed');
  return shown.map(root => ({ kind: 'root', id: root.uri, root }));
}

/** What stands under a root: a broken configuration, score, aspects, what was accepted, files without a result. */
export function rootChildren(root: RootModel): TreeNode[] {
  if (!root.score) return [];
  const nodes: TreeNode[] = [];
  if (root.brokenConfiguration) nodes.push({ kind: 'configuration', id: `${root.uri}|configuration`, root });
  nodes.push({ kind: 'score', id: `${root.uri}|score`, root }, ...aspectNodes(root));
  if (root.accepted.count > 0) nodes.push({ kind: 'accepted', id: `${root.uri}|accepted`, root });
  if (root.notMeasured.length > 0) nodes.push({ kind: 'notMeasured', id: `${root.uri}|notMeasured`, root });
  return nodes;
}

/** Under the score: the rules that keep the wanted level from being reached, and what was measured. */
export function scoreNodes(root: RootModel): TreeNode[] {
  const rules = new Map(root.rules.map(rule => [rule.ruleId, rule]));
  const blocking = (root.score?.blocking ?? []).map((each): TreeNode => {
    const id = `${root.uri}|blocking|${each.ruleId}`;
    return { kind: 'blocking', id, root, blocking: each, rule: rules.get(each.ruleId) };
  });
  return [...blocking, { kind: 'coverage', id: `${root.uri}|coverage`, root }];
}

/** Rules of an aspect, what needs work first. */
export function ruleNodes(root: RootModel, rules: readonly RuleRow[]): TreeNode[] {
  return [...rules].sort(byNeed).map(rule => ({ kind: 'rule', id: ruleNodeId(root.uri, rule.ruleId), root, rule }));
}

/** Findings of a rule. */
export function findingNodes(rootUri: string, findings: readonly FindingRow[]): TreeNode[] {
  return findings.map(finding => ({
    kind: 'finding',
    id: `${ruleNodeId(rootUri, finding.ruleId)}|${finding.id}`,
    finding,
  }));
}

/** Findings that comments accept. */
export function acceptedNodes(root: RootModel, rows: readonly AcceptedRow[]): TreeNode[] {
  const titles = new Map(root.rules.map(({ ruleId, title }) => [ruleId, title]));
  return rows.map(row => ({
    kind: 'acceptedFinding',
    id: `${root.uri}|accepted|${row.id}`,
    row,
    title: titles.get(row.ruleId) ?? row.ruleId,
  }));
}

/** Files that could not be looked at. */
export function notMeasuredNodes(root: RootModel): TreeNode[] {
  return root.notMeasured.map(file => ({ kind: 'notMeasuredFile', id: `${root.uri}|notMeasured|${file.path}`, file }));
}

/** Everything that decides how a node and what is below it look; equal text, equal look. */
export function appearance(node: TreeNode): string {
  return JSON.stringify(appearanceOf(node));
}

function appearanceOf(node: TreeNode): unknown {
  switch (node.kind) {
    case 'root':
      return [node.root.name, node.root.activity.kind, node.root.score];
    case 'configuration':
      return node.root.brokenConfiguration;
    case 'score':
    case 'coverage':
      return [node.root.score, node.root.counts];
    case 'blocking':
      return [node.blocking, node.rule?.title, node.rule?.priority];
    case 'aspect':
      return [node.rules, node.score];
    case 'rule':
      return node.rule;
    case 'finding':
      return node.finding;
    case 'accepted':
      return node.root.accepted;
    case 'acceptedFinding':
      return node.row;
    case 'notMeasured':
      return node.root.notMeasured;
    case 'notMeasuredFile':
      return node.file;
  }
}

function aspectNodes(root: RootModel): TreeNode[] {
  const scores = new Map(root.score?.aspects.map(({ aspect, score }) => [aspect, score]));
  const byAspect = new Map<Aspect, RuleRow[]>();
  for (const rule of root.rules) byAspect.set(rule.aspect, [...(byAspect.get(rule.aspect) ?? []), rule]);
  return [...byAspect].map(([aspect, rules]) => {
    return { kind: 'aspect', id: `${root.uri}|${aspect}`, root, aspect, rules, score: scores.get(aspect) };
  });
}

function byNeed(left: RuleRow, right: RuleRow): number {
  return (
    rank(left) - rank(right) ||
    PRIORITY_ORDER.indexOf(left.priority) - PRIORITY_ORDER.indexOf(right.priority) ||
    left.title.localeCompare(right.title)
  );
}

function rank(rule: RuleRow): number {
  if (isFailed(rule)) return 0;
  return ['accepted', 'passed', 'notMeasured', 'notApplicable'].indexOf(rule.outcome.kind) + 1;
}

function ruleNodeId(rootUri: string, ruleId: string): string {
  return `${rootUri}|rule|${ruleId}`;
}
