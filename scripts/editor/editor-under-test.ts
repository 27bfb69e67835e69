import { join } from 'node:path';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { CACHE, ROOT } from '../support/paths.ts';
import { mustRun } from '../support/processes.ts';
import { ensureChromium } from './chromium.ts';
import { installExtension, type Profile } from './code-server.ts';
import { installCodeServer } from './install-code-server.ts';

/** The VS Code that the tests run in. */
export interface EditorUnderTest {
  readonly executable: string;
  installExtension(profile: Profile, vsix: string): Promise<void>;
}

/** The version of desktop VS Code that goes with the embedded one. */
const VERSION = '1.100.3';

/** The desktop editor that `VSCODE_EXECUTABLE` names; else on Linux the embedded one; else a downloaded desktop. */
export async function findEditor(progress: (message: string) => void): Promise<EditorUnderTest> {
  const named = process.env['VSCODE_EXECUTABLE'];
  if (named) return desktop(named);
  // The embedded one needs no display, but is made for Linux.
  if (process.platform !== 'linux') {
    return desktop(await downloadAndUnzipVSCode({ version: VERSION, cachePath: join(CACHE, 'vscode') }));
  }

  await ensureChromium(progress);
  const serverMain = await installCodeServer(progress);
  return {
    executable: join(ROOT, 'scripts/editor/code.mjs'),
    installExtension: (profile, vsix) => installExtension(serverMain, profile, vsix),
  };
}

function desktop(executable: string): EditorUnderTest {
  return {
    executable,
    installExtension: async ({ dataDir, extensionsDir }, vsix) => {
      const [cli = executable, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable, {
        reuseMachineInstall: true,
      });
      const profileArgs = [`--user-data-dir=${dataDir}`, `--extensions-dir=${extensionsDir}`];
      await mustRun(`install ${vsix}`, cli, [...args, ...profileArgs, '--install-extension', vsix], {
        shell: process.platform === 'win32',
      });
    },
  };
}
