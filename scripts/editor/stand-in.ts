/**
 * Takes the arguments of desktop VS Code, and runs the embedded one in a headless Chromium instead. The extension
 * host imports the test module and calls its `run`; the exit code is the one that the workbench reports.
 *
 * Environment: `EDITOR_TIMEOUT_MS`, and `EDITOR_SCREENSHOT` for a picture of the window when something fails.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { onInterrupt } from '../support/processes.ts';
import { parseDesktopArguments, type DesktopArguments } from './desktop-arguments.ts';
import { openWorkbench, remoteUri, type Workbench } from './workbench.ts';

const TIMEOUT = Number(process.env['EDITOR_TIMEOUT_MS'] ?? 300_000);
const SCREENSHOT = process.env['EDITOR_SCREENSHOT'];

/** The workbench's own log lines, which say nothing about a test. */
const NOISE = new RegExp(
  '^(\\[(remote-connection|reconnection-grace-time|Service Worker)\\]|Resolv(ing|ed) connection token' +
    '|Ignoring fetching additional builtin|Creating a socket|Updating additional builtin)',
);

const scratch = await mkdtemp(join(tmpdir(), 'readiness-editor-'));
let workbench: Workbench | undefined;
const cleanUp = async (): Promise<void> => {
  await workbench?.close();
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
};
onInterrupt(cleanUp);

let code = 1;
try {
  code = await runTests(parseDesktopArguments(process.argv.slice(2)));
} catch (error) {
  console.error(error);
}
if (code !== 0 && SCREENSHOT !== undefined) await workbench?.page.screenshot({ path: SCREENSHOT });
await cleanUp();
process.exit(code);

async function runTests(wanted: DesktopArguments): Promise<number> {
  let reportExit: (code: number) => void = () => undefined;
  // The page may call back before we have its address, so this waits from the beginning.
  const exit = new Promise<number>(resolve => {
    reportExit = resolve;
  });
  workbench = await openWorkbench({
    open: wanted.open,
    profile: {
      dataDir: wanted.userDataDir ?? join(scratch, 'data'),
      extensionsDir: wanted.extensionsDir ?? join(scratch, 'extensions'),
    },
    payload: host => payloadOf(wanted, host),
    prepare: page => listen(page, reportExit),
  });

  const reported = await Promise.race([exit, workbench.server.ended, crashOf(workbench.page), timeout()]);
  return (await extensionHostDied(workbench)) ? 1 : reported;
}

function payloadOf({ developmentPaths, testsPath }: DesktopArguments, host: string): (readonly [string, string])[] {
  const development = developmentPaths.map(path => ['extensionDevelopmentPath', remoteUri(host, path)] as const);
  return testsPath === undefined ? development : [...development, ['extensionTestsPath', remoteUri(host, testsPath)]];
}

/** The workbench calls these two functions of its page when it runs tests. */
async function listen(page: Page, reportExit: (code: number) => void): Promise<void> {
  await page.exposeFunction('codeAutomationExit', reportExit);
  await page.exposeFunction('codeAutomationLog', (type: string, values: readonly unknown[]) => {
    const line = format(...values.map(value => (typeof value === 'string' ? value : JSON.stringify(value))));
    if (!NOISE.test(line)) (type === 'error' ? process.stderr : process.stdout).write(`${line}\n`);
  });
}

function crashOf(page: Page): Promise<never> {
  return new Promise((_, reject) => {
    page.once('crash', () => {
      reject(new Error('The page of the workbench crashed.'));
    });
  });
}

async function timeout(): Promise<never> {
  await delay(TIMEOUT, undefined, { ref: false });
  throw new Error(`The tests gave no result within ${TIMEOUT / 1000} seconds.`);
}

/** The workbench reports success for an extension host that was killed, so only a clean end is believed. */
async function extensionHostDied({ server }: Workbench): Promise<boolean> {
  const findEnd = (): RegExpExecArray | null =>
    /Extension Host Process exited with code: (\S+), signal: (\S+?)\./.exec(server.output());
  for (let waited = 0; waited < 3000 && !findEnd(); waited += 100) await delay(100);

  const [, exitCode, signal] = findEnd() ?? [];
  if (exitCode === undefined || (exitCode === '0' && signal === 'null')) return false;
  console.error(`The extension host died (code ${exitCode}, signal ${signal ?? 'unknown'}).`);
  return true;
}
