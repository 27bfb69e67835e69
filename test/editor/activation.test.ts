import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { activateExtension, EXTENSION_ID, workspaceFolder } from './support.ts';

describe('activation', () => {
  it('is installed from the package, not loaded from the source tree', () => {
    const extension = vscode.extensions.getExtension(EXTENSION_ID);
    assert.ok(extension);
    assert.match(dirname(extension.extensionPath), /extensions$/);
  });

  it('activates in a window with a Python service', async () => {
    assert.equal(workspaceFolder().name, 'shop-service');
    const extension = await activateExtension();
    assert.equal(extension.isActive, true);
  });
});
