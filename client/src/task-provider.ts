import * as vscode from 'vscode';
import { t } from './l10n.ts';

/** As the manifest declares it. */
const TASK_TYPE = 'readiness';
/** Words after `readiness` on the command line. */
type Arguments = readonly string[];

/** Runs the command line that comes with the extension as a task. `cli` is the path of its bundle. */
export function registerTasks(cli: string): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TASK_TYPE, {
    provideTasks: () =>
      (vscode.workspace.workspaceFolders ?? []).filter(isOnDisk).flatMap(folder => offered(folder, cli)),
    resolveTask({ definition, scope, name }) {
      const folder = isFolder(scope) ? scope : vscode.workspace.workspaceFolders?.find(isOnDisk);
      const words = readArguments(definition);
      if (!folder || !isOnDisk(folder) || !words) return undefined;
      // The editor takes the task back only with the very definition that it asked about.
      return createTask({ definition, folder, name, words, cli });
    },
  });
}

function offered(folder: vscode.WorkspaceFolder, cli: string): readonly vscode.Task[] {
  const tasks: readonly (readonly [string, Arguments])[] = [
    [t('review the folder'), ['check']],
    [t('write a report'), ['report', '--format', 'html', '--output', 'readiness-report.html']],
  ];
  return tasks.map(([name, words]) => {
    const definition = { type: TASK_TYPE, arguments: words };
    return createTask({ definition, folder, name, words, cli });
  });
}

interface TaskParts {
  readonly definition: vscode.TaskDefinition;
  readonly folder: vscode.WorkspaceFolder;
  readonly name: string;
  readonly words: Arguments;
  readonly cli: string;
}

function createTask({ definition, folder, name, words, cli }: TaskParts): vscode.Task {
  const execution = new vscode.ProcessExecution(process.execPath, [cli, ...words], {
    cwd: folder.uri.fsPath,
    // The editor's own program is a Node with this set.
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  // No matchers: the server has told the editor of all findings, and Problems would list them twice.
  return new vscode.Task(definition, folder, name, 'readiness', execution, []);
}

/** What the definition in `tasks.json` asks for; a review when it says nothing, undefined when it makes no sense. */
function readArguments(definition: vscode.TaskDefinition): Arguments | undefined {
  const given: unknown = definition['arguments'];
  if (given === undefined) return ['check'];
  return Array.isArray(given) && given.every(word => typeof word === 'string') ? given : undefined;
}

function isFolder(scope: vscode.Task['scope']): scope is vscode.WorkspaceFolder {
  return typeof scope === 'object';
}

function isOnDisk({ uri }: vscode.WorkspaceFolder): boolean {
  return uri.scheme === 'file';
}
