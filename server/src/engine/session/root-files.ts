import { join } from 'node:path';
import type { CancellationToken } from '../../core/cancellation.ts';
import type { Settings } from '../../core/settings.ts';
import type { Workspace } from '../../core/workspace.ts';
import { decodeText } from '../../workspace/decode.ts';
import { createNodeHost } from '../../workspace/node-host.ts';
import { trackedFilesOf } from '../../workspace/tracked-files.ts';
import type { PathFilter, WorkspaceHost } from '../../workspace/workspace-host.ts';
import { createWorkspaceModel, type ModelInput } from '../workspace-model.ts';
import { updatePaths } from './known-paths.ts';

/** The files of a root on disk, as of the last listing. */
export class RootFiles {
  readonly host: WorkspaceHost;
  readonly #root: string;
  readonly #settings: () => Settings;
  readonly #tracked: ReturnType<typeof trackedFilesOf>;
  #filter: PathFilter;
  #paths: readonly string[] = [];

  constructor(root: string, settings: () => Settings) {
    this.host = createNodeHost(root);
    this.#root = root;
    this.#settings = settings;
    this.#tracked = trackedFilesOf(root);
    this.#filter = this.host.pathFilter(settings().exclude);
  }

  /** Files that are not ignored or excluded, sorted. */
  get paths(): readonly string[] {
    return this.#paths;
  }

  /** Whether ignore files and settings let a path take part. */
  includes(path: string): boolean {
    return this.#filter.includes(path);
  }

  /** Absolute path of a file of the root. */
  toSystem(path: string): string {
    return join(this.#root, path);
  }

  /** Text of a file on disk; empty when it is no text. @throws Error when it can't be read. */
  textOf(path: string): string {
    const decoded = decodeText(path, this.host.readBytesNow(path));
    return decoded.kind === 'text' ? decoded.text : '';
  }

  /** Takes settings and ignore files that have changed. */
  refilter(): void {
    this.#filter = this.host.pathFilter(this.#settings().exclude);
  }

  /**
   * Walks through all folders.
   * @returns folders that can't be read; undefined when it was cancelled, which leaves all as it was
   */
  async list(
    token: CancellationToken,
  ): Promise<readonly { readonly path: string; readonly reason: string }[] | undefined> {
    const { cancelled, files, unreadable } = await this.host.listFiles(this.#settings().exclude, token);
    if (cancelled) return undefined;
    this.#paths = files;
    return unreadable;
  }

  /** Brings the paths up to date after some of them appeared, changed or vanished. */
  async refresh(changed: readonly string[], token: CancellationToken): Promise<void> {
    const known = await updatePaths(this.#paths, changed, this.host, this.#filter);
    if (known) this.#paths = known;
    else await this.list(token);
  }

  /** The workspace as rules see it at this moment. */
  model(rest: Pick<ModelInput, 'files' | 'textOf' | 'python'>): Workspace {
    const { host } = this;
    return createWorkspaceModel({
      ...rest,
      host,
      filter: this.#filter,
      paths: this.#paths,
      tracked: this.#tracked(),
    });
  }
}
