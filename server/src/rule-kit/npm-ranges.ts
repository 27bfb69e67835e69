// Not the library as a whole, which each start would read.
import intersects from 'semver/ranges/intersects.js';
import validRange from 'semver/ranges/valid.js';

/**
 * Whether some version satisfies two ranges of `package.json`.
 * @returns undefined when one of them is no range of versions (a tag such as `next`)
 */
export function npmRangesMeet(left: string, right: string): boolean | undefined {
  if (validRange(left) === null || validRange(right) === null) return undefined;
  return intersects(left, right, { includePrerelease: true });
}
