import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import type { WorkspaceFolder } from './protocol-library.ts';
import type { TextEdit } from '../core/text.ts';
import { inBackground, type Log } from './log.ts';
import type { OpenDocument, OpenDocuments } from './open-documents.ts';
import { normalisePath, pathOfUri, relativeTo, uriOfPath } from './uris.ts';
import type { WorkspaceRoot } from './workspace-root.ts';

/** Files that stand at the top of a project. */
const PROJECT_MARKERS = ['readiness.yaml', 'pyproject.toml', 'package.json', '.git'];

/** What a new root is to be. */
export interface RootRequest {
  readonly uri: string;
  readonly path: string;
  readonly name: string;
  readonly kind: 'folder' | 'loose';
  /** Whether a file, relative to the root, is this root's to speak for. */
  readonly owns: (path: string) => boolean;
  readonly openDocuments: () => readonly OpenDocument[];
}

/**
 * The roots of a window. A file belongs to the innermost root around it; a document outside of all of them gets a
 * root of its own at its project's folder, which lives as long as the document is open and is never scanned.
 */
export class WorkspaceRoots {
  readonly #roots = new Map<string, WorkspaceRoot>();
  readonly #documents: OpenDocuments;
  readonly #create: (request: RootRequest) => WorkspaceRoot;
  readonly #log: Log;
  /** Root that each open document was given to, by the document's path. */
  readonly #homes = new Map<string, WorkspaceRoot>();

  constructor(documents: OpenDocuments, log: Log, create: (request: RootRequest) => WorkspaceRoot) {
    this.#documents = documents;
    this.#log = log;
    this.#create = create;
  }

  /** The workspace folders, in the client's order. */
  folders(): readonly WorkspaceRoot[] {
    return [...this.#roots.values()].filter(({ options }) => options.kind === 'folder');
  }

  all(): readonly WorkspaceRoot[] {
    return [...this.#roots.values()];
  }

  /** The root that speaks for a path. */
  owner(path: string): WorkspaceRoot | undefined {
    let innermost: WorkspaceRoot | undefined;
    for (const root of this.#roots.values()) {
      const inside = relativeTo(root.options.path, path) !== undefined;
      if (inside && root.options.path.length >= (innermost?.options.path.length ?? 0)) innermost = root;
    }
    return innermost;
  }

  byUri(uri: string): WorkspaceRoot | undefined {
    return this.folders().find(root => root.options.uri === uri);
  }

  /** Adds and removes workspace folders; documents move to the root that they now belong to. */
  change(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void {
    for (const { uri } of removed) this.#remove(pathOfUri(uri));
    const created = added.map(folder => this.#addFolder(folder)).filter(root => root !== undefined);
    this.#rehome();
    // An outer root takes back what an inner one speaks for now, and speaks again for what a removed one did.
    for (const root of this.folders().filter(folder => !created.includes(folder))) {
      inBackground(this.#log, `update ${root.options.name}`, () => root.synchronise());
    }
    for (const root of created) inBackground(this.#log, `start ${root.options.name}`, () => root.start());
  }

  open(document: OpenDocument): void {
    const root = this.owner(document.path) ?? this.#addLoose(document);
    this.#homes.set(document.path, root);
    root.open(document);
  }

  changed(document: OpenDocument, edits: readonly TextEdit[] | undefined): void {
    this.#homes.get(document.path)?.change(document, edits);
  }

  saved(document: OpenDocument): void {
    this.#homes.get(document.path)?.save(document);
  }

  closed({ path }: OpenDocument): void {
    const root = this.#homes.get(path);
    this.#homes.delete(path);
    if (!root) return;
    if (root.options.kind === 'folder') root.close(path);
    else this.#leave(root, path);
  }

  dispose(): void {
    for (const root of this.#roots.values()) root.dispose();
    this.#roots.clear();
    this.#homes.clear();
  }

  #addFolder({ uri, name }: WorkspaceFolder): WorkspaceRoot | undefined {
    const path = pathOfUri(uri);
    if (path === undefined) {
      this.#log.warn(`The folder ${name} (${uri}) is not on this machine; only files on disk are reviewed.`);
      return undefined;
    }
    const existing = this.#roots.get(path);
    if (existing?.options.kind === 'folder') return undefined;
    existing?.dispose();
    return this.#add({ uri, name, path, kind: 'folder' });
  }

  #addLoose(document: OpenDocument): WorkspaceRoot {
    const path = projectFolderOf(document.path);
    const root = this.#add({ uri: uriOfPath(path), name: path, path, kind: 'loose' });
    inBackground(this.#log, `start ${path}`, () => root.start());
    return root;
  }

  #add(request: Pick<RootRequest, 'uri' | 'name' | 'path' | 'kind'>): WorkspaceRoot {
    const isMine = (path: string): boolean => this.owner(path) === root;
    const root: WorkspaceRoot = this.#create({
      ...request,
      owns: path => isMine(`${request.path}/${path}`),
      openDocuments: () => this.#documents.all().filter(({ path }) => isMine(path)),
    });
    this.#roots.set(request.path, root);
    return root;
  }

  #remove(path: string | undefined): void {
    const root = path === undefined ? undefined : this.#roots.get(path);
    if (path === undefined || !root) return;
    this.#roots.delete(path);
    root.dispose();
  }

  /** Gives every open document to its root of today. */
  #rehome(): void {
    for (const document of this.#documents.all()) {
      const before = this.#homes.get(document.path);
      const now = this.owner(document.path);
      if (before !== undefined && before === now) continue;
      if (before && this.#roots.get(before.options.path) === before) this.closed(document);
      this.open(document);
    }
  }

  /** A loose root ends with its last document. */
  #leave(root: WorkspaceRoot, path: string): void {
    if ([...this.#homes.values()].includes(root)) {
      root.close(path);
      root.publisher.clear(root.relative(path));
      return;
    }
    this.#remove(root.options.path);
  }
}

/** Folder to analyse a lone file in: its project's, or else its own. A home folder is nobody's project. */
function projectFolderOf(path: string): string {
  const own = dirname(path);
  const home = normalisePath(homedir());
  for (let folder = own; folder !== dirname(folder) && folder !== home; folder = dirname(folder)) {
    const current = folder;
    if (PROJECT_MARKERS.some(marker => existsSync(`${current}/${marker}`))) return folder;
  }
  return own;
}
