import * as vscode from 'vscode';
import { OPEN_RULE_COMMAND, SUPPRESS_COMMAND, type SuppressParams } from '../../../server/src/protocol/messages.ts';
import type { ReadinessStore } from '../readiness-store.ts';
import type { ReadinessView, TreeEntry } from '../readiness-tree/readiness-view.ts';
import type { ServerProcess } from '../server-process.ts';
import { copyDebugInfo } from './copy-debug-info.ts';
import { fixFinding } from './fix-finding.ts';
import { openRule } from './open-rule.ts';
import { cancelScan, scan } from './scan.ts';
import { suppress, suppressFromTree } from './suppress.ts';

/** What the commands work on. */
export interface CommandParts {
  readonly server: ServerProcess;
  readonly store: ReadinessStore;
  readonly view: ReadinessView;
  readonly log: vscode.LogOutputChannel;
}

/** Registers every command of the manifest. */
export function registerCommands({ server, store, view, log }: CommandParts): vscode.Disposable[] {
  const on = vscode.commands.registerCommand;
  return [
    on('readiness.scan', () => scan(server)),
    on('readiness.cancelScan', () => cancelScan(server)),
    on('readiness.restart', () => server.restart()),
    on('readiness.showLog', () => {
      log.show();
    }),
    on('readiness.copyDebugInfo', () => copyDebugInfo(server)),
    on(OPEN_RULE_COMMAND, (target: string | TreeEntry | undefined) => openRule(server, store, target)),
    on(SUPPRESS_COMMAND, (target: Omit<SuppressParams, 'reason'>, reason?: string) => suppress(server, target, reason)),
    on('readiness.suppressOnLine', (entry?: TreeEntry) => suppressFromTree(server, entry, 'line')),
    on('readiness.suppressInFile', (entry?: TreeEntry) => suppressFromTree(server, entry, 'file')),
    on('readiness.fixFinding', (entry?: TreeEntry) => fixFinding(entry)),
    on('readiness.revealRule', (root: string, ruleId: string) => view.revealRule(root, ruleId)),
  ];
}
