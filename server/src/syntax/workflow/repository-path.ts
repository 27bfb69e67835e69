/**
 * Resolves a path as written against a folder; both relative to the repository root, `''` being the root itself.
 * Undefined for what does not surely lie in the repository: absolute and home paths, Windows paths, URLs, and paths
 * that leave the root.
 */
export function resolvePath(base: string, written: string): string | undefined {
  if (/^[/~]|^[A-Za-z]:|\\|:\/\/|[\n\r\0]/.test(written)) return undefined;
  const segments = base === '' ? [] : base.split('/');
  for (const segment of written.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join('/');
}

/** Whether a path is one of the given ones or lies below one; `''` covers everything. */
export function isCoveredBy(path: string, roots: Iterable<string>): boolean {
  for (const root of roots) if (root === '' || path === root || path.startsWith(`${root}/`)) return true;
  return false;
}
