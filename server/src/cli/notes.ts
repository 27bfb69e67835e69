import type { Session } from '../engine/session.ts';
import { createNodeHost } from '../workspace/node-host.ts';
import { createPlaces } from './places.ts';
import type { Terminal } from './terminal.ts';
import type { Selection } from './workspace-roots.ts';

/** Tells of mistakes in the configuration, each at its place. */
export async function noteProblems(session: Session, terminal: Terminal): Promise<void> {
  const places = createPlaces(session.root, terminal.cwd);
  for (const { path, range, message, fatal } of session.configurationProblems) {
    const { start } = await places.locate(path, range);
    // Nothing was analysed before, so there is no last good configuration to speak of.
    const text = fatal ? message.replace(' The last good one stays in force.', '') : message;
    terminal.note(`${places.show(path)}:${start.line + 1}:${start.character + 1}  ${text}`);
  }
}

/** Tells which paths the user named although they take no part in the analysis. */
export function noteLeftOut(session: Session, { targets }: Selection, terminal: Terminal): void {
  const filter = createNodeHost(session.root).pathFilter(session.settings.exclude);
  for (const { given, kind, path } of targets) {
    if (path === '') continue;
    // A folder is left out when anything in it would be.
    const isIncluded = filter.includes(kind === 'file' ? path : `${path}/_`);
    if (!isIncluded) terminal.note(`Not analysed: ${given}: it is ignored or excluded.`);
  }
}
