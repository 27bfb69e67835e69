/**
 * Takes pictures of everything that the extension shows, in the real workbench and in three themes:
 * `npm run screenshots`. They go to `.cache/screenshots/<theme>`; those of the README also to `docs/images`, in the
 * light theme. `--theme <name>` takes those of one theme; `--built` takes `dist/` as it is instead of building first.
 */
import { copyFile, cp, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBundles } from './build/bundles.ts';
import { openWorkbench, remoteUri } from './editor/workbench.ts';
import { packageExtension } from './package/package-extension.ts';
import { FILE, takePictures } from './screenshots/pictures.ts';
import { takeStates } from './screenshots/states.ts';
import { fail, messageOf } from './support/console.ts';
import { CACHE, ROOT, SAMPLE_WORKSPACE } from './support/paths.ts';
import { onInterrupt } from './support/processes.ts';

const THEMES = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
} as const;

/** Pictures of the README and the walkthrough, which the package ships. */
const SHIPPED = [
  ...['panel', 'squiggle', 'lightbulb'],
  ...['walkthrough-panel', 'walkthrough-fix', 'walkthrough-accept'],
];

const SETTINGS = {
  'workbench.layoutControl.enabled': false,
  'window.commandCenter': false,
  'editor.minimap.enabled': false,
  'editor.fontSize': 13,
  'breadcrumbs.enabled': false,
};

const { values } = parseArgs({ options: { theme: { type: 'string' }, built: { type: 'boolean', default: false } } });

/** What has to be undone at the end, the last one first. */
const undo: (() => Promise<void>)[] = [];
onInterrupt(cleanUp);

try {
  if (!values.built) await buildBundles({ minify: true });
  const vsix = await packageExtension();
  for (const [name, theme] of Object.entries(THEMES)) {
    if (values.theme === undefined || values.theme === name) await takeTheme(name, theme, vsix).finally(cleanUp);
  }
} catch (error) {
  // Ends the process at once, so everything has to be cleaned up by now.
  fail(messageOf(error));
}

async function cleanUp(): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step();
}

async function takeTheme(name: string, theme: string, vsix: string): Promise<void> {
  const scratch = await realpath(await mkdtemp(join(tmpdir(), 'readiness-screenshots-')));
  undo.push(() => rm(scratch, { recursive: true, force: true, maxRetries: 5 }));
  const service = join(scratch, basename(SAMPLE_WORKSPACE));
  await cp(SAMPLE_WORKSPACE, service, { recursive: true });
  const settings = { ...SETTINGS, 'workbench.colorTheme': theme };
  const workbench = await openWorkbench({
    open: service,
    vsix: [vsix],
    settings,
    viewport: { width: 1180, height: 640 },
    scale: 2,
    payload: host => [['openFile', remoteUri(host, join(service, FILE))]],
    progress: message => {
      console.log(message);
    },
  });
  undo.push(() => workbench.close());
  const folder = join(CACHE, 'screenshots', name);
  await takePictures({ page: workbench.page, folder });
  await workbench.close();
  await takeStates({ vsix, settings, folder, scratch, service });
  if (name !== 'light') return;
  await mkdir(join(ROOT, 'docs/images'), { recursive: true });
  for (const each of SHIPPED) await copyFile(join(folder, `${each}.png`), join(ROOT, 'docs/images', `${each}.png`));
  // As a page it says more than as a document.
  await copyFile(join(folder, 'report-page.png'), join(ROOT, 'docs/images/report.png'));
}
