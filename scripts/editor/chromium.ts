import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { findOnPath, runCommand } from '../support/processes.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const PLACES = [
  '/usr/lib/chromium/chromium',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const ADVICE =
  'The editor tests need Chromium. Install it (Debian, Ubuntu: `sudo apt-get install chromium`; ' +
  'Fedora: `sudo dnf install chromium`; or `npx playwright-core install chromium`), or set CHROMIUM to its path.';

/** The path of a Chromium, installing one with apt where we may; throws with advice when there is none. */
export async function ensureChromium(progress: (message: string) => void): Promise<string> {
  const named = process.env['CHROMIUM'];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM is set to ${named}, and there is no such file.`);
  }
  const found = findChromium();
  if (found) return found;
  if (!canUseApt()) throw new Error(ADVICE);

  progress('Installing Chromium with apt-get (about 110 MB, once) …');
  const failure = await installWithApt();
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(`${ADVICE}\napt-get could not install it: ${failure}`);
}

function findChromium(): string | undefined {
  const onPath = NAMES.map(findOnPath).find(path => path !== undefined);
  return onPath ?? [...PLACES, chromium.executablePath()].find(path => existsSync(path));
}

function canUseApt(): boolean {
  return process.getuid?.() === 0 && findOnPath('apt-get') !== undefined;
}

async function installWithApt(): Promise<string> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await runCommand('apt-get', ['update'], { env });
  const install = await runCommand('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  return [update, install].map(({ output }) => output.trim().split('\n').slice(-5).join('\n')).join('\n');
}
