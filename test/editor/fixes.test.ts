import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  activateExtension,
  applyAction,
  closeEverything,
  codeActionsAt,
  diagnosticsOf,
  findingOf,
  ruleOf,
  until,
} from './support.ts';
import { newFile } from './workspace-files.ts';

const PRICES = [
  'import requests',
  '',
  '',
  'def price(url: str) -> str:',
  '    try:',
  '        return requests.get(url).text',
  '    except:',
  '        print("The price list is down.")',
  '        return "?"',
  '',
  '',
  'def stock(url: str) -> str:',
  '    return requests.get(url).text',
  '',
].join('\n');

describe('The lightbulb', () => {
  before(activateExtension);
  afterEach(closeEverything);

  it('offers a fix that mends the finding', async () => {
    const { document } = await newFile('lightbulb.py', PRICES);
    const finding = await findingOf('http-timeout', document.uri);

    await applyAction(titled(await codeActionsAt(document.uri, finding.range), 'Add a timeout of 30 seconds'));

    assert.ok(document.getText().includes('requests.get(url, timeout=30).text'), document.getText());
    await until('one finding less', () => idsOf(document.uri).filter(id => id === 'http-timeout').length === 1);
  });

  it('mends all findings of a rule in the file', async () => {
    const { document } = await newFile('fix-all-of-rule.py', PRICES);
    const finding = await findingOf('http-timeout', document.uri);

    await applyAction(titled(await codeActionsAt(document.uri, finding.range), 'Fix all `http-timeout` in this file'));

    assert.equal(document.getText(), PRICES.replaceAll('get(url)', 'get(url, timeout=30)'));
    await until('no call without a timeout', () => !idsOf(document.uri).includes('http-timeout'));
  });

  it('applies safe fixes alone when everything is fixed on save', async () => {
    const { document } = await newFile('fix-all.py', PRICES);
    await findingOf('bare-except', document.uri);
    const kind = vscode.CodeActionKind.SourceFixAll.append('readiness');

    const [action] = await codeActionsAt(document.uri, new vscode.Range(0, 0, 0, 0), kind);
    assert.ok(action, 'a source action is offered');
    await applyAction(action);

    assert.ok(!document.getText().includes('except:'), document.getText());
    assert.ok(!document.getText().includes('timeout='), 'a suggested fix is left to a person');
  });

  it('writes the reason for ignoring a finding behind the line', async () => {
    const { document } = await newFile('suppressed.py', PRICES);
    const finding = await findingOf('http-timeout', document.uri);
    const { command } = titled(await codeActionsAt(document.uri, finding.range), 'Ignore `http-timeout` on this line');
    assert.ok(command?.arguments);

    await vscode.commands.executeCommand(
      command.command,
      ...(command.arguments as unknown[]),
      'the proxy has a deadline',
    );

    const line = document.lineAt(finding.range.start.line).text;
    assert.ok(line.endsWith('# readiness: ignore[http-timeout] -- the proxy has a deadline'), line);
    await until('the other finding alone', () => idsOf(document.uri).filter(id => id === 'http-timeout').length === 1);
  });
});

function titled(actions: readonly vscode.CodeAction[], part: string): vscode.CodeAction {
  const action = actions.find(({ title }) => title.includes(part));
  assert.ok(action, `"${part}" is not among: ${actions.map(({ title }) => title).join(' | ')}`);
  return action;
}

function idsOf(uri: vscode.Uri): (string | undefined)[] {
  return diagnosticsOf(uri).map(ruleOf);
}
