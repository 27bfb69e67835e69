import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEverything, codeActionsAt, diagnosticsOf, findingOf, ruleOf, until, workspaceFolder } from './support.ts';
import { readinessApi } from './readiness-api.ts';
import { newFile, writeFile } from './workspace-files.ts';

const EXCEPTS =
  'import requests\n\n\ndef total(url: str) -> str:\n    try:\n        return requests.get(url).text\n    except:\n        print("down")\n        return "?"\n';

describe('The configuration', () => {
  const file = (): vscode.Uri => vscode.Uri.joinPath(workspaceFolder().uri, 'readiness.yaml');
  let original: Uint8Array | undefined;

  before(async () => {
    original = await Promise.resolve(vscode.workspace.fs.readFile(file())).catch(() => undefined);
  });

  afterEach(async () => {
    await closeEverything();
    if (original) await vscode.workspace.fs.writeFile(file(), original);
    else await Promise.resolve(vscode.workspace.fs.delete(file())).catch(() => undefined);
  });

  it('takes effect as soon as it is saved', async () => {
    await readinessApi();
    const { document } = await newFile('configured.py', EXCEPTS);
    await findingOf('http-timeout', document.uri);

    await writeFile(file(), 'rules:\n  http-timeout: off\n');

    await until('the rule off', () => !diagnosticsOf(document.uri).map(ruleOf).includes('http-timeout'));
    assert.ok(diagnosticsOf(document.uri).map(ruleOf).includes('bare-except'));
  });

  it('that can’t be parsed is marked at its place, keeps the last good one, and stops fixing on save', async () => {
    const api = await readinessApi();
    await writeFile(file(), 'rules:\n  http-timeout: off\n');
    const { document } = await newFile('unparsable.py', EXCEPTS);
    await findingOf('bare-except', document.uri);
    await until('the rule off', () => !diagnosticsOf(document.uri).map(ruleOf).includes('http-timeout'));

    await writeFile(file(), 'rules:\n  http-timeout: [off\n');
    const [problem] = await until('the mistake', () => {
      const found = diagnosticsOf(file());
      return found.length > 0 && found;
    });

    assert.equal(problem?.severity, vscode.DiagnosticSeverity.Error);
    assert.ok(!diagnosticsOf(document.uri).map(ruleOf).includes('http-timeout'), 'the last good configuration counts');
    const kind = vscode.CodeActionKind.SourceFixAll.append('readiness');
    const actions = await codeActionsAt(document.uri, new vscode.Range(0, 0, 0, 0), kind);
    assert.ok(actions.every(({ edit }) => edit === undefined || edit.size === 0));
    const [first] = await until('a line in the panel', async () => {
      const lines = await api.panel();
      return lines[0]?.label.startsWith('Configuration') && lines;
    });
    assert.equal(first?.command?.command, 'vscode.open');
  });
});
