import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openWorkbench } from '../editor/workbench.ts';
import { DIST } from '../support/paths.ts';
import { mustRun } from '../support/processes.ts';
import { openPanel, save, type Camera } from './pictures.ts';

/** What the windows of these pictures have in common. */
export interface StateRequest {
  readonly vsix: string;
  readonly settings: object;
  readonly folder: string;
  /** An empty folder, for the services that the windows show. */
  readonly scratch: string;
  /** The sample service. */
  readonly service: string;
}

const SOUND = 'import httpx\n\n\ndef stock(url: str) -> str:\n    return httpx.get(url, timeout=5).text\n';

/** Takes the states of the panel that the sample service never shows, and the report in a browser. */
export async function takeStates(request: StateRequest): Promise<void> {
  const sound = join(request.scratch, 'stock-service');
  await mkdir(sound, { recursive: true });
  await writeFile(join(sound, 'stock.py'), SOUND);
  const notes = join(request.scratch, 'notes');
  await mkdir(notes, { recursive: true });
  await writeFile(join(notes, 'ideas.txt'), 'Sell maps as well.\n');

  await inWindow(request, undefined, async camera => {
    await openPanel(camera.page);
    await save(camera, 'state-no-folder');
  });
  await inWindow(request, notes, async camera => {
    await openPanel(camera.page);
    await camera.page.getByText('There is nothing here').waitFor();
    await save(camera, 'state-nothing-to-review');
  });
  await inWindow(request, sound, async camera => {
    await openPanel(camera.page);
    await camera.page.locator('.statusbar-item .codicon-dashboard').waitFor({ timeout: 60_000 });
    await camera.page.waitForTimeout(1500);
    await save(camera, 'state-all-good');
    await takeReportPage(camera, request);
  });
}

/** The page for people without the editor, as a browser shows it. */
async function takeReportPage({ page, folder }: Camera, { service, scratch }: StateRequest): Promise<void> {
  const file = join(scratch, 'report.html');
  const words = [join(DIST, 'cli.js'), 'report', '--format', 'html', '--output', file];
  await mustRun('write a report', process.execPath, words, { cwd: service });
  // The window has shown what it had to, so its page is free. It only opens addresses of this machine.
  await page.setContent(await readFile(file, 'utf8'));
  await save({ page, folder }, 'report-page');
}

async function inWindow(
  { vsix, settings, folder }: StateRequest,
  open: string | undefined,
  take: (camera: Camera) => Promise<void>,
): Promise<void> {
  const workbench = await openWorkbench({
    open,
    vsix: [vsix],
    settings,
    viewport: { width: 1180, height: 640 },
    scale: 2,
  });
  try {
    await take({ page: workbench.page, folder });
  } finally {
    await workbench.close();
  }
}
