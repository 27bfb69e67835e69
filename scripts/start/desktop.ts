import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { ROOT } from '../support/paths.ts';
import { findOnPath, onInterrupt } from '../support/processes.ts';

/** Desktop VS Code, where it is installed and there is a display to show it on. */
export function findDesktopEditor(): string | undefined {
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  if (!hasDisplay) return undefined;
  return findOnPath(process.platform === 'win32' ? 'code.cmd' : 'code');
}

/** Opens a window with the extension from this checkout, and waits until the user closes it. */
export async function openDesktop({
  code,
  open,
  scratch,
}: {
  code: string;
  open: string;
  scratch: string;
}): Promise<void> {
  console.log(`Opening ${open} in VS Code. Close the window, or press Ctrl-C, to end.`);
  const child = spawn(code, ['--new-window', '--wait', `--extensionDevelopmentPath=${ROOT}`, open], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  const removeScratch = (): Promise<void> => rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  onInterrupt(async () => {
    child.kill();
    await removeScratch();
  }, 0);

  const status = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', exitCode => {
      resolve(exitCode ?? 1);
    });
  });
  if (status !== 0) throw new Error(`VS Code (${code}) ended with ${status}. Try \`npm start -- --browser\`.`);
  await removeScratch();
}
