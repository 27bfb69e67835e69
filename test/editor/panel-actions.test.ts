import * as assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PanelLine, ReadinessApi } from '../../client/src/api.ts';
import { closeEverything, codeActionsAt, diagnosticsOf, findingOf, ruleOf, until } from './support.ts';
import { readinessApi } from './readiness-api.ts';
import { newFile } from './workspace-files.ts';

const STOCK = 'import requests\n\n\ndef stock(url: str) -> str:\n    return requests.get(url).text\n';

describe('A finding in the panel', () => {
  afterEach(closeEverything);

  it('is fixed from its line', async () => {
    const { document, line } = await findingIn('fixed_stock.py');
    assert.equal(line.context, 'finding.fixable');

    await vscode.commands.executeCommand('readiness.fixFinding', line.entry);

    await until('the fix', () => document.getText().includes('timeout='));
    await until('no finding', () => diagnosticsOf(document.uri).length === 0);
  });

  it('is ignored with a comment, listed as accepted with the reason, and taken back', async () => {
    const { api, document, line } = await findingIn('ignored_stock.py');
    const { subject } = line.entry.node;
    assert.equal(subject?.kind, 'finding');

    const target = { ...subject.finding, scope: 'line' };
    await vscode.commands.executeCommand('readiness.suppress', target, 'the proxy has a deadline');
    const accepted = await acceptedLine(api, 'ignored_stock.py:5');
    assert.match(accepted.description, /the proxy has a deadline$/);
    assert.equal(accepted.context, 'accepted.comment');

    await vscode.commands.executeCommand('readiness.undoAcceptance', accepted.entry);
    await until('the comment gone', () => document.getText() === STOCK);
    await findingOf('http-timeout', document.uri);
  });

  it('is accepted in the baseline with a reason, and taken back', async () => {
    const { api, document, line } = await findingIn('accepted_stock.py');

    await vscode.commands.executeCommand('readiness.accept', line.entry, 'only in the warehouse');
    const accepted = await acceptedLine(api, 'accepted_stock.py:5');
    assert.match(accepted.description, /only in the warehouse$/);
    assert.equal(accepted.context, 'accepted.baseline');
    await until('no squiggle', () => !diagnosticsOf(document.uri).map(ruleOf).includes('http-timeout'));

    await vscode.commands.executeCommand('readiness.undoAcceptance', accepted.entry);
    await findingOf('http-timeout', document.uri);
  });

  it('is copied as a task that says what done means', async () => {
    const { line } = await findingIn('task_stock.py');

    await vscode.commands.executeCommand('readiness.copyTask', line.entry);

    const task = await vscode.env.clipboard.readText();
    assert.match(task, /task_stock\.py/);
    assert.match(task, /requests\.get/);
  });

  it('is explained on a page of its own, also from the lightbulb', async () => {
    const { document } = await findingIn('explained_stock.py');
    const { range } = await findingOf('http-timeout', document.uri);

    const actions = await codeActionsAt(document.uri, range);
    const action = actions.find(({ title }) => title === 'Readiness: Explain this finding');
    assert.ok(action?.command, actions.map(({ title }) => title).join(' | '));
    await vscode.commands.executeCommand(action.command.command, ...((action.command.arguments ?? []) as unknown[]));

    await until('the page', () => tabLabels().some(label => label.includes('Why http-timeout')));
  });

  it('opens in the menu of fixes', async () => {
    const { line } = await findingIn('menu_stock.py');

    await vscode.commands.executeCommand('readiness.chooseFix', line.entry);

    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 4);
  });
});

describe('A file', () => {
  afterEach(closeEverything);

  it('says how it is reviewed', async () => {
    const { document } = await findingIn('configured_stock.py');

    await vscode.commands.executeCommand('readiness.explainFile', document.uri);

    await until('the page', () => tabLabels().some(label => label.includes('Review of configured_stock.py')));
  });

  it('shows in the language status how long its analysis took', async () => {
    const { api, document } = await findingIn('timed_stock.py');
    await vscode.window.showTextDocument(document);

    await until('the time', () => /^Reviewed in [\d.,]+ ms/.test(api.languageStatus()));
  });

  it('shows its findings in the explorer once that is switched on', async () => {
    const setting = vscode.workspace.getConfiguration('readiness.explorer');
    const { api, document } = await findingIn('decorated_stock.py');
    assert.equal(api.decoration(document.uri), undefined);
    try {
      await setting.update('decorations', true, vscode.ConfigurationTarget.Global);
      const decoration = await until('the number', () => api.decoration(document.uri));
      assert.deepEqual([decoration.badge, decoration.tooltip], ['1', 'Readiness: 1 finding']);
    } finally {
      await setting.update('decorations', undefined, vscode.ConfigurationTarget.Global);
    }
    await until('no number', () => api.decoration(document.uri) === undefined);
  });
});

describe('A report', () => {
  for (const [format, beginning] of [
    ['markdown', /^# /],
    ['html', /^<!doctype html>/i],
    ['json', /^\{/],
  ] as const) {
    it(`is written where the user wants it: ${format}`, async () => {
      await readinessApi();
      const target = vscode.Uri.file(join(tmpdir(), `readiness-report-${process.pid}.${format}`));
      try {
        await vscode.commands.executeCommand('readiness.report', { format, target });
        assert.match(new TextDecoder().decode(await vscode.workspace.fs.readFile(target)), beginning);
      } finally {
        await vscode.workspace.fs.delete(target);
        await closeEverything();
      }
    });
  }
});

describe('Language models', () => {
  afterEach(closeEverything);

  it('list findings, and fix one of them', async () => {
    const { document } = await findingIn('model_stock.py');

    const list = await callTool('readiness_findings', { path: 'model_stock.py' });
    assert.match(list, /model_stock\.py:5 `http-timeout` \(high, /);

    const answer = await callTool('readiness_fix', { path: 'model_stock.py', line: 5, ruleId: 'http-timeout' });
    assert.match(answer, /^Done: /);
    await until('the fix', () => document.getText().includes('timeout='));
  });
});

interface OpenFinding {
  readonly api: ReadinessApi;
  readonly document: vscode.TextDocument;
  /** The line of the panel. */
  readonly line: PanelLine;
}

/** A new file with one finding, and the line of the panel about it. */
async function findingIn(name: string): Promise<OpenFinding> {
  const api = await readinessApi();
  const { document } = await newFile(name, STOCK);
  await findingOf('http-timeout', document.uri);
  const line = await until('the finding in the panel', async () => findLine(await api.panel(), `${name}:5`));
  return { api, document, line };
}

function acceptedLine(api: ReadinessApi, label: string): Promise<PanelLine> {
  return until(`${label} among the accepted ones`, async () => {
    const lines = await api.panel();
    return findLine(
      lines.filter(line => line.label === 'Accepted'),
      label,
    );
  });
}

function findLine(lines: readonly PanelLine[], label: string): PanelLine | undefined {
  for (const line of lines) {
    const found = line.label === label ? line : findLine(line.children, label);
    if (found) return found;
  }
  return undefined;
}

function tabLabels(): string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
}

/** Calls a tool as a chat does; returns its text. */
async function callTool(name: string, input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return content.map(part => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}
