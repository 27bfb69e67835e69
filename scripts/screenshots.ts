/** Takes the pictures of the README in the real workbench: `npm run screenshots`. */
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import type { Page } from 'playwright-core';
import { buildBundles } from './build/bundles.ts';
import { openWorkbench, remoteUri } from './editor/workbench.ts';
import { packageExtension } from './package/package-extension.ts';
import { reduceColours } from './screenshots/reduce-colours.ts';
import { fail, messageOf } from './support/console.ts';
import { ROOT, SAMPLE_WORKSPACE } from './support/paths.ts';
import { onInterrupt } from './support/processes.ts';

const PICTURES = join(ROOT, 'docs/images');
const FILE = 'shop/clients/payments.py';
/** A call in that file that has a finding. */
const CALL = 'requests.post';

const SETTINGS = {
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.layoutControl.enabled': false,
  'window.commandCenter': false,
  'editor.minimap.enabled': false,
  'editor.fontSize': 13,
  'breadcrumbs.enabled': false,
};

/** What has to be undone at the end, the last one first. */
const undo: (() => Promise<void>)[] = [];
onInterrupt(cleanUp);

try {
  await takePictures().finally(cleanUp);
} catch (error) {
  // Ends the process at once, so everything has to be cleaned up by now.
  fail(messageOf(error));
}

async function cleanUp(): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step();
}

async function takePictures(): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  const scratch = await realpath(await mkdtemp(join(tmpdir(), 'readiness-screenshots-')));
  undo.push(() => rm(scratch, { recursive: true, force: true, maxRetries: 5 }));
  await buildBundles({ minify: true });
  const vsix = await packageExtension();
  const service = join(scratch, basename(SAMPLE_WORKSPACE));
  await cp(SAMPLE_WORKSPACE, service, { recursive: true });
  const workbench = await openWorkbench({
    open: service,
    vsix: [vsix],
    settings: SETTINGS,
    viewport: { width: 1180, height: 640 },
    scale: 2,
    payload: host => [['openFile', remoteUri(host, join(service, FILE))]],
    progress: message => {
      console.log(message);
    },
  });
  undo.push(() => workbench.close());
  const { page } = workbench;
  await page.locator('.squiggly-warning').first().waitFor({ timeout: 60_000 });
  await takePanel(page);
  await takeSquiggle(page);
  await takeLightbulb(page);
}

/** The panel with one rule opened, beside the file. */
async function takePanel(page: Page): Promise<void> {
  await page.locator('.activitybar [aria-label^="Readiness"]').first().click({ force: true });
  await page.locator('.monaco-list-row', { hasText: /^Readiness \d/ }).waitFor();
  // The icon in the status bar stops turning when everything has been scanned.
  await page.locator('.statusbar-item .codicon-dashboard').waitFor({ timeout: 60_000 });
  await widenSideBar(page, 90);
  await page.locator('.monaco-list-row', { hasText: /^Reliability/ }).click();
  // The first one stands among the blocking checks, the second one is the rule with its findings.
  await page.locator('.monaco-list-row', { hasText: 'call without a timeout' }).nth(1).click();
  await page
    .locator('.monaco-list-row', { hasText: /\.py:\d+/ })
    .first()
    .waitFor();
  await page.mouse.move(800, 600);
  await save(page, 'panel');
}

/** The message under the mouse. */
async function takeSquiggle(page: Page): Promise<void> {
  await page.keyboard.press('Control+B');
  await callIn(page).hover();
  await page.locator('.monaco-hover').filter({ visible: true }).first().waitFor();
  await save(page, 'squiggle');
}

/** The menu of fixes at the call. */
async function takeLightbulb(page: Page): Promise<void> {
  await callIn(page).click();
  // The message under the mouse would hide half of the picture.
  await page.mouse.move(800, 600);
  await page.keyboard.press('Escape');
  await page.waitForTimeout(700);
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget').waitFor();
  await save(page, 'lightbulb');
}

function callIn(page: Page) {
  const [, method = CALL] = CALL.split('.');
  const line = page.locator('.view-line', { hasText: CALL }).first();
  return line.locator('span', { hasText: method }).last();
}

async function widenSideBar(page: Page, pixels: number): Promise<void> {
  const edge = await page.locator('.part.sidebar').boundingBox();
  if (!edge) throw new Error('There is no side bar to widen.');
  const [x, y] = [edge.x + edge.width, edge.y + edge.height / 2];
  await page.mouse.move(x, y);
  // The edge takes the mouse only after a moment.
  await page.waitForTimeout(500);
  await page.mouse.down();
  await page.mouse.move(x + pixels, y, { steps: 5 });
  await page.mouse.up();
}

async function save(page: Page, name: string): Promise<void> {
  // Animations of the workbench end within half a second.
  await page.waitForTimeout(700);
  const path = join(PICTURES, `${name}.png`);
  // The package has a limit of 4 MB, and pictures of text need few colours.
  await writeFile(path, reduceColours(await page.screenshot({ animations: 'disabled' })));
  console.log(`Took ${relative(ROOT, path)}.`);
}
