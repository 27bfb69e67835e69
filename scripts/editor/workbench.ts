import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureChromium } from './chromium.ts';
import { installExtension, prepareProfile, startCodeServer, type CodeServer, type Profile } from './code-server.ts';
import { installCodeServer } from './install-code-server.ts';

/** What to open in the embedded VS Code, and how. */
export interface WorkbenchRequest {
  /** A folder or a `.code-workspace` file; without it an empty window opens. */
  readonly open?: string | undefined;
  /** Packaged extensions to install first. */
  readonly vsix?: readonly string[];
  /** Settings of the user, on top of quiet defaults. */
  readonly settings?: object;
  /** An own profile; without it a new one is made, and removed by `close`. */
  readonly profile?: Profile;
  /** Further pairs for the workbench: extension under development, its tests, files to open. */
  readonly payload?: (host: string) => readonly (readonly [string, string])[];
  /** Called with the page before anything is loaded. */
  readonly prepare?: (page: Page) => Promise<void>;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Pixels per point in pictures. */
  readonly scale?: number;
  readonly progress?: (message: string) => void;
}

/** A running workbench with the browser page that shows it. */
export interface Workbench {
  readonly page: Page;
  readonly server: CodeServer;
  /** Ends browser and server, and removes what was made for them. Can be called again. */
  close(): Promise<void>;
}

const CHROMIUM_ARGUMENTS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
];

/** Starts the embedded VS Code and opens it in a headless Chromium; returns when its window is drawn. */
export async function openWorkbench(request: WorkbenchRequest): Promise<Workbench> {
  const progress = request.progress ?? (() => undefined);
  const [serverMain, executablePath] = [await installCodeServer(progress), await ensureChromium(progress)];
  const scratch = await mkdtemp(join(tmpdir(), 'readiness-workbench-'));
  const profile = request.profile ?? { dataDir: join(scratch, 'data'), extensionsDir: join(scratch, 'extensions') };
  const parts: { server?: CodeServer; browser?: Browser } = {};
  const close = once(async () => {
    // A browser that hangs must not keep the server alive.
    await Promise.race([parts.browser?.close(), delay(5000, undefined, { ref: false })]);
    await parts.server?.stop();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  });

  try {
    await prepareProfile(profile, request.settings);
    for (const vsix of request.vsix ?? []) await installExtension(serverMain, profile, resolve(vsix));
    const server = (parts.server = await startCodeServer(serverMain, profile));
    const browser = (parts.browser = await chromium.launch({
      executablePath,
      args: CHROMIUM_ARGUMENTS,
      // Signals are ours to treat: the server has to end as well.
      ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
    }));
    const page = await browser.newPage({
      viewport: request.viewport ?? { width: 1280, height: 800 },
      deviceScaleFactor: request.scale ?? 1,
    });
    // Nothing leaves the machine.
    await page.route(
      url => url.hostname !== '127.0.0.1' && !url.hostname.endsWith('.localhost'),
      route => route.abort(),
    );
    await request.prepare?.(page);
    await page.goto(workbenchAddress(server.host, request.open, request.payload?.(server.host)));
    await page.waitForSelector('.monaco-workbench', { timeout: 60_000 });
    return { page, server, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The address of a window on a folder, a `.code-workspace` file, or nothing. */
export function workbenchAddress(
  host: string,
  open?: string,
  payload: readonly (readonly [string, string])[] = [],
): string {
  const query = new URLSearchParams();
  if (open === undefined) query.set('ew', 'true');
  else query.set(open.endsWith('.code-workspace') ? 'workspace' : 'folder', resolve(open));
  if (payload.length > 0) query.set('payload', JSON.stringify([...payload, ['skipWelcome', 'true']]));
  // Slashes may stay as they are in a query, and are easier to read.
  return `http://${host}/?${query.toString().replaceAll('%2F', '/')}`;
}

/** How the workbench names a file of this machine. */
export function remoteUri(host: string, path: string): string {
  return `vscode-remote://${host}${encodeURI(resolve(path))}`;
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= action());
}
