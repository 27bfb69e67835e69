import { isAbsolute, join, relative, sep } from 'node:path';
import { LineIndex } from '../core/text.ts';
import type { Places } from '../report/collect-review.ts';
import { readText } from './read-text.ts';

/** Places as a reader in the working folder names them. Reads each file once. */
export function createPlaces(root: string, cwd: string): Places {
  const indices = new Map<string, Promise<LineIndex>>();
  const show = (path: string): string => {
    const shown = relative(cwd, join(root, path));
    return isAbsolute(shown) ? shown : shown.split(sep).join('/');
  };
  return {
    show,
    async locate(path, range) {
      const absolute = join(root, path);
      const index = indices.get(path) ?? readText(absolute).then(text => new LineIndex(text ?? ''));
      indices.set(path, index);
      const lines = await index;
      return { path: show(path), absolute, start: lines.position(range.start), end: lines.position(range.end) };
    },
  };
}
