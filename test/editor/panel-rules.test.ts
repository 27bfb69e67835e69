import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PanelLine, ReadinessApi } from '../../client/src/api.ts';
import type { BaselineView } from '../../server/src/protocol/model.ts';
import { failedRule, findLine, lineOf } from './panel-walk.ts';
import { readinessApi } from './readiness-api.ts';
import { applyAction, closeEverything, codeActionsAt, diagnosticsOf, findingOf, ruleOf, until } from './support.ts';
import { readText, removeFile, writeFile, workspaceUri } from './workspace-files.ts';

const RULE = 'bare-except';
const RATE = 'def rate(text: str) -> float:\n    try:\n        return float(text)\n    except:\n        return 1.0\n';
const MENDED = RATE.replace('except:', 'except ValueError:');
const FILES = ['rates_in_euros.py', 'rates_in_pounds.py'];
/** The sample service has one finding of the rule, in this file. */
const SAMPLE = 'shop/reports.py';

describe('A rule in the panel', () => {
  let api: ReadinessApi;
  let sample: string;
  let line: PanelLine;

  before(async () => {
    await closeEverything();
    // Other tests leave files of their own behind.
    for (const [uri, diagnostics] of vscode.languages.getDiagnostics())
      if (uri.fsPath !== workspaceUri(SAMPLE).fsPath && diagnostics.some(one => ruleOf(one) === RULE))
        await writeFile(uri, '');
    await failedRule(await readinessApi(), RULE, 1);
  });

  beforeEach(async () => {
    api = await readinessApi();
    sample = await readText(SAMPLE);
    for (const file of FILES) await writeFile(workspaceUri(file), RATE);
    line = await failedRule(api, RULE, FILES.length + 1);
  });

  afterEach(async () => {
    // What was fixed in the background is open and unsaved, and has no tab for a while.
    for (const document of vscode.workspace.textDocuments) if (document.isDirty) await document.save();
    await closeEverything();
    await removeFile(vscode.Uri.parse(baseline(api).uri));
    // Not deleted: the editor keeps documents for a while, and what is open is reviewed.
    for (const file of FILES) await writeFile(workspaceUri(file), '');
    await writeFile(workspaceUri(SAMPLE), sample);
    await failedRule(api, RULE, 1);
  });

  it('is fixed in all files at once, those that nobody has opened included', async () => {
    assert.equal(line.context, 'rule.failed.fixable');

    await vscode.commands.executeCommand('readiness.fixRule', line.entry);

    for (const file of FILES) assert.equal(await textOf(file), MENDED);
    assert.ok(!(await textOf(SAMPLE)).includes('except:'));
    await until('no finding of the rule', async () => !(await hasRule(api)));
  });

  it('changes nothing when the preview of its fixes is discarded', async () => {
    await discardPreview(() => vscode.commands.executeCommand('readiness.previewFixRule', line.entry));

    for (const file of FILES) assert.equal(await textOf(file), RATE);
    await failedRule(api, RULE, FILES.length + 1);
  });

  it('changes nothing when the preview of one fix is discarded', async () => {
    const finding = findLine(line.children, ({ label }) => label.startsWith(`${FILES[0] ?? ''}:`));
    assert.ok(finding);

    await discardPreview(() => vscode.commands.executeCommand('readiness.previewFix', finding.entry));

    assert.equal(await textOf(FILES[0] ?? ''), RATE);
  });

  it('is fixed in the whole workspace from the lightbulb', async () => {
    const uri = workspaceUri(FILES[0] ?? '');
    await vscode.window.showTextDocument(uri);
    const { range } = await findingOf(RULE, uri);
    const actions = await codeActionsAt(uri, range);
    const action = actions.find(({ title }) => title === `Readiness: Fix all \`${RULE}\` in the workspace`);
    assert.ok(action, actions.map(({ title }) => title).join(' | '));

    await applyAction(action);

    for (const file of FILES) assert.equal(await textOf(file), MENDED);
    await until('no finding of the rule', async () => !(await hasRule(api)));
  });

  it('is accepted with one reason, and back once the baseline is gone', async () => {
    await vscode.commands.executeCommand('readiness.acceptRule', line.entry, 'the rates are read by hand');

    const accepted = await lineOf(
      api,
      'the accepted ones',
      ({ label, children }) =>
        label === 'Accepted' && FILES.every(file => children.some(child => child.label === `${file}:4`)),
    );
    for (const { label, description } of accepted.children) {
      if (label.startsWith('rates_')) assert.match(description, /the rates are read by hand$/);
    }
    assert.ok(!(await hasRule(api)));
    assert.ok(baseline(api).exists);

    await removeFile(vscode.Uri.parse(baseline(api).uri));
    await failedRule(api, RULE, FILES.length + 1);
  });

  it('leaves the baseline with what was mended since', async () => {
    await vscode.commands.executeCommand('readiness.acceptRule', line.entry, 'the rates are read by hand');
    await until('a baseline', () => baseline(api).accepted === FILES.length + 1);
    await writeFile(workspaceUri(FILES[0] ?? ''), MENDED);
    const change = await lineOf(api, 'what can be removed', ({ context }) => context === 'baseline.removable');
    assert.match(change.description, /1 mended$/);

    await vscode.commands.executeCommand('readiness.pruneBaseline', change.entry);

    await until('a smaller baseline', () => baseline(api).removable === 0 && baseline(api).accepted === FILES.length);
    assert.deepEqual(diagnosticsOf(workspaceUri(FILES[1] ?? '')).map(ruleOf), []);
  });
});

describe('A finding behind a chain of calls', () => {
  afterEach(closeEverything);

  it('opens to its steps, and each step goes to its place', async () => {
    const api = await readinessApi();
    const finding = await lineOf(api, 'the call', ({ label }) => label === 'orders.py:33');
    const steps = finding.children;
    assert.deepEqual(
      steps.map(({ label, context }) => `${label} ${context}`),
      ['repository.py:80 hop', 'repository.py:86 hop'],
    );
    assert.match(steps[0]?.spoken ?? '', /^Step 1 of 2: .* shop\/repository\.py, line 80$/);

    const visited: string[] = [];
    for (const { command } of steps) {
      assert.ok(command);
      await vscode.commands.executeCommand(command.command, ...(command.arguments as unknown[]));
      const editor = await until('the editor', () => vscode.window.activeTextEditor);
      visited.push(`${editor.selection.start.line + 1} ${editor.document.getText(editor.selection)}`);
    }

    assert.deepEqual(visited, ['80 self._move', '86 sqlite3.connect']);
  });
});

/** Starts what shows a preview, and closes that without applying it; a command that asks nobody would have changed files. */
async function discardPreview(start: () => Thenable<unknown>): Promise<void> {
  const state = { ended: false };
  const running = Promise.resolve(start()).finally(() => {
    state.ended = true;
  });
  await until('the end of the preview', async () => {
    await vscode.commands.executeCommand('refactorPreview.discard');
    return state.ended;
  });
  await running;
}

/** The text of a file as an editor has it, saved or not. */
async function textOf(path: string): Promise<string> {
  return (await vscode.workspace.openTextDocument(workspaceUri(path))).getText();
}

async function hasRule(api: ReadinessApi): Promise<boolean> {
  const rule = ({ entry, context }: PanelLine): boolean =>
    entry.node.subject?.kind === 'rule' && entry.node.subject.ruleId === RULE && context.startsWith('rule.failed');
  return findLine(await api.panel(), rule) !== undefined;
}

function baseline(api: ReadinessApi): BaselineView {
  const [root] = api.snapshot().roots;
  assert.ok(root);
  return root.baseline;
}
