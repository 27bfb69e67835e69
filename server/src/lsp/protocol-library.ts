/** What we use of the protocol's library, on Node: a bundle of its own, which the server and the command line share. */
export * from 'vscode-languageserver';
export { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
