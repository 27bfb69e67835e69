import * as vscode from 'vscode';
import type { FindingPlace } from './commands/reveal-finding.ts';
import { t } from './l10n.ts';

const SELECTOR: vscode.DocumentSelector = { scheme: 'file' };
const KINDS = [vscode.CodeActionKind.QuickFix];

/** Two ways from a squiggle to more about it, behind the fixes that the server offers. */
export function registerFindingActions(): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: ({ uri }, _range, { diagnostics, only }) => {
      if (only && !only.contains(vscode.CodeActionKind.QuickFix)) return [];
      const [diagnostic] = diagnostics.filter(({ source }) => source === 'Readiness');
      return diagnostic ? actionsFor(uri, diagnostic) : [];
    },
  };
  return vscode.languages.registerCodeActionsProvider(SELECTOR, provider, { providedCodeActionKinds: KINDS });
}

function actionsFor(uri: vscode.Uri, diagnostic: vscode.Diagnostic): vscode.CodeAction[] {
  const code = typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code;
  const place: FindingPlace = {
    uri: uri.toString(),
    ruleId: String(code ?? ''),
    line: diagnostic.range.start.line,
  };
  const offer = (title: string, command: string): vscode.CodeAction => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = [diagnostic];
    action.command = { title, command, arguments: [place] };
    return action;
  };
  return [
    offer(t('Readiness: Explain this finding'), 'readiness.explainFinding'),
    offer(t('Readiness: Show in the panel'), 'readiness.revealFinding'),
  ];
}
