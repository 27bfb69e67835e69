import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';

/** The text of a file after an edit of the client; fails when the edit does not touch it. */
export function applyTo(text: string, uri: string, edit: WorkspaceEdit | undefined): string {
  const changed = textEditsOf(uri, edit);
  if (changed === undefined) throw new Error(`Nothing changes ${uri} in ${JSON.stringify(edit)}`);
  return TextDocument.applyEdits(TextDocument.create(uri, '', 0, text), [...changed]);
}

/** The version of a document that an edit was made for. */
export function versionIn(uri: string, edit: WorkspaceEdit | undefined): number | null | undefined {
  return documentEdit(uri, edit)?.textDocument.version;
}

/** Range of the first occurrence of a piece of text. */
export function rangeOf(text: string, piece: string): Range {
  const document = TextDocument.create('', '', 0, text);
  const start = text.indexOf(piece);
  if (start < 0) throw new Error(`There is no ${piece} in the text.`);
  return { start: document.positionAt(start), end: document.positionAt(start + piece.length) };
}

/** A change of the client that replaces the first occurrence of a piece of text. */
export function replacing(text: string, piece: string, by: string): { range: Range; text: string } {
  return { range: rangeOf(text, piece), text: by };
}

function textEditsOf(uri: string, edit: WorkspaceEdit | undefined): readonly TextEdit[] | undefined {
  // Snippets are never asked for, so all edits are plain.
  return (documentEdit(uri, edit)?.edits as TextEdit[] | undefined) ?? edit?.changes?.[uri];
}

function documentEdit(uri: string, edit: WorkspaceEdit | undefined): TextDocumentEdit | undefined {
  const edits = (edit?.documentChanges ?? []).filter(change => 'edits' in change);
  return edits.find(({ textDocument }) => textDocument.uri === uri);
}
