import { FileChangeType, type FileEvent } from './protocol-library.ts';
import { inBackground, type Log } from './log.ts';
import type { OpenDocuments } from './open-documents.ts';
import { pathOfUri, relativeTo } from './uris.ts';
import { Batch } from './work-queue.ts';
import type { WorkspaceRoots } from './workspace-roots.ts';

/** Pause after the last event before files are read again, in milliseconds: a checkout comes as hundreds of events. */
const PAUSE = 200;

/** Names that are deleted all the time and never matter. */
const NOISE = /(^|\/)(\.git\/(?!index$|info\/exclude$)|node_modules\/|__pycache__\/|\.venv\/)|\.(lock|pyc|swp|tmp)$|~$/;

/** Read from disk, whatever an editor holds. */
const CONFIGURATION = /(^|\/)(readiness\.yaml|pyproject\.toml|\.gitignore)$/;

/** Collects what the client says of changes on disk, and has the roots look at them together. */
export class ChangesOnDisk {
  readonly #roots: WorkspaceRoots;
  readonly #documents: OpenDocuments;
  readonly #log: Log;
  readonly #batch: Batch<string>;

  constructor(roots: WorkspaceRoots, documents: OpenDocuments, log: Log) {
    this.#roots = roots;
    this.#documents = documents;
    this.#log = log;
    this.#batch = new Batch(PAUSE, paths => {
      this.#deliver(paths);
    });
  }

  add(events: readonly FileEvent[]): void {
    for (const { uri, type } of events) {
      const path = pathOfUri(uri);
      if (path === undefined || NOISE.test(path) || this.#isSaved(path, type)) continue;
      if (type === FileChangeType.Deleted) for (const lost of this.#analysedUnder(path)) this.#batch.add(lost);
      this.#batch.add(path);
    }
  }

  /** Folders came with files in them, of which no event tells: their roots look for them. */
  foldersAppeared(uris: readonly string[]): void {
    const paths = uris.map(pathOfUri).filter(path => path !== undefined);
    const roots = new Set(paths.map(path => this.#roots.owner(path)).filter(root => root?.options.kind === 'folder'));
    for (const root of roots) {
      if (root) inBackground(this.#log, `scan ${root.options.name}`, () => root.scan());
    }
  }

  dispose(): void {
    this.#batch.dispose();
  }

  /** Saving an open document changes nothing that isn't known already. */
  #isSaved(path: string, type: FileChangeType): boolean {
    return type === FileChangeType.Changed && this.#documents.at(path) !== undefined && !CONFIGURATION.test(path);
  }

  /** Analysed files inside a folder that is gone. */
  #analysedUnder(folder: string): string[] {
    const lost: string[] = [];
    for (const root of this.#roots.all()) {
      for (const { path } of root.session?.analyses() ?? []) {
        const absolute = root.options.texts.absolute(path);
        if (absolute.startsWith(`${folder}/`)) lost.push(absolute);
      }
    }
    return lost;
  }

  #deliver(paths: readonly string[]): void {
    for (const root of this.#roots.all()) {
      const inside = paths.map(path => relativeTo(root.options.path, path)).filter(isInside);
      if (inside.length > 0) inBackground(this.#log, `refresh ${root.options.name}`, () => root.refresh(inside));
    }
  }
}

function isInside(path: string | undefined): path is string {
  return path !== undefined && path !== '';
}
