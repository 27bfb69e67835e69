import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ROOT } from '../support/paths.ts';
import { reduceColours } from './reduce-colours.ts';

/** The file that the window shows, with a call in it that has a finding. */
export const FILE = 'shop/clients/payments.py';
const CALL = 'requests.post';

/** A window whose pictures are taken, and where they go. */
export interface Camera {
  readonly page: Page;
  readonly folder: string;
}

/** In points of the window. */
type Clip = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Takes every picture, one state after the other. Each leaves the window as the next one wants it. */
export async function takePictures(camera: Camera): Promise<void> {
  await mkdir(camera.folder, { recursive: true });
  await takePanel(camera);
  await takePanelByFile(camera);
  await takeMenus(camera);
  await takeFilteredOut(camera);
  await takeSquiggle(camera);
  await takeLightbulb(camera);
  await takeLanguageStatus(camera);
  await takeExplanation(camera);
  await takeWalkthrough(camera);
  await takeSettings(camera);
  await takeReport(camera);
}

/** Shows the side bar with the panel. */
export async function openPanel(page: Page): Promise<void> {
  const icon = page.locator('.activitybar [aria-label^="Readiness"]').first();
  await icon.waitFor({ timeout: 60_000 });
  await icon.click({ force: true });
}

/** The panel with one rule opened, beside the file. */
async function takePanel(camera: Camera): Promise<void> {
  const { page } = camera;
  await page.locator('.squiggly-warning').first().waitFor({ timeout: 60_000 });
  await openPanel(page);
  await row(page, /^Readiness \d/).waitFor();
  // The icon in the status bar stops turning when everything has been scanned.
  await page.locator('.statusbar-item .codicon-dashboard').waitFor({ timeout: 60_000 });
  await widenSideBar(page, 150);
  await row(page, /^Reliability/).click();
  // It may stand among the blocking checks too; the last one is the rule with its findings.
  await page.locator('.monaco-list-row', { hasText: 'call without a timeout' }).last().click();
  await row(page, /\.py:\d+/).waitFor();
  await page.mouse.move(900, 600);
  await save(camera, 'panel');
  await saveClip(camera, 'walkthrough-panel', page.locator('.part.sidebar'), 0);
}

async function takePanelByFile(camera: Camera): Promise<void> {
  const { page } = camera;
  await runCommand(page, 'Readiness: Group by File');
  await row(page, /^payments\.py/).waitFor();
  await row(page, /^payments\.py/).click();
  await page.mouse.move(900, 600);
  await save(camera, 'panel-by-file');
}

/** The menu of filters, then what a finding can be asked for. */
async function takeMenus(camera: Camera): Promise<void> {
  const { page } = camera;
  await page.locator('.part.sidebar .composite.title').first().hover();
  await page.locator('.part.sidebar [aria-label^="Filter"]').first().click();
  await page.locator('.monaco-menu').waitFor();
  await save(camera, 'menu-filter');
  await page.keyboard.press('Escape');
  await row(page, /line \d+/).click({ button: 'right' });
  await page.locator('.monaco-menu').waitFor();
  await save(camera, 'menu-finding');
  await page.keyboard.press('Escape');
  await runCommand(page, 'Readiness: Group by Aspect');
}

async function takeFilteredOut(camera: Camera): Promise<void> {
  const { page } = camera;
  await runCommand(page, 'Readiness: Show New Findings Only');
  await page.locator('.welcome-view-content').first().waitFor();
  await save(camera, 'panel-filtered-out');
  await runCommand(page, 'Readiness: Show All Findings');
  await row(page, /^Readiness \d/).waitFor();
}

/** The message under the mouse. */
async function takeSquiggle(camera: Camera): Promise<void> {
  const { page } = camera;
  await page.keyboard.press('Control+B');
  await callIn(page).hover();
  await page.locator('.monaco-hover').filter({ visible: true }).first().waitFor();
  await save(camera, 'squiggle');
  await saveClip(camera, 'walkthrough-accept', page.locator('.monaco-hover').filter({ visible: true }).first(), 60);
}

/** The menu of fixes at the call. */
async function takeLightbulb(camera: Camera): Promise<void> {
  const { page } = camera;
  await callIn(page).click();
  // The message under the mouse would hide half of the picture.
  await page.mouse.move(800, 600);
  await page.keyboard.press('Escape');
  await page.waitForTimeout(700);
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget').waitFor();
  await save(camera, 'lightbulb');
  await saveClip(camera, 'walkthrough-fix', page.locator('.action-widget'), 60);
  await page.keyboard.press('Escape');
}

/** How long the last review took. */
async function takeLanguageStatus(camera: Camera): Promise<void> {
  const { page } = camera;
  await page.locator('.statusbar-item[id="status.languageStatus"]').hover();
  await page.locator('.monaco-hover').filter({ visible: true }).first().waitFor();
  await save(camera, 'language-status');
  await page.mouse.move(800, 300);
}

async function takeExplanation(camera: Camera): Promise<void> {
  const { page } = camera;
  await runCommand(page, 'Readiness: Explain Finding');
  await page.waitForTimeout(4000);
  await save(camera, 'explanation');
  await runCommand(page, 'View: Close All Editors');
}

async function takeWalkthrough(camera: Camera): Promise<void> {
  const { page } = camera;
  await runCommand(page, 'Welcome: Open Walkthrough...');
  await page.keyboard.type('Ready for');
  await page.waitForTimeout(700);
  await page.keyboard.press('Enter');
  await page.locator('.getting-started-step').first().waitFor();
  await page.waitForTimeout(2000);
  await save(camera, 'walkthrough');
}

async function takeSettings(camera: Camera): Promise<void> {
  const { page } = camera;
  await runCommand(page, 'Preferences: Open Settings (UI)');
  await page.locator('.settings-editor').waitFor();
  await page.keyboard.type('@ext:readiness.readiness');
  await page.waitForTimeout(2500);
  await save(camera, 'settings');
}

/** The report as a document. */
async function takeReport(camera: Camera): Promise<void> {
  const { page } = camera;
  await runCommand(page, 'Readiness: Write Report…');
  await page.keyboard.type('Markdown');
  await page.waitForTimeout(500);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1500);
  await save(camera, 'report-place');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(5000);
  await save(camera, 'report');
}

function row(page: Page, text: RegExp): Locator {
  return page.locator('.monaco-list-row', { hasText: text }).first();
}

function callIn(page: Page): Locator {
  const [, method = CALL] = CALL.split('.');
  const line = page.locator('.view-line', { hasText: CALL }).first();
  return line.locator('span', { hasText: method }).last();
}

/** Runs a command as somebody who types its whole title. */
async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input').first();
  await input.waitFor();
  await input.fill(`>${title}`);
  await page.waitForTimeout(600);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(900);
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

/** A part of the window, with some space around it. */
async function saveClip(camera: Camera, name: string, part: Locator, margin: number): Promise<void> {
  const box = await part.boundingBox();
  const window = camera.page.viewportSize();
  if (!box || !window) throw new Error(`There is nothing to take for ${name}.`);
  const [x, y] = [Math.max(0, box.x - margin), Math.max(0, box.y - margin)];
  const width = Math.min(window.width, box.x + box.width + margin) - x;
  const height = Math.min(window.height, box.y + box.height + margin) - y;
  await save(camera, name, { x, y, width, height });
}

/** Writes a picture of the window, or of a part of it. */
export async function save({ page, folder }: Camera, name: string, clip?: Clip): Promise<void> {
  // Animations of the workbench end within half a second.
  await page.waitForTimeout(700);
  const path = join(folder, `${name}.png`);
  // The package has a limit of 4 MB, and pictures of text need few colours.
  await writeFile(path, reduceColours(await page.screenshot({ animations: 'disabled', ...(clip && { clip }) })));
  console.log(`Took ${relative(ROOT, path)}.`);
}
