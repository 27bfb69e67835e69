import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describeError, type Log } from './log.ts';

/**
 * Notes on disk which documents are being analysed, so that the next server knows which one ended the last. Notes
 * cost microseconds: a file that is open already, and a few bytes.
 */
export interface InFlight {
  /** Does work on a document, by its absolute path, with a note. */
  during<T>(path: string, work: () => Promise<T>): Promise<T>;
  /** Documents that were being analysed when the last server of this client ended. */
  readonly left: readonly string[];
  /** Removes the note: this is a proper end. */
  dispose(): void;
}

/** Notes nothing: where no place for notes can be had, servers work all the same. */
export const NO_NOTES: InFlight = { during: (_path, work) => work(), left: [], dispose: () => undefined };

/** Whose notes they are: servers that a client starts one after the other share them. */
export interface NoteOwner {
  /** Of the client. */
  readonly processId: number;
  /** URIs of its folders, for clients that run several servers at a time. */
  readonly folders: readonly string[];
}

/** Opens the notes of a client in a folder, and clears those of clients that are gone. */
export function openInFlight(folder: string, owner: NoteOwner, log: Log): InFlight {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    removeNotesOfTheDead(folder);
    return notesIn(join(folder, nameOf(owner)));
  } catch (error) {
    log.warn(`There is no place for notes on crashes: ${describeError(error)}`);
    return NO_NOTES;
  }
}

function notesIn(file: string): InFlight {
  const left = readNotes(file);
  const descriptor = openSync(file, 'w', 0o600);
  const running = new Map<string, number>();
  let disposed = false;
  const write = (): void => {
    if (disposed) return;
    const bytes = Buffer.from([...running.keys()].map(path => `${path}\n`).join(''));
    // The length first: a crash in between leaves too little rather than something old.
    ftruncateSync(descriptor, 0);
    if (bytes.length > 0) writeSync(descriptor, bytes, 0, bytes.length, 0);
  };
  return {
    left,
    async during(path, work) {
      running.set(path, (running.get(path) ?? 0) + 1);
      write();
      try {
        return await work();
      } finally {
        const others = (running.get(path) ?? 1) - 1;
        if (others > 0) running.set(path, others);
        else running.delete(path);
        write();
      }
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      closeSync(descriptor);
      rmSync(file, { force: true });
    },
  };
}

function readNotes(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(isPath);
  } catch {
    // The first server of a client finds none.
    return [];
  }
}

/** A path that a crash cut off is none of an open document, so it does no harm. */
function isPath(line: string): boolean {
  return line !== '';
}

function nameOf({ processId, folders }: NoteOwner): string {
  const key = createHash('sha256').update(folders.join('\n')).digest('hex').slice(0, 16);
  return `${processId}-${key}`;
}

function removeNotesOfTheDead(folder: string): void {
  for (const name of readdirSync(folder)) {
    const processId = Number(/^(\d+)-[0-9a-f]{16}$/.exec(name)?.[1]);
    if (Number.isInteger(processId) && !isAlive(processId)) rmSync(join(folder, name), { force: true });
  }
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // A process of somebody else is alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
