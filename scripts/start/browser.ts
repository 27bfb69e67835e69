import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { installExtension, prepareProfile, startCodeServer, type CodeServer } from '../editor/code-server.ts';
import { installCodeServer } from '../editor/install-code-server.ts';
import { workbenchAddress } from '../editor/workbench.ts';
import { packageExtension } from '../package/package-extension.ts';
import { onInterrupt } from '../support/processes.ts';

const USUAL_PORT = 8765;

interface BrowserRequest {
  readonly open: string;
  /** The port that the user asked for; no other will do. */
  readonly port: number | undefined;
  /** Holds everything that is removed at the end. */
  readonly scratch: string;
}

/** Serves the embedded VS Code with the extension, prints its address, and runs until Ctrl-C. */
export async function openInBrowser({ open, port, scratch }: BrowserRequest): Promise<void> {
  const running: { server?: CodeServer } = {};
  onInterrupt(async () => {
    console.log('\nStopping the editor …');
    await running.server?.stop();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }, 0);

  const actualPort = await choosePort(port);
  const serverMain = await installCodeServer(message => {
    console.log(message);
  });
  console.log('Packaging the extension …');
  const vsix = await packageExtension();
  const profile = { dataDir: join(scratch, 'data'), extensionsDir: join(scratch, 'extensions') };
  await prepareProfile(profile);
  await installExtension(serverMain, profile, vsix);
  const server = (running.server = await startCodeServer(serverMain, profile, actualPort));

  console.log(`\nVS Code with Readiness runs at\n\n  ${workbenchAddress(server.host, open)}\n`);
  console.log('Open that address in a browser on this machine. Ctrl-C ends it.');
  await server.ended;
}

/** The port that was asked for, or else the usual one, or else (0) any free one. */
async function choosePort(wanted: number | undefined): Promise<number> {
  const problem = await problemWithPort(wanted ?? USUAL_PORT);
  if (problem === undefined) return wanted ?? USUAL_PORT;
  if (wanted === undefined) return 0;
  throw new Error(`Port ${wanted} can't be used (${problem}). Choose another with --port.`);
}

function problemWithPort(port: number): Promise<string | undefined> {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'EADDRINUSE' ? 'something else listens there' : error.message);
    });
    probe.listen(port, '127.0.0.1', () => {
      probe.close(() => {
        resolve(undefined);
      });
    });
  });
}
