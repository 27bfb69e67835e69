import type { CancellationToken } from '../core/cancellation.ts';

/** What is known of a path without reading it. */
export interface FileStat {
  readonly kind: 'file' | 'folder' | 'other';
  /** Bytes; 0 for folders. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** All files that take part in an analysis. */
export interface FileListing {
  /** Paths of files that are not ignored, sorted by UTF-16 units. Symbolic links are not followed and not listed. */
  readonly files: readonly string[];
  /** Folders that could not be read, with the system's reason in words. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  /** Whether the listing stopped early because it was cancelled. */
  readonly cancelled: boolean;
}

/** Which paths take part in the analysis; a snapshot of the ignore files as they were when it was made. */
export interface PathFilter {
  /** Whether a file of this path would be listed were it there: no ignore file, default or configured exclude covers it. */
  includes(path: string): boolean;
}

/**
 * The port to the files of one workspace root. All paths are relative to the root, with forward slashes, `''` being
 * the root itself. Nothing is ever written.
 */
export interface WorkspaceHost {
  /** Absolute path of the root, as the system writes it. */
  readonly root: string;
  /**
   * Lists the files that take part in the analysis. Ignored folders are never opened.
   * `exclude` holds the configured glob patterns, relative to the root.
   */
  listFiles(exclude: readonly string[], token: CancellationToken): Promise<FileListing>;
  /** The filter that `listFiles` uses. Make a new one when an ignore file or the configuration has changed. */
  pathFilter(exclude: readonly string[]): PathFilter;
  /** Content of a file. @throws Error when it can't be read. */
  readBytes(path: string): Promise<Uint8Array>;
  /** The same at once, for a fix or a rule that needs one small file. @throws Error when it can't be read. */
  readBytesNow(path: string): Uint8Array;
  /** Undefined when nothing is there; symbolic links are followed. */
  stat(path: string): Promise<FileStat | undefined>;
  /** Whether a file or folder is there, ignored or not; symbolic links are followed. */
  exists(path: string): boolean;
}
