import * as vscode from 'vscode';
import { REPORT_REQUEST, type ReportFormat } from '../../../server/src/protocol/explaining.ts';
import type { RootModel } from '../../../server/src/protocol/model.ts';
import { t } from '../l10n.ts';
import type { ReadinessStore } from '../readiness-store.ts';
import type { ServerProcess } from '../server-process.ts';

/** Answers to what the command would ask; other extensions and tests may give them. */
export interface ReportAnswers {
  readonly format?: ReportFormat;
  /** Where the report goes. */
  readonly target?: vscode.Uri;
}

interface FormatChoice extends vscode.QuickPickItem {
  readonly format: ReportFormat;
  readonly extension: string;
}

/** Writes a report of a folder where the user wants it, and opens it. */
export async function writeReport(
  server: ServerProcess,
  store: ReadinessStore,
  { format, target }: ReportAnswers,
): Promise<void> {
  const root = await pickRoot(store.snapshot.roots);
  if (!root) return;
  const choice = formats().find(each => each.format === format) ?? (await pickFormat());
  if (!choice) return;
  const text = await server.request(REPORT_REQUEST, { root: root.uri, format: choice.format });
  if (text === undefined || text === null) {
    void vscode.window.showWarningMessage(t('There is nothing to report yet: {0} has not been scanned.', root.name));
    return;
  }
  const file = target ?? (await pickTarget(root, choice));
  if (!file) return;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  await open(file, choice.format);
}

async function pickRoot(roots: readonly RootModel[]): Promise<RootModel | undefined> {
  if (roots.length <= 1) return roots[0];
  const items = roots.map(root => ({ label: root.name, root }));
  return (await vscode.window.showQuickPick(items, { placeHolder: t('A report of which folder?') }))?.root;
}

function formats(): readonly FormatChoice[] {
  return [
    { label: t('Web page'), description: 'HTML', detail: t('One page that also prints well'), ...as('html', 'html') },
    { label: t('Document'), description: 'Markdown', detail: t('For a repository or a wiki'), ...as('markdown', 'md') },
    { label: 'SARIF', detail: t('For code hosts'), ...as('sarif', 'sarif') },
    { label: 'JSON', detail: t('For programs'), ...as('json', 'json') },
  ];
}

function as(format: ReportFormat, extension: string): Pick<FormatChoice, 'format' | 'extension'> {
  return { format, extension };
}

function pickFormat(): Thenable<FormatChoice | undefined> {
  return vscode.window.showQuickPick(formats(), {
    title: t('Readiness Report'),
    placeHolder: t('In which format?'),
    matchOnDescription: true,
  });
}

function pickTarget(root: RootModel, { extension, label }: FormatChoice): Thenable<vscode.Uri | undefined> {
  return vscode.window.showSaveDialog({
    title: t('Save the report'),
    defaultUri: vscode.Uri.joinPath(vscode.Uri.parse(root.uri), `readiness-report.${extension}`),
    filters: { [label]: [extension] },
  });
}

async function open(file: vscode.Uri, format: ReportFormat): Promise<void> {
  if (format === 'markdown') await vscode.commands.executeCommand('markdown.showPreview', file);
  // A browser on this machine can only open files of this machine.
  else if (format === 'html' && vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop)
    await vscode.env.openExternal(file);
  else await vscode.window.showTextDocument(file);
}
