import type { FileFacts } from './file-facts.ts';
import type { PythonWorkspace } from './python-index.ts';

/** A file that the version control system has in its index. */
export interface TrackedFile {
  readonly path: string;
}

/** The typed model of one workspace root, as workspace rules see it. Paths are relative to the root, with `/`. */
export interface Workspace {
  /** Facts of every measured file, sorted by path. */
  readonly files: readonly FileFacts[];
  file(path: string): FileFacts | undefined;
  /** Whether a file or folder of that path is on disk, analysed or not. */
  exists(path: string): boolean;
  /** Paths of all files on disk that are not ignored, sorted. */
  readonly paths: readonly string[];
  /** Files in the git index; undefined where there is no repository or it can't be read. */
  readonly tracked: readonly TrackedFile[] | undefined;
  /** Whether ignore files (`.gitignore` …), default or configured excludes cover the path; it need not exist. */
  isIgnored(path: string): boolean;
  /** Folder of the root inside its git repository, e.g. `services/shop`; empty when the root is the repository's own or there is none. */
  readonly folderInRepository: string;
  /** Text of a small file that no front end reads (a `.env`, a key); undefined when it can't be read or is over 64 KB. */
  readText(path: string): string | undefined;
  /** Names and calls over all Python files, open and closed; undefined until every file was measured. */
  readonly python?: PythonWorkspace | undefined;
}
