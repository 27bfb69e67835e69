import * as vscode from 'vscode';

/** Publisher and name in package.json. */
export const EXTENSION_ID = 'readiness.readiness';

/** Waits until a question has an answer that counts, asking often; fails with `what` when the time is over. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  timeout = 20_000,
): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`Waited ${timeout / 1000} seconds for: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** The folder of the window; a name picks one of several. */
export function workspaceFolder(name?: string): vscode.WorkspaceFolder {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.find(candidate => name === undefined || candidate.name === name);
  if (!folder) throw new Error(`There is no folder ${name ?? ''} in: ${folders.map(each => each.name).join(', ')}`);
  return folder;
}

/** Starts our extension and waits until it is ready. */
export async function activateExtension(): Promise<vscode.Extension<unknown>> {
  const extension = vscode.extensions.getExtension<unknown>(EXTENSION_ID);
  if (!extension) throw new Error(`${EXTENSION_ID} is not installed.`);
  await extension.activate();
  return extension;
}

/** Our diagnostics of a file. */
export function diagnosticsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(diagnostic => diagnostic.source?.toLowerCase() === 'readiness');
}

/** The rule that a diagnostic belongs to. */
export function ruleOf({ code }: vscode.Diagnostic): string | undefined {
  const value = typeof code === 'object' ? code.value : code;
  return value === undefined ? undefined : String(value);
}

/** Waits for the first diagnostic of a rule in a file. */
export function findingOf(ruleId: string, uri: vscode.Uri): Promise<vscode.Diagnostic> {
  return until(`${ruleId} in ${uri.path}`, () => diagnosticsOf(uri).find(diagnostic => ruleOf(diagnostic) === ruleId));
}

/** The code actions that the editor would offer at a place. */
export async function codeActionsAt(
  uri: vscode.Uri,
  range: vscode.Range,
  kind: vscode.CodeActionKind = vscode.CodeActionKind.QuickFix,
): Promise<vscode.CodeAction[]> {
  // The number asks the provider to resolve that many actions, so that their edits are there.
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    kind.value,
    50,
  );
}

/** Applies the edit of a code action, as a click on it does. */
export async function applyAction(action: vscode.CodeAction): Promise<void> {
  if (!action.edit) throw new Error(`\`${action.title}\` has no edit.`);
  if (!(await vscode.workspace.applyEdit(action.edit))) throw new Error(`\`${action.title}\` could not be applied.`);
}

/** Closes all editors and throws their unsaved changes away. */
export async function closeEverything(): Promise<void> {
  while (vscode.window.activeTextEditor) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}
