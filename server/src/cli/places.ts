import { isAbsolute, join, relative, sep } from 'node:path';
import { LineIndex, type TextRange } from '../core/text.ts';
import type { Place } from '../report/review.ts';
import { readText } from './read-text.ts';

/** Turns places of a workspace root into places of a report. */
export interface Places {
  /** The path as the reader sees it: relative to the working folder, forward slashes. */
  readonly show: (path: string) => string;
  /** A file that can't be read gives the start of the file. */
  readonly locate: (path: string, range: TextRange) => Promise<Place>;
}

/** Reads each file once. Paths are relative to the root. */
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
