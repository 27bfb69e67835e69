import type { PathFilter, WorkspaceHost } from '../../workspace/workspace-host.ts';

/**
 * The listing of a root after some of its paths appeared, changed or vanished, without walking through its folders.
 * @param known sorted paths of the files that took part before
 * @param changed paths that something was told of; folders too
 * @returns undefined when a folder appeared, whose files only a walk finds
 */
export async function updatePaths(
  known: readonly string[],
  changed: readonly string[],
  host: Pick<WorkspaceHost, 'stat'>,
  filter: PathFilter,
): Promise<readonly string[] | undefined> {
  const present = new Set(known);
  let isSame = true;
  for (const path of new Set(changed)) {
    const kind = (await host.stat(path))?.kind;
    if (kind === 'folder') return undefined;
    const takesPart = kind === 'file' && filter.includes(path);
    if (takesPart === present.has(path)) continue;
    isSame = false;
    if (takesPart) present.add(path);
    else present.delete(path);
  }
  return isSame ? known : [...present].sort();
}
