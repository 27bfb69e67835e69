import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PanelLine, ReadinessApi } from '../../client/src/api.ts';
import type { FindingRow } from '../../server/src/protocol/model.ts';
import { closeEverything, EXTENSION_ID, diagnosticsOf, findingOf, ruleOf, until, workspaceFolder } from './support.ts';
import { readinessApi } from './readiness-api.ts';
import { newFile, writeFile } from './workspace-files.ts';

const STOCK = 'import requests\n\n\ndef stock(url: str) -> str:\n    return requests.get(url).text\n';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('The readiness panel', () => {
  afterEach(closeEverything);

  it('shows the score first, then aspects with rules and their outcome', async () => {
    const api = await readinessApi();
    const [score, ...aspects] = await until('a panel with a score', async () => {
      const lines = await api.panel();
      return lines.length > 1 && lines;
    });

    assert.match(score?.label ?? '', /^Readiness \d+$/);
    assert.ok((score?.children ?? []).length > 0, 'blocking checks stand under the score');
    const reliability = aspects.find(({ label }) => label === 'Reliability');
    const rule = reliability?.children.find(({ children }) => children.some(({ label }) => label.includes('.py:')));
    assert.match(rule?.description ?? '', /^\d+ findings? · \d+ of \d+ pass/);
    assert.match(rule?.spoken ?? '', /priority, \d+ findings? · \d+ of \d+ pass/);
    const silent = aspects.filter(({ label }) => ['Passed', 'Not applicable', 'Not measured'].includes(label));
    assert.ok(silent.length > 0, 'checks without findings are listed');
    for (const { description } of silent.flatMap(({ children }) => children)) assert.notEqual(description, '');
  });

  it('lists a finding in a file that nobody has opened, and goes to its place', async () => {
    const api = await readinessApi();
    await writeFile(vscode.Uri.joinPath(workspaceFolder().uri, 'unopened_stock.py'), STOCK);
    const finding = await until('the finding', async () => findLine(await api.panel(), 'unopened_stock.py:5'));

    assert.equal(finding.command?.command, 'vscode.open');
    await vscode.commands.executeCommand(finding.command.command, ...(finding.command.arguments as unknown[]));

    const editor = await until('the editor', () => vscode.window.activeTextEditor);
    assert.ok(editor.document.uri.path.endsWith('unopened_stock.py'));
    assert.equal(editor.document.getText(editor.selection), 'requests.get');
  });

  it('follows what is typed, and so does the badge', async () => {
    const api = await readinessApi();
    const editor = await newFile('followed_stock.py', STOCK);
    const { uri } = editor.document;
    await findingOf('http-timeout', uri);
    await until('the finding in the panel', async () => findLine(await api.panel(), 'followed_stock.py:5'));
    await until('counts that include it', () => countsAreCurrent(api));
    assert.equal(api.badge()?.value, urgentFindings(api));
    assert.match(api.badge()?.tooltip ?? '', /^\d+ findings? of critical or high priority$/);
    const before = urgentFindings(api);

    await editor.edit(edit => {
      edit.replace(new vscode.Range(0, 0, 99, 0), '');
    });

    await until('no finding', () => diagnosticsOf(uri).map(ruleOf).length === 0);
    await until('a panel without it', async () => !findLine(await api.panel(), 'followed_stock.py:5'));
    await until('a smaller badge', () => urgentFindings(api) < before && api.badge()?.value === urgentFindings(api));
  });

  it('groups and filters as the user chooses, and says so beside its title', async () => {
    const api = await readinessApi();
    try {
      await vscode.commands.executeCommand('readiness.group.file');
      const byFile = await api.panel();
      assert.ok(byFile.some(({ label }) => label === 'payments.py'));
      assert.ok(!byFile.some(({ label }) => label === 'Reliability'));

      await vscode.commands.executeCommand('readiness.filter.urgent');
      const priorities = findingsIn(await api.panel()).map(({ priority }) => priority);
      assert.ok(priorities.length > 0);
      assert.deepEqual(
        [...new Set(priorities)].filter(each => each !== 'critical' && each !== 'high'),
        [],
      );
      assert.deepEqual(api.frame().options, { grouping: 'file', filter: 'urgent' });
      assert.equal(api.frame().description, 'by file · critical and high');
    } finally {
      await vscode.commands.executeCommand('readiness.group.aspect');
      await vscode.commands.executeCommand('readiness.filter.all');
    }
  });

  it('shows the findings of the file that the editor is on', async () => {
    const api = await readinessApi();
    try {
      await vscode.commands.executeCommand('readiness.filter.currentFile');
      assert.deepEqual(await api.panel(), [], 'no file is open, so the welcome view has its place');

      const { document } = await newFile('current_stock.py', STOCK);
      await findingOf('http-timeout', document.uri);

      const found = await until('its finding alone', async () => {
        const findings = findingsIn(await api.panel());
        return findings.length > 0 && findings;
      });
      assert.deepEqual([...new Set(found.map(({ path }) => path))], ['current_stock.py']);
    } finally {
      await vscode.commands.executeCommand('readiness.filter.all');
    }
  });

  it('goes from the cursor to the finding in its tree', async () => {
    const api = await readinessApi();
    const { document } = await newFile('revealed_stock.py', STOCK);
    const { range } = await findingOf('http-timeout', document.uri);
    await until('the finding in the panel', async () => findLine(await api.panel(), 'revealed_stock.py:5'));
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(range.start, range.start) });

    assert.equal(await vscode.commands.executeCommand('readiness.revealFinding'), true);
  });

  it('has an answer to every command that the manifest declares', async () => {
    await readinessApi();
    const { contributes } = vscode.extensions.getExtension(EXTENSION_ID)?.packageJSON as Manifest;
    const registered = new Set(await vscode.commands.getCommands(true));

    assert.deepEqual(
      contributes.commands.filter(({ command }) => !registered.has(command)),
      [],
    );
  });

  it('copies what a bug report needs', async () => {
    await readinessApi();
    await vscode.commands.executeCommand('readiness.copyDebugInfo');

    const copied = await vscode.env.clipboard.readText();
    assert.match(copied, /Readiness \d+\.\d+\.\d+/);
    assert.ok(!copied.includes('unopened_stock'));
  });

  it('is there again after the server was restarted', async () => {
    const api = await readinessApi();
    await vscode.commands.executeCommand('readiness.restart');

    await until('the panel', async () => (await api.panel()).length > 1);
    assert.equal(api.snapshot().server, 'running');
  });

  it('has the score in the status bar too', async () => {
    const api = await readinessApi();
    await until('a score', () => /^\$\(dashboard\) \d+$/.test(api.statusBarText()));
  });
});

/** Findings are listed as they are, while counts follow a moment later. */
async function countsAreCurrent(api: ReadinessApi): Promise<boolean> {
  const rule = api.snapshot().roots[0]?.rules.find(({ ruleId }) => ruleId === 'http-timeout');
  const aspects = await api.panel();
  const line = aspects
    .flatMap(({ children }) => children)
    .find(child => child.label === rule?.title && child.children.length > 0);
  return line !== undefined && line.children.length === rule?.findings;
}

/** All findings below some lines. */
function findingsIn(lines: readonly PanelLine[]): FindingRow[] {
  return lines.flatMap(({ entry, children }) => {
    const { subject } = entry.node;
    return [...(subject?.kind === 'finding' ? [subject.finding] : []), ...findingsIn(children)];
  });
}

function urgentFindings(api: ReadinessApi): number {
  return api.snapshot().roots.reduce((sum, { counts }) => sum + counts.critical + counts.high, 0);
}

function findLine(lines: readonly PanelLine[], label: string): PanelLine | undefined {
  for (const line of lines) {
    const found = line.label === label ? line : findLine(line.children, label);
    if (found) return found;
  }
  return undefined;
}
