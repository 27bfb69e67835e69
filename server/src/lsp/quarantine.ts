import type { FileAnalysis } from '../engine/model.ts';
import type { InFlight } from './in-flight.ts';

/** What the panel says of a document whose analysis ended the server. */
export const CRASHED = 'The analysis of this file crashed; it is tried again after the next edit.';

/** Documents that are left alone until they are edited, because their analysis ended the server. Paths are absolute. */
export class Quarantine {
  readonly #paths: Set<string>;
  readonly #notes: InFlight;

  /** `notes` say which documents those are, and take note of the ones to come. */
  constructor(notes: InFlight) {
    this.#notes = notes;
    this.#paths = new Set(notes.left);
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  /** Lets a document out, because it has changed; whether it was in. */
  release(path: string): boolean {
    return this.#paths.delete(path);
  }

  paths(): readonly string[] {
    return [...this.#paths];
  }

  /** Does work that a document could crash. */
  during<T>(path: string, work: () => Promise<T>): Promise<T> {
    return this.#notes.during(path, work);
  }

  /** The server ends as it should. */
  dispose(): void {
    this.#notes.dispose();
  }
}

/** The result of a document that is left alone; `path` is relative to its root. */
export function crashedAnalysis(path: string, version: number | undefined): FileAnalysis {
  return { path, version, findings: [], accepted: [], failures: [], examined: {}, notMeasured: CRASHED };
}
