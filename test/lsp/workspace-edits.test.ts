import { describe, expect, test } from 'vitest';
import type { ClientCapabilities } from 'vscode-languageserver/node';
import { readClientFeatures } from '../../server/src/lsp/client-features.ts';
import { FileTexts } from '../../server/src/lsp/file-texts.ts';
import { OpenDocuments } from '../../server/src/lsp/open-documents.ts';
import { toWorkspaceEdit } from '../../server/src/lsp/workspace-edits.ts';

const SHOP = 'file:///srv/shop';
const FULL = { workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] } };
const TIMEOUT = { range: { start: 17, end: 17 }, newText: 'import httpx\r\n' };
const CRLF = 'import requests\r\n🛒 = 1\r\n';

describe('Edits of several files', () => {
  test('name the version of an open document, and none for a closed file', async () => {
    const edit = await toWorkspaceEdit(
      [
        { path: 'open.py', edits: [TIMEOUT] },
        { path: 'a b/closed.py', edits: [TIMEOUT] },
      ],
      texts(),
      features(FULL),
    );

    const start = { line: 1, character: 0 };
    const edits = [{ range: { start, end: start }, newText: 'import httpx\r\n' }];
    expect(edit).toEqual({
      documentChanges: [
        { textDocument: { uri: `${SHOP}/open.py`, version: 7 }, edits },
        { textDocument: { uri: `${SHOP}/a%20b/closed.py`, version: null }, edits },
      ],
    });
  });

  test('count characters in UTF-16 units', async () => {
    const cart = { range: { start: 17, end: 19 }, newText: 'cart' };

    const edit = await toWorkspaceEdit([{ path: 'open.py', edits: [cart] }], texts(), features({}));

    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 2 } };
    expect(edit).toEqual({ changes: { [`${SHOP}/open.py`]: [{ range, newText: 'cart' }] } });
  });

  test('make a new file first, and fill it then, without overwriting one that is there', async () => {
    const file = { path: 'shop/errors.py', edits: [], create: 'class ShopError(Exception): ...\n' };

    const edit = await toWorkspaceEdit([file], texts(), features(FULL));

    expect(edit?.documentChanges).toMatchObject([
      { kind: 'create', uri: `${SHOP}/shop/errors.py`, options: { overwrite: false, ignoreIfExists: false } },
      { textDocument: { uri: `${SHOP}/shop/errors.py` }, edits: [{ newText: file.create }] },
    ]);
  });

  test('are not offered at all where the client can’t make files, or where one can’t be read', async () => {
    const created = { path: 'shop/errors.py', edits: [], create: '' };
    const unreadable = { path: 'gone.py', edits: [TIMEOUT] };

    expect(
      await toWorkspaceEdit([{ path: 'open.py', edits: [TIMEOUT] }, created], texts(), features({})),
    ).toBeUndefined();
    expect(await toWorkspaceEdit([unreadable], texts(), features(FULL))).toBeUndefined();
  });
});

function texts(): FileTexts {
  const documents = new OpenDocuments();
  documents.open({ textDocument: { uri: `${SHOP}/open.py`, languageId: 'python', version: 7, text: CRLF } });
  return new FileTexts(SHOP, '/srv/shop', documents, path => Promise.resolve(path.includes('gone') ? undefined : CRLF));
}

function features(workspace: NonNullable<ClientCapabilities['workspace']>) {
  return readClientFeatures({ capabilities: { workspace } });
}
