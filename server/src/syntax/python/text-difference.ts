import type { ChangedStretch } from './reuse.ts';

/** The shortest stretch outside of which two texts are the same. */
export function differenceOf(before: string, after: string): ChangedStretch {
  const shorter = Math.min(before.length, after.length);
  const start = commonLength(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
  const behind = commonLength(shorter - start, (from, to) => {
    const old = before.slice(before.length - to, before.length - from);
    return old === after.slice(after.length - to, after.length - from);
  });
  return { start, oldEnd: before.length - behind, newEnd: after.length - behind };
}

/** So many units are compared at once, which takes an engine less time than one by one. */
const STRIDE = 4096;

/** How many of `limit` units are the same, counted from one end; `isSame` compares those from one count to another. */
function commonLength(limit: number, isSame: (from: number, to: number) => boolean): number {
  let known = 0;
  for (let stride = STRIDE; stride >= 1; stride = Math.floor(stride / 16)) {
    while (known + stride <= limit && isSame(known, known + stride)) known += stride;
  }
  return known;
}
