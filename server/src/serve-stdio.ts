import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { RULES } from '../../rules/catalogue.ts';
import { cacheHome } from './engine/scan/cache-location.ts';
import { startServer } from './lsp/server.ts';
import { connectStdio } from './lsp/stdio-connection.ts';
import { loadParsers, openSession, PAGES_FOLDER, VERSION } from './product.ts';
import { decodeText } from './workspace/decode.ts';

/** Puts the language server together and lets it speak over standard input and output, until the client is gone. */
export function serveStdio(): void {
  const connection = connectStdio();
  const extractor = loadParsers();
  startServer(connection, {
    version: VERSION,
    rules: RULES,
    pagesFolder: PAGES_FOLDER,
    createSession: (root, logger) => openSession(root, logger, { extractor }),
    readText: readDecoded,
    notesFolder: join(cacheHome({ platform: process.platform, home: homedir(), variables: process.env }), 'in-flight'),
    measureText: async (path, text) => (await extractor).fromText(path, text),
  });
  connection.listen();
}

/**
 * In this thread: to hand a file of some kilobytes to another one and back takes five to ten times as long as to read it.
 * After one edit, findings of thousands of files may be placed in their lines.
 */
function readDecoded(path: string): Promise<string | undefined> {
  try {
    const decoded = decodeText(basename(path), readFileSync(path));
    return Promise.resolve(decoded.kind === 'text' ? decoded.text : undefined);
  } catch {
    // It vanished since it was analysed; the next change on disk says so.
    return Promise.resolve(undefined);
  }
}
