/** The language server: `node server.js --stdio`. The only place where its parts are put together. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { version } from '../../package.json';
import { RULES } from '../../rules/catalogue.ts';
import { FORMER_RULE_IDS } from '../../rules/former-ids.ts';
import { createSession } from './engine/workspace-session.ts';
import { startServer } from './lsp/server.ts';
import { connectStdio } from './lsp/stdio-connection.ts';
import { decodeText } from './workspace/decode.ts';

/** The bundles and the parsers lie here; the rules' pages beside it. */
const ASSETS = import.meta.dirname;

const connection = connectStdio();
startServer(connection, {
  version,
  rules: RULES,
  pagesFolder: join(ASSETS, '../rules'),
  createSession: (root, logger) =>
    createSession({ root, rules: RULES, formerIds: FORMER_RULE_IDS, version, logger, assetFolder: ASSETS }),
  readText: readDecoded,
});
connection.listen();

async function readDecoded(path: string): Promise<string | undefined> {
  try {
    const decoded = decodeText(basename(path), await readFile(path));
    return decoded.kind === 'text' ? decoded.text : undefined;
  } catch {
    // It vanished since it was analysed; the next change on disk says so.
    return undefined;
  }
}
