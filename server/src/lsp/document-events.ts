import { FileChangeType } from './protocol-library.ts';
import { describeError } from './log.ts';
import type { ServerContext } from './server-context.ts';

/** Keeps documents and files in step with the client. */
export function registerDocumentEvents({ connection, documents, roots, changes, log }: ServerContext): void {
  /** A notification has nobody to answer to: what goes wrong is logged, and the next one is served. */
  const guarded =
    <Params>(what: string, handler: (params: Params) => void) =>
    (params: Params): void => {
      try {
        handler(params);
      } catch (error) {
        log.error(`Failed to ${what}: ${describeError(error)}`);
      }
    };

  connection.onDidOpenTextDocument(
    guarded('open a document', params => {
      const document = documents.open(params);
      if (document) roots.open(document);
    }),
  );
  connection.onDidChangeTextDocument(
    guarded('change a document', ({ textDocument: { uri, version }, contentChanges }) => {
      const changed = documents.change(uri, version, contentChanges);
      if (changed) roots.changed(changed.document, changed.edits);
    }),
  );
  connection.onDidSaveTextDocument(
    guarded('save a document', ({ textDocument: { uri } }) => {
      const document = documents.find(uri);
      if (document) roots.saved(document);
    }),
  );
  connection.onDidCloseTextDocument(
    guarded('close a document', ({ textDocument: { uri } }) => {
      const document = documents.close(uri);
      if (document) roots.closed(document);
    }),
  );
  connection.onDidChangeWatchedFiles(
    guarded('read changes on disk', params => {
      changes.add(params.changes);
    }),
  );
  connection.workspace.onDidDeleteFiles(
    guarded('read deleted folders', ({ files }) => {
      changes.add(files.map(({ uri }) => ({ uri, type: FileChangeType.Deleted })));
    }),
  );
  connection.workspace.onDidCreateFiles(
    guarded('read new folders', ({ files }) => {
      changes.foldersAppeared(files.map(({ uri }) => uri));
    }),
  );
  connection.workspace.onDidRenameFiles(
    guarded('read renamed folders', ({ files }) => {
      changes.add(files.map(({ oldUri }) => ({ uri: oldUri, type: FileChangeType.Deleted })));
      changes.foldersAppeared(files.map(({ newUri }) => newUri));
    }),
  );
}
