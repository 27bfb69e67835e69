import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateExtension, closeEverything, diagnosticsOf, findingOf, until, workspaceFolder } from './support.ts';
import { newFile, writeFile } from './workspace-files.ts';

const MENDED = 'import requests\n\n\ndef orders(url: str) -> str:\n    return requests.get(url, timeout=5).text\n';

describe('A file while somebody types', () => {
  before(activateExtension);
  afterEach(closeEverything);

  it('has a squiggle as soon as a call loses its timeout, before anything is saved', async () => {
    const editor = await newFile('typing.py', MENDED);
    const { uri } = editor.document;
    const argument = MENDED.indexOf(', timeout=5');

    await editor.edit(edit => {
      edit.delete(rangeAt(editor.document, argument, ', timeout=5'.length));
    });
    const finding = await findingOf('http-timeout', uri);

    assert.ok(editor.document.isDirty);
    assert.equal(editor.document.getText(finding.range), 'requests.get');
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Warning);
    assert.equal(finding.source, 'Readiness');
  });

  it('loses the squiggle as soon as the timeout is back', async () => {
    const editor = await newFile('typing-back.py', MENDED.replace(', timeout=5', ''));
    const finding = await findingOf('http-timeout', editor.document.uri);
    const end = editor.document.lineAt(finding.range.end.line).text.indexOf('url)') + 'url'.length;

    await editor.edit(edit => {
      edit.insert(new vscode.Position(finding.range.end.line, end), ', timeout=5');
    });

    await until('no finding', () => diagnosticsOf(editor.document.uri).length === 0);
  });

  it('links each finding to the page of its rule, which opens without a network', async () => {
    const editor = await newFile('linked.py', MENDED.replace(', timeout=5', ''));
    const { code } = await findingOf('http-timeout', editor.document.uri);
    assert.ok(typeof code === 'object', 'the code is a link');
    assert.equal(code.target.scheme, 'command');

    await vscode.commands.executeCommand(code.target.path, ...(JSON.parse(code.target.query) as unknown[]));

    await until('the page as a preview', () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.includes('README.md'))),
    );
  });

  it('explains the rule under the mouse', async () => {
    const editor = await newFile('hovered.py', MENDED.replace(', timeout=5', ''));
    const finding = await findingOf('http-timeout', editor.document.uri);

    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      finding.range.start,
    );

    const texts = hovers.flatMap(({ contents }) => contents.map(content => (content as vscode.MarkdownString).value));
    assert.ok(
      texts.some(text => text.includes('command:readiness.openRule')),
      texts.join('\n'),
    );
  });

  it('has findings before anybody opens it, and none once it is deleted', async () => {
    const uri = vscode.Uri.joinPath(workspaceFolder().uri, 'deleted.py');
    await writeFile(uri, MENDED.replace(', timeout=5', ''));
    await findingOf('http-timeout', uri);

    await vscode.workspace.fs.delete(uri);

    await until('no finding', () => diagnosticsOf(uri).length === 0);
  });
});

function rangeAt(document: vscode.TextDocument, offset: number, length: number): vscode.Range {
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
}
