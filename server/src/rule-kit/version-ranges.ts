import type { VersionClause, VersionSet } from '../core/facts/manifest.ts';
import {
  afterPostReleases,
  comparePythonVersions,
  firstOf,
  parsePythonVersion,
  type ParsedVersion,
  type PythonVersion,
} from './python-version.ts';

/** An end of an interval; undefined stands for no limit. */
interface Bound {
  readonly at: PythonVersion;
  readonly inclusive: boolean;
}

interface Interval {
  readonly low: Bound | undefined;
  readonly high: Bound | undefined;
}

/**
 * The versions that a specifier accepts, as intervals in order that neither touch nor overlap. Where PEP 440 has a rule
 * that intervals can't tell (`<1.0.post1` leaves out `1.0rc1`), more is accepted: what is empty here is empty in truth.
 */
export type VersionRanges = readonly Interval[];

const EVERYTHING: VersionRanges = [{ low: undefined, high: undefined }];

/** What a specifier accepts; undefined when one of its versions is not understood. */
export function versionRanges(set: VersionSet): VersionRanges | undefined {
  const alternatives: Interval[] = [];
  for (const clauses of set) {
    let ranges = EVERYTHING;
    for (const clause of clauses) {
      const accepted = rangesOfClause(clause);
      if (!accepted) return undefined;
      ranges = intersectRanges(ranges, accepted);
    }
    alternatives.push(...ranges);
  }
  return merged(alternatives);
}

/** What both accept. */
export function intersectRanges(left: VersionRanges, right: VersionRanges): VersionRanges {
  const common: Interval[] = [];
  for (const a of left) {
    for (const b of right) {
      const interval = { low: laterLow(a.low, b.low), high: earlierHigh(a.high, b.high) };
      if (!isEmptyInterval(interval)) common.push(interval);
    }
  }
  return common;
}

/** Whether both accept exactly the same versions. */
export function sameRanges(left: VersionRanges, right: VersionRanges): boolean {
  return (
    left.length === right.length &&
    left.every(({ low, high }, index) => sameBound(low, right[index]?.low) && sameBound(high, right[index]?.high))
  );
}

/** Whether one version is accepted. */
export function rangesContain(ranges: VersionRanges, version: PythonVersion): boolean {
  const point = { at: version, inclusive: true };
  return intersectRanges(ranges, [{ low: point, high: point }]).length > 0;
}

function rangesOfClause({ operator, version: text }: VersionClause): VersionRanges | undefined {
  if (text.endsWith('.*')) return rangesOfPrefix(operator, text.slice(0, -2));
  const parsed = parsePythonVersion(text);
  if (!parsed) return undefined;
  const { version: at } = parsed;
  switch (operator) {
    case '==':
    case '===':
      return [point(at)];
    case '!=':
      // Another build of the same version is still accepted.
      return parsed.hasLocalPart ? EVERYTHING : complement(point(at));
    case '>=':
      return [{ low: { at, inclusive: true }, high: undefined }];
    case '<=':
      return [{ low: undefined, high: { at, inclusive: true } }];
    case '>':
      return [{ low: { at: after(parsed), inclusive: false }, high: undefined }];
    case '<':
      return [{ low: undefined, high: { at: before(parsed), inclusive: false } }];
    case '~=':
      return compatible(parsed);
  }
}

function rangesOfPrefix(operator: VersionClause['operator'], text: string): VersionRanges | undefined {
  const parsed = parsePythonVersion(text);
  if (!parsed || parsed.isPrerelease || parsed.isPostRelease || parsed.hasLocalPart) return undefined;
  const prefix = prefixInterval(parsed.version.epoch, parsed.release);
  if (operator === '==') return [prefix];
  return operator === '!=' ? complement(prefix) : undefined;
}

function compatible({ version, release }: ParsedVersion): VersionRanges | undefined {
  if (release.length < 2) return undefined;
  const prefix = prefixInterval(version.epoch, release.slice(0, -1));
  return [{ low: { at: version, inclusive: true }, high: prefix.high }];
}

/** All versions that start with a release: from its first development release to before the next release's. */
function prefixInterval(epoch: number, release: readonly number[]): Interval {
  const next = release.map((part, index) => (index === release.length - 1 ? part + 1 : part));
  return {
    low: { at: firstOf(epoch, release), inclusive: true },
    high: { at: firstOf(epoch, next), inclusive: false },
  };
}

/** `>1.0` leaves out the post-releases of 1.0, unless it names one. */
function after({ version, isPostRelease, isPrerelease }: ParsedVersion): PythonVersion {
  return isPostRelease || isPrerelease ? version : afterPostReleases(version);
}

/** `<2.0` leaves out the pre-releases of 2.0, unless it names one. */
function before({ version, release, isPostRelease, isPrerelease }: ParsedVersion): PythonVersion {
  return isPostRelease || isPrerelease ? version : firstOf(version.epoch, release);
}

function point(at: PythonVersion): Interval {
  return { low: { at, inclusive: true }, high: { at, inclusive: true } };
}

function complement({ low, high }: Interval): VersionRanges {
  const below = low ? [{ low: undefined, high: { at: low.at, inclusive: !low.inclusive } }] : [];
  const above = high ? [{ low: { at: high.at, inclusive: !high.inclusive }, high: undefined }] : [];
  return [...below, ...above];
}

function laterLow(left: Bound | undefined, right: Bound | undefined): Bound | undefined {
  if (!left || !right) return left ?? right;
  const order = comparePythonVersions(left.at, right.at);
  if (order === 0) return left.inclusive ? right : left;
  return order > 0 ? left : right;
}

function earlierHigh(left: Bound | undefined, right: Bound | undefined): Bound | undefined {
  if (!left || !right) return left ?? right;
  const order = comparePythonVersions(left.at, right.at);
  if (order === 0) return left.inclusive ? right : left;
  return order < 0 ? left : right;
}

function isEmptyInterval({ low, high }: Interval): boolean {
  if (!low || !high) return false;
  const order = comparePythonVersions(low.at, high.at);
  return order > 0 || (order === 0 && !(low.inclusive && high.inclusive));
}

function merged(intervals: readonly Interval[]): VersionRanges {
  const result: Interval[] = [];
  for (const interval of [...intervals].sort(byLow)) {
    const last = result.at(-1);
    if (last && reaches(last.high, interval.low)) {
      result[result.length - 1] = { low: last.low, high: laterHigh(last.high, interval.high) };
    } else result.push(interval);
  }
  return result;
}

function byLow({ low: left }: Interval, { low: right }: Interval): number {
  if (!left || !right) return left ? 1 : right ? -1 : 0;
  return comparePythonVersions(left.at, right.at) || Number(right.inclusive) - Number(left.inclusive);
}

/** Whether no version lies between the end of one interval and the start of the next. */
function reaches(high: Bound | undefined, low: Bound | undefined): boolean {
  if (!high || !low) return true;
  const order = comparePythonVersions(high.at, low.at);
  return order > 0 || (order === 0 && (high.inclusive || low.inclusive));
}

function laterHigh(left: Bound | undefined, right: Bound | undefined): Bound | undefined {
  if (!left || !right) return undefined;
  const order = comparePythonVersions(left.at, right.at);
  if (order === 0) return left.inclusive ? left : right;
  return order > 0 ? left : right;
}

function sameBound(left: Bound | undefined, right: Bound | undefined): boolean {
  if (!left || !right) return left === right;
  return left.inclusive === right.inclusive && comparePythonVersions(left.at, right.at) === 0;
}
