import type { DidOpenTextDocumentParams, TextDocumentContentChangeEvent } from './protocol-library.ts';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit } from '../core/text.ts';
import { pathOfUri } from './uris.ts';

/** A document that the client has open. */
export interface OpenDocument {
  /** As the client spells it; results are published under this name. */
  readonly uri: string;
  /** Absolute path. */
  readonly path: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: TextDocument;
}

/** The documents that the client has open, of those that lie on disk. */
export class OpenDocuments {
  readonly #byPath = new Map<string, OpenDocument>();

  /** Takes a document in; undefined when it has no path, and is none of our business. */
  open({ textDocument }: DidOpenTextDocumentParams): OpenDocument | undefined {
    const { uri, languageId, version, text } = textDocument;
    const path = pathOfUri(uri);
    if (path === undefined) return undefined;

    const document = { uri, path, languageId, version, text: TextDocument.create(uri, languageId, version, text) };
    this.#byPath.set(path, document);
    return document;
  }

  /**
   * Applies the client's changes in their order.
   * Returns the document as it is now, with the changes as edits (undefined when the whole text was replaced).
   */
  change(
    uri: string,
    version: number,
    changes: readonly TextDocumentContentChangeEvent[],
  ): { readonly document: OpenDocument; readonly edits: readonly TextEdit[] | undefined } | undefined {
    const before = this.find(uri);
    if (!before) return undefined;

    const { text, edits } = applyChanges(before.text, version, changes);
    const document = { ...before, version, text };
    this.#byPath.set(document.path, document);
    return { document, edits };
  }

  close(uri: string): OpenDocument | undefined {
    const document = this.find(uri);
    if (document) this.#byPath.delete(document.path);
    return document;
  }

  find(uri: string): OpenDocument | undefined {
    const path = pathOfUri(uri);
    return path === undefined ? undefined : this.#byPath.get(path);
  }

  /** The open document at an absolute path. */
  at(path: string): OpenDocument | undefined {
    return this.#byPath.get(path);
  }

  all(): readonly OpenDocument[] {
    return [...this.#byPath.values()];
  }
}

/** Applies LSP's changes one after the other; the edits are in offsets of the text that each one met. */
export function applyChanges(
  document: TextDocument,
  version: number,
  changes: readonly TextDocumentContentChangeEvent[],
): { readonly text: TextDocument; readonly edits: readonly TextEdit[] | undefined } {
  const edits: TextEdit[] = [];
  let complete = true;
  let text = document;
  for (const change of changes) {
    if (!('range' in change)) {
      complete = false;
      text = TextDocument.update(text, [change], version);
      continue;
    }
    const [start, end] = [text.offsetAt(change.range.start), text.offsetAt(change.range.end)];
    edits.push({ range: { start, end }, newText: change.text });
    // Positions past the end are allowed, but the library's table of lines breaks when it is handed one.
    const range = { start: text.positionAt(start), end: text.positionAt(end) };
    text = TextDocument.update(text, [{ range, text: change.text }], version);
  }
  return { text, edits: complete ? edits : undefined };
}
