/** The one module that rules import: the vocabulary, and the edits that fixes are made of. */
export { defineRule, defineWorkspaceRule } from '../core/rule.ts';
export type { FileRule, RuleContext, RuleMeta, WorkspaceRule, WorkspaceRuleContext } from '../core/rule.ts';
export type { FactMap } from '../core/fact.ts';
export type { Finding, RelatedPlace, Report } from '../core/finding.ts';
export type { Fix, FileEdit } from '../core/fix.ts';
export type { FixContext } from '../core/fix-context.ts';
export type { PythonSource } from '../core/source-file.ts';
export type { TextEdit, TextRange } from '../core/text.ts';
export type { Workspace } from '../core/workspace.ts';
export type { FileFacts } from '../core/file-facts.ts';
export type { DependencyFact, ManifestFacts, Marker, VersionSet } from '../core/facts/manifest.ts';
export type { WorkflowPathFact } from '../core/facts/workflow.ts';
export { editDistance } from '../core/nearest-name.ts';
export { parsePythonVersion } from './python-version.ts';
export { intersectRanges, rangesContain, sameRanges, versionRanges } from './version-ranges.ts';
export { npmRangesMeet } from './npm-ranges.ts';
