/**
 * What we use of the protocol's library, on Node: a bundle of its own, which the server and the command line share. Names
 * are listed because handing on all of the library's takes several milliseconds at each start.
 */
export {
  CancellationTokenSource,
  CodeActionKind,
  CodeActionTriggerKind,
  createConnection,
  DiagnosticSeverity,
  DiagnosticTag,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  ErrorCodes,
  FileChangeType,
  LSPErrorCodes,
  MarkupKind,
  PositionEncodingKind,
  ProposedFeatures,
  ResponseError,
  TextDocumentSyncKind,
  WatchKind,
} from 'vscode-languageserver';
export { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
export type * from 'vscode-languageserver';
