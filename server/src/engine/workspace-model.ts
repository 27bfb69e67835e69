import type { FileFacts } from '../core/file-facts.ts';
import type { PythonWorkspace } from '../core/python-index.ts';
import type { Workspace } from '../core/workspace.ts';
import { decodeText } from '../workspace/decode.ts';
import { isFileSystemError } from './scan/cache-index.ts';
import type { TrackedFiles } from '../workspace/tracked-files.ts';
import type { PathFilter, WorkspaceHost } from '../workspace/workspace-host.ts';

/** Files that no front end reads and that a rule wants to see are small. */
const READ_LIMIT = 64 * 1024;

/** What the model is made from. */
export interface ModelInput {
  readonly host: WorkspaceHost;
  readonly filter: PathFilter;
  /** Facts that workspace rules look into. */
  readonly files: readonly FileFacts[];
  /** All files on disk that take part, sorted. */
  readonly paths: readonly string[];
  readonly tracked: TrackedFiles;
  /** Text of an open document. */
  readonly textOf: (path: string) => string | undefined;
  /** Asked when a rule asks: linking all files takes long. */
  readonly python: () => PythonWorkspace;
}

/** The model that workspace rules see. */
export function createWorkspaceModel({ host, filter, files, paths, tracked, textOf, python }: ModelInput): Workspace {
  const byPath = new Map(files.map(file => [file.path, file]));
  return {
    files: [...files].sort((left, right) => (left.path < right.path ? -1 : 1)),
    file: path => byPath.get(path),
    exists: path => host.exists(path),
    paths,
    tracked: tracked.kind === 'tracked' ? tracked.files : undefined,
    isIgnored: path => !filter.includes(path),
    folderInRepository: tracked.kind === 'noRepository' ? '' : tracked.folderInRepository,
    readText: path => textOf(path) ?? readSmallText(host, path),
    get python() {
      return python();
    },
  };
}

function readSmallText(host: WorkspaceHost, path: string): string | undefined {
  try {
    const bytes = host.readBytesNow(path);
    if (bytes.length > READ_LIMIT) return undefined;
    const decoded = decodeText(path, bytes);
    return decoded.kind === 'text' ? decoded.text : undefined;
  } catch (error) {
    // It is gone, a folder, or not ours to read.
    if (isFileSystemError(error)) return undefined;
    throw error;
  }
}
