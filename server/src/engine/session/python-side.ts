import type { PythonWorkspace } from '../../core/python-index.ts';
import type { PythonOutline } from '../../core/python-outline.ts';
import type { WorkspaceRaises } from '../../core/raise-summary.ts';
import { openWorkspaceRaises } from '../../facts/raises/workspace-raises.ts';
import type { LinkedNames } from '../../facts/workspace/linked-names.ts';
import { createPythonWorkspace, type LivePythonWorkspace } from '../../facts/workspace/python-workspace.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { FileRaises, type FileRaisesContext } from './file-raises.ts';

/** Files that make their folder a project of its own. */
const PROJECT_FILE = /(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg)|requirements[^/]*\.txt|Pipfile)$/;

/** Something that knows the outline of a file, or finds it out when it is asked. */
export interface OutlineHolder {
  readonly outline?: PythonOutline | undefined;
}

/** The Python files of a session, linked with each other. Changes wait for an {@link PythonSide.update}. */
export class PythonSide {
  readonly #knowledge: () => Knowledge;
  readonly #workspace: LivePythonWorkspace;
  readonly #fileRaises: FileRaises;
  readonly #put = new Map<string, OutlineHolder | Uint8Array>();
  readonly #known = new Set<string>();
  readonly #removed = new Set<string>();
  readonly #outdated = new Set<string>();
  /** Of open documents, which are asked about again and again. */
  readonly #latest = new Map<string, OutlineHolder>();
  #paths: readonly string[] = [];
  #projects: readonly string[] = [];
  /** Paths that an update was put off with. */
  #deferred: readonly string[] | undefined;
  #revision = 0;
  #raises: WorkspaceRaises | undefined;

  constructor(context: Omit<FileRaisesContext, 'outlineOf'>) {
    this.#knowledge = () => context.extractor.knowledge;
    this.#workspace = createPythonWorkspace(this.#knowledge);
    this.#fileRaises = new FileRaises({ ...context, outlineOf: path => this.#workspace.index.outline(path) });
  }

  /** Another one after each {@link update} that had something to do. */
  get revision(): number {
    return this.#revision;
  }

  /** Names and calls as of the last {@link update}. */
  get workspace(): PythonWorkspace {
    this.#catchUp();
    return this.#workspace;
  }

  /** What functions and classes raise, as of the last {@link update}. */
  get raises(): WorkspaceRaises {
    this.#raises ??= openWorkspaceRaises(this.workspace, path => this.#fileRaises.of(path), this.#knowledge());
    return this.#raises;
  }

  /**
   * Takes the outline of a file, packed or to be asked for; undefined for a file that has none, or none any more.
   * Nobody is asked before the next {@link update}.
   */
  note(path: string, outline: OutlineHolder | Uint8Array | undefined): void {
    if (outline && outline === this.#latest.get(path)) return;
    if (outline && !(outline instanceof Uint8Array)) this.#latest.set(path, outline);
    else this.#latest.delete(path);
    this.#fileRaises.forget(path);
    if (outline) {
      this.#put.set(path, outline);
      this.#removed.delete(path);
      this.#known.add(path);
    } else if (this.#known.delete(path)) {
      this.#put.delete(path);
      this.#removed.add(path);
    }
  }

  /** Forgets all files but these. */
  retain(paths: ReadonlySet<string>): void {
    for (const path of this.#known) if (!paths.has(path)) this.note(path, undefined);
  }

  /**
   * Links what has changed.
   * @param paths all files of the root, to find its projects
   */
  update(paths: readonly string[]): void {
    this.#deferred = undefined;
    const projects = paths === this.#paths ? this.#projects : projectsOf(paths);
    const isSame = projects.join('\n') === this.#projects.join('\n');
    this.#paths = paths;
    if (isSame && this.#put.size === 0 && this.#removed.size === 0) return;
    const changes = { put: outlinesOf(this.#put.values()), removed: this.#removed };
    const relinked = this.#workspace.update(changes, isSame ? undefined : projects);
    for (const path of relinked) this.#outdated.add(path);
    for (const path of this.#removed) this.#outdated.delete(path);
    this.#projects = projects;
    this.#put.clear();
    this.#removed.clear();
    this.#revision++;
    this.#raises = undefined;
  }

  /** Puts an {@link update} off until somebody asks for something that depends on it. */
  defer(paths: readonly string[]): void {
    this.#deferred = paths;
  }

  /** What other files say of the names in a file. */
  linkedNames(path: string): LinkedNames | undefined {
    this.#catchUp();
    return this.#workspace.linkedNames(path);
  }

  /** Files whose names may stand for something else than when they were taken last. */
  takeOutdated(): readonly string[] {
    const paths = [...this.#outdated].sort();
    this.#outdated.clear();
    return paths;
  }

  #catchUp(): void {
    if (this.#deferred) this.update(this.#deferred);
  }
}

function* outlinesOf(holders: Iterable<OutlineHolder | Uint8Array>): Generator<PythonOutline | Uint8Array> {
  for (const holder of holders) {
    if (holder instanceof Uint8Array) yield holder;
    else if (holder.outline) yield holder.outline;
  }
}

/** Folders with a project's files, sorted; the root is the empty path. */
export function projectsOf(paths: readonly string[]): readonly string[] {
  const files = paths.filter(path => PROJECT_FILE.test(path));
  return [...new Set(files.map(path => path.slice(0, Math.max(0, path.lastIndexOf('/')))))].sort();
}
