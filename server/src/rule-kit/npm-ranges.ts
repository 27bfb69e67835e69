import { intersects, validRange } from 'semver';

/**
 * Whether some version satisfies two ranges of `package.json`.
 * @returns undefined when one of them is no range of versions (a tag such as `next`)
 */
export function npmRangesMeet(left: string, right: string): boolean | undefined {
  if (validRange(left) === null || validRange(right) === null) return undefined;
  return intersects(left, right, { includePrerelease: true });
}
