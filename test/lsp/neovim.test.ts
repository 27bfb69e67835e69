import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DIST, ROOT } from '../../scripts/support/paths.ts';
import { folderWith } from '../workspace/temp-folder.ts';

const ORDERS = 'import requests\n\nrequests.get("https://shop.example/orders")\n';

/** Installing takes long where the network is slow; an editor that can't be had in this time is left out. */
const INSTALL_TIMEOUT = 120_000;
const RUN_TIMEOUT = 90_000;

/** What `neovim.lua` writes down. */
interface Observed {
  readonly problem?: string;
  readonly diagnostics?: readonly { readonly line: number; readonly source: string; readonly code: string }[];
  readonly titles?: readonly string[];
  readonly text?: string;
  readonly gone?: boolean;
}

test(
  'Neovim shows the findings, applies a fix, and sees them go',
  ({ skip }) => {
    if (!hasNeovim()) skip('Neovim is not installed here, and can’t be installed from the packages of the system.');
    const shop = folderWith({ 'orders.py': ORDERS, 'readiness.yaml': 'tier: standard\n' });
    const out = join(folderWith({}), 'observed.json');

    const { stderr } = spawnSync(
      'nvim',
      ['--headless', '--clean', '-n', '-c', `luafile ${join(ROOT, 'test/lsp/neovim.lua')}`],
      {
        timeout: RUN_TIMEOUT,
        encoding: 'utf8',
        stdio: ['ignore', 'ignore', 'pipe'],
        env: {
          ...process.env,
          READINESS_NODE: process.execPath,
          READINESS_CLI: join(DIST, 'cli.js'),
          READINESS_FILE: join(shop, 'orders.py'),
          READINESS_OUT: out,
          XDG_STATE_HOME: folderWith({}),
        },
      },
    );
    const observed = readObserved(out, stderr);

    expect(observed.problem).toBeUndefined();
    expect(observed.diagnostics).toMatchObject([{ line: 2, source: 'Readiness', code: 'http-timeout' }]);
    expect(observed.titles?.[0]).toBe('Readiness: Add a timeout of 30 seconds');
    expect(observed.text).toBe(ORDERS.replace('orders")', 'orders", timeout=30)').trimEnd());
    expect(observed.gone).toBe(true);
  },
  INSTALL_TIMEOUT + RUN_TIMEOUT + 10_000,
);

/** Whether there is a Neovim, after an attempt to install it where that needs nobody's consent. */
function hasNeovim(): boolean {
  if (isThere()) return true;
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const options = { timeout: INSTALL_TIMEOUT, stdio: 'ignore' } as const;
  const { status } = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'neovim'], options);
  return status === 0 && isThere();
}

function isThere(): boolean {
  return spawnSync('nvim', ['--version'], { timeout: 10_000, stdio: 'ignore' }).status === 0;
}

function readObserved(file: string, stderr: string): Observed {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Observed;
  } catch (cause) {
    throw new Error(`Neovim wrote nothing down. It said: ${stderr}`, { cause });
  }
}
