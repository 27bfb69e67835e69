import * as vscode from 'vscode';
import { ACCEPT_COMMAND } from '../../../server/src/protocol/acceptance.ts';
import { OPEN_RULE_COMMAND, SUPPRESS_COMMAND, type SuppressParams } from '../../../server/src/protocol/messages.ts';
import type { ReadinessStore } from '../readiness-store.ts';
import type { ReadinessView } from '../readiness-tree/readiness-view.ts';
import type { TreeEntry } from '../readiness-tree/tree-entries.ts';
import type { ServerProcess } from '../server-process.ts';
import type { MomentaryPages } from '../momentary-pages.ts';
import { accept, acceptRule, pruneBaseline, undoAcceptance } from './accept.ts';
import { copyDebugInfo } from './copy-debug-info.ts';
import { copyTask, explainFile, explainFinding } from './explain.ts';
import { chooseFix, fixFinding, fixRule } from './fix-finding.ts';
import { openRule } from './open-rule.ts';
import { resolveFinding, type FindingPlace } from './reveal-finding.ts';
import { writeReport, type ReportAnswers } from './report.ts';
import { cancelScan, scan } from './scan.ts';
import { orSayWhy, subjectOf, type FindingTarget } from './subjects.ts';
import { suppress, suppressFromTree } from './suppress.ts';

/** What the commands work on. */
export interface CommandParts {
  readonly server: ServerProcess;
  readonly store: ReadinessStore;
  readonly view: ReadinessView;
  readonly pages: MomentaryPages;
  readonly log: vscode.LogOutputChannel;
}

/** Registers the commands of the manifest, but for those that choose how the panel looks. */
export function registerCommands(parts: CommandParts): vscode.Disposable[] {
  return [
    ...serverCommands(parts),
    ...findingCommands(parts),
    ...explainingCommands(parts),
    ...acceptanceCommands(parts),
  ];
}

const on = vscode.commands.registerCommand;

function serverCommands({ server, store, view, log }: CommandParts): vscode.Disposable[] {
  return [
    on('readiness.scan', () => scan(server)),
    on('readiness.cancelScan', () => cancelScan(server)),
    on('readiness.restart', () => server.restart()),
    on('readiness.showLog', () => {
      log.show();
    }),
    on('readiness.copyDebugInfo', () => copyDebugInfo(server)),
    on(OPEN_RULE_COMMAND, (target: string | TreeEntry | undefined) => openRule(server, store, target)),
    on('readiness.showMore', (group: string) => {
      view.showMore(group);
    }),
  ];
}

function findingCommands({ server, store, view }: CommandParts): vscode.Disposable[] {
  return [
    on('readiness.fixFinding', (target?: FindingTarget) => orSayWhy(() => fixFinding(server, target, false))),
    on('readiness.previewFix', (target?: FindingTarget) => orSayWhy(() => fixFinding(server, target, true))),
    on('readiness.fixRule', (entry?: TreeEntry) => orSayWhy(() => fixRule(server, entry, false))),
    on('readiness.previewFixRule', (entry?: TreeEntry) => orSayWhy(() => fixRule(server, entry, true))),
    on('readiness.chooseFix', (target?: FindingTarget) => chooseFix(target ?? view.selected)),
    on('readiness.revealRule', (root: string, ruleId: string) => view.revealRule(root, ruleId)),
    on('readiness.revealFinding', async (target?: FindingTarget | FindingPlace) => {
      const finding = await resolveFinding(store, target);
      return finding ? view.revealFinding(finding) : false;
    }),
  ];
}

function explainingCommands({ server, store, pages }: CommandParts): vscode.Disposable[] {
  return [
    on('readiness.explainFinding', (target?: FindingTarget | FindingPlace) =>
      orSayWhy(async () => {
        const finding = await resolveFinding(store, target);
        if (finding) await explainFinding(server, pages, finding);
      }),
    ),
    on('readiness.copyTask', (target?: FindingTarget | FindingPlace) =>
      orSayWhy(async () => {
        const finding = await resolveFinding(store, target);
        if (finding) await copyTask(server, finding);
      }),
    ),
    on('readiness.explainFile', (target?: vscode.Uri | TreeEntry) => {
      const ofLine = target && 'node' in target ? subjectOf(target, 'file')?.uri : target;
      return orSayWhy(() => explainFile(server, pages, typeof ofLine === 'string' ? vscode.Uri.parse(ofLine) : ofLine));
    }),
    on('readiness.report', (answers?: ReportAnswers) => orSayWhy(() => writeReport(server, store, answers ?? {}))),
  ];
}

function acceptanceCommands({ server, store }: CommandParts): vscode.Disposable[] {
  return [
    on(SUPPRESS_COMMAND, (target: Omit<SuppressParams, 'reason'>, reason?: string) =>
      orSayWhy(() => suppress(server, target, reason)),
    ),
    on('readiness.suppressOnLine', (entry?: TreeEntry) => orSayWhy(() => suppressFromTree(server, entry, 'line'))),
    on('readiness.suppressInFile', (entry?: TreeEntry) => orSayWhy(() => suppressFromTree(server, entry, 'file'))),
    on(ACCEPT_COMMAND, (target?: FindingTarget, reason?: unknown) =>
      // From a menu, the second argument is the selection.
      orSayWhy(() => accept(server, target, typeof reason === 'string' ? reason : undefined)),
    ),
    on('readiness.acceptRule', (entry?: TreeEntry, reason?: unknown) =>
      orSayWhy(() => acceptRule(server, entry, typeof reason === 'string' ? reason : undefined)),
    ),
    on('readiness.undoAcceptance', (entry?: TreeEntry) => orSayWhy(() => undoAcceptance(server, entry))),
    on('readiness.pruneBaseline', (entry?: TreeEntry) => {
      const root = subjectOf(entry, 'root')?.root;
      const roots = root === undefined ? store.snapshot.roots.map(({ uri }) => uri) : [root];
      return orSayWhy(() => pruneBaseline(server, roots));
    }),
  ];
}
