import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEverything, diagnosticsOf, findingOf, until, workspaceFolder } from './support.ts';
import { readinessApi } from './readiness-api.ts';
import { newFile } from './workspace-files.ts';

const STOCK = 'import requests\n\n\ndef stock(url: str) -> str:\n    return requests.get(url).text\n';

describe('A window with two folders', () => {
  afterEach(closeEverything);

  it('has a line for each folder, with its own score and findings', async () => {
    const api = await readinessApi();
    const lines = await until('two folders', async () => {
      const found = await api.panel();
      return found.length === 2 && found;
    });

    assert.deepEqual(
      lines.map(({ label }) => label),
      ['shop-service', 'warehouse-worker'],
    );
    for (const { children } of lines) assert.match(children[0]?.label ?? '', /^(Readiness|Configuration)/);
  });

  it('reviews files of both', async () => {
    await readinessApi();
    for (const name of ['shop-service', 'warehouse-worker']) {
      const { document } = await newFile('stock_of_both.py', STOCK, workspaceFolder(name));
      await findingOf('http-timeout', document.uri);
    }
  });

  it('applies the configuration of a folder to that folder alone', async () => {
    await readinessApi();
    const [shop, worker] = ['shop-service', 'warehouse-worker'].map(name => workspaceFolder(name));
    const here = await newFile('configured_stock.py', STOCK, shop);
    const there = await newFile('configured_stock.py', STOCK, worker);
    await findingOf('http-timeout', here.document.uri);
    await findingOf('http-timeout', there.document.uri);

    await newFile('readiness.yaml', 'rules:\n  http-timeout: off\n', worker);

    await until('the rule off in one folder', () => diagnosticsOf(there.document.uri).length === 0);
    assert.equal(diagnosticsOf(here.document.uri).length, 1);
  });

  it('takes the findings of a folder back when it is removed', async () => {
    const api = await readinessApi();
    const worker = workspaceFolder('warehouse-worker');
    assert.ok(diagnosticsOf(vscode.Uri.joinPath(worker.uri, 'warehouse/stock.py')).length > 0);
    assert.ok(vscode.workspace.updateWorkspaceFolders(worker.index, 1));

    await until('one folder', () => api.snapshot().roots.length === 1);
    const scanned = vscode.Uri.joinPath(worker.uri, 'warehouse/stock.py');
    await until('nothing left', () => diagnosticsOf(scanned).length === 0);
  });
});
