import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { applyEdits } from '../../server/src/core/text.ts';
import { applyChanges, OpenDocuments } from '../../server/src/lsp/open-documents.ts';

const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', 'é', '🛒', ' '), maxLength: 40 });
const position = fc.record({ line: fc.nat(8), character: fc.nat(12) });
const change = fc
  .record({ range: fc.record({ start: position, end: position }), text })
  .map(({ range, text: inserted }) => {
    const { start, end } = range;
    const ordered = start.line < end.line || (start.line === end.line && start.character <= end.character);
    return { range: ordered ? range : { start: end, end: start }, text: inserted };
  });

test('the edits that a session gets lead to the text that the client has', () => {
  fc.assert(
    fc.property(text, fc.array(change, { maxLength: 6 }), (before, changes) => {
      const document = TextDocument.create('file:///shop/orders.py', 'python', 1, before);

      const { text: after, edits } = applyChanges(document, 2, changes);

      const replayed = (edits ?? []).reduce((current, edit) => applyEdits(current, [edit]), before);
      expect(replayed).toBe(after.getText());
      expect(edits).toHaveLength(changes.length);
    }),
  );
});

test('replacing the whole text leaves no edits to follow', () => {
  const document = TextDocument.create('file:///shop/orders.py', 'python', 1, 'import requests\n');

  const { text: after, edits } = applyChanges(document, 2, [{ text: 'import httpx\n' }]);

  expect([after.getText(), after.version, edits]).toEqual(['import httpx\n', 2, undefined]);
});

test('two spellings of one URI name the same document', () => {
  const documents = new OpenDocuments();
  const textDocument = { uri: 'file:///srv/a%2Bb.py', languageId: 'python', version: 1, text: '' };
  documents.open({ textDocument });

  expect(documents.find('file:///srv/a+b.py')?.uri).toBe('file:///srv/a%2Bb.py');
  documents.close('file:///srv/a+b.py');
  expect(documents.all()).toEqual([]);
});
