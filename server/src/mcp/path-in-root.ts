import { isAbsolute, relative, resolve, sep } from 'node:path';
import { InputError } from './input-error.ts';

/**
 * A path that the caller gave, as the review knows it: relative to the root, with forward slashes, empty for the root
 * itself. Nothing is looked up on the disk.
 * @param given relative to the root, or absolute
 * @throws InputError when it leads out of the root
 */
export function pathInRoot(given: string, root: string): string {
  const path = relative(root, resolve(root, given));
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) {
    throw new InputError(`path leads out of ${root}, which is all that is reviewed here: ${given}`);
  }
  return path.split(sep).join('/');
}

/** Whether a path is the one that was asked for, or lies below it. */
export function isAtOrBelow(path: string, wanted: string): boolean {
  return wanted === '' || path === wanted || path.startsWith(`${wanted}/`);
}
