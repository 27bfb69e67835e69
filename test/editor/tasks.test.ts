import * as assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as vscode from 'vscode';
import { readinessApi } from './readiness-api.ts';
import { until, workspaceFolder } from './support.ts';
import { readText, removeFile, workspaceUri } from './workspace-files.ts';

const MATCHERS = ['$readiness-error', '$readiness-warning', '$readiness-info'];
/** Findings of the sample service, by the matcher that has to read them. */
const EXPECTED = [
  ['shop/settings.py', 'hardcoded-secret', vscode.DiagnosticSeverity.Error],
  ['shop/clients/payments.py', 'http-timeout', vscode.DiagnosticSeverity.Warning],
  ['shop/worker.py', 'uninterruptible-sleep', vscode.DiagnosticSeverity.Information],
] as const;

describe('Tasks', () => {
  before(readinessApi);

  it('review the folder with the command line of the extension', async () => {
    const { exitCode, output } = await run(await taskNamed('review the folder'));

    assert.equal(exitCode, 1, 'the sample has findings of high priority');
    assert.match(output, /^shop\/settings\.py:8:19 {2,}critical {2,}hardcoded-secret /m);
  });

  it('show no problem twice: the server has told of all of them', async () => {
    assert.deepEqual((await taskNamed('review the folder')).problemMatchers, []);
  });

  it('write a report as a page', async () => {
    try {
      assert.equal((await run(await taskNamed('write a report'))).exitCode, 0);
      assert.match(await readText('readiness-report.html'), /^<!doctype html>/i);
    } finally {
      await removeFile(workspaceUri('readiness-report.html'));
    }
  });

  it('have matchers that turn what they print into problems', async () => {
    const { output } = await run(await taskNamed('review the folder'));
    const definition = { type: 'readiness', arguments: ['check'] };
    const execution = new vscode.CustomExecution(() => Promise.resolve(terminalWith(output)));
    const task = new vscode.Task(definition, workspaceFolder(), 'review', 'shop', execution, MATCHERS);

    await vscode.tasks.executeTask(task);

    for (const [path, rule, severity] of EXPECTED) {
      const found = await until(`${rule} in ${path}`, () =>
        matchedProblems(workspaceUri(path)).find(({ code }) => code === rule),
      );
      assert.equal(found.severity, severity);
    }
  });
});

async function taskNamed(name: string): Promise<vscode.Task> {
  const tasks = await vscode.tasks.fetchTasks({ type: 'readiness' });
  const task = tasks.find(each => each.name === name);
  assert.ok(task, tasks.map(each => each.name).join(' | '));
  return task;
}

interface Run {
  readonly exitCode: number | null;
  /** What the command printed. */
  readonly output: string;
}

/** Runs what a task would run. Not as a task: the editor of these tests has no terminals of the system. */
async function run({ execution }: vscode.Task): Promise<Run> {
  assert.ok(execution instanceof vscode.ProcessExecution);
  const { process: program, args, options } = execution;
  assert.ok(options?.cwd);
  const child = spawn(program, args, { cwd: options.cwd, env: { ...process.env, ...options.env } });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { exitCode, output: Buffer.concat(chunks).toString() };
}

/** A terminal in which a command has printed something. */
function terminalWith(output: string): vscode.Pseudoterminal {
  const [written, ended] = [new vscode.EventEmitter<string>(), new vscode.EventEmitter<number>()];
  return {
    onDidWrite: written.event,
    onDidClose: ended.event,
    open() {
      written.fire(output.replaceAll('\n', '\r\n'));
      ended.fire(1);
    },
    close() {
      written.dispose();
      ended.dispose();
    },
  };
}

/** What matchers have read; the server's own problems name another source. */
function matchedProblems(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'readiness');
}
