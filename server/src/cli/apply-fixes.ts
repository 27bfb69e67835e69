import { join } from 'node:path';
import { NEVER_CANCELLED } from '../core/cancellation.ts';
import type { Session } from '../engine/session.ts';
import { createPlaces } from './places.ts';
import type { PlannedFix } from './planned-fixes.ts';
import { createFile, replaceFile } from './replace-file.ts';
import type { Terminal } from './terminal.ts';

/** Writes fixes to disk and brings the session up to date. Returns false when a file had to be left alone. */
export async function applyFixes(
  session: Session,
  planned: readonly PlannedFix[],
  quiet: boolean,
  terminal: Terminal,
): Promise<boolean> {
  const { show } = createPlaces(session.root, terminal.cwd);
  const written: string[] = [];
  for (const fix of planned) {
    const obstacle = await write(session.root, fix);
    if (obstacle === undefined) written.push(fix.path);
    else terminal.note(`Not fixed: ${show(fix.path)}: ${obstacle}`);
  }
  if (written.length > 0) {
    // What was written is reported as it is now, so this is finished even when the user loses patience.
    await session.refresh(written, NEVER_CANCELLED);
    if (!quiet) terminal.note(`Fixed ${written.length} file${written.length === 1 ? '' : 's'}.`);
  }
  return written.length === planned.length;
}

async function write(root: string, { path, bytesBefore, bytesAfter }: PlannedFix): Promise<string | undefined> {
  if (bytesAfter === undefined) return 'Its encoding has no place for a character of the fix.';
  const file = join(root, path);
  return bytesBefore === undefined ? createFile(file, bytesAfter) : replaceFile(file, bytesBefore, bytesAfter);
}
