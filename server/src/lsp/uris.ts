import { fileURLToPath, pathToFileURL } from 'node:url';

const DRIVE = /^[A-Za-z]:/;

/**
 * The absolute path of a `file:` URI, with forward slashes and a lower-case drive letter, so that two spellings
 * of one file compare equal. Undefined for every other scheme (`untitled:`, `git:`, `vscode-vfs:`) and for
 * URIs that no path can be made of.
 */
export function pathOfUri(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    const windows = /^file:\/\/\/[A-Za-z](:|%3A)/i.test(uri);
    return normalisePath(fileURLToPath(uri.replace(/[?#].*$/s, ''), { windows }));
  } catch {
    // A malformed escape or a host that this platform has no path for: not a file of ours.
    return undefined;
  }
}

/** The same path with forward slashes, a lower-case drive letter and no slash at its end. */
export function normalisePath(path: string): string {
  const slashed = DRIVE.test(path) ? path.replace(/\\/g, '/') : path;
  const lowered = slashed.replace(DRIVE, drive => drive.toLowerCase());
  return lowered.length > 1 && lowered.endsWith('/') ? lowered.slice(0, -1) : lowered;
}

/** `path` relative to `root`, with forward slashes; empty for the root itself; undefined when it lies outside. */
export function relativeTo(root: string, path: string): string | undefined {
  if (path === root) return '';
  const prefix = root.endsWith('/') ? root : `${root}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** URI of a file inside a root, in the spelling that the client chose for the root. */
export function uriInside(rootUri: string, path: string): string {
  const base = rootUri.endsWith('/') ? rootUri : `${rootUri}/`;
  return base + path.split('/').map(encodeURIComponent).join('/');
}

/** URI of an absolute path. */
export function uriOfPath(path: string): string {
  return pathToFileURL(path, { windows: DRIVE.test(path) }).href;
}
