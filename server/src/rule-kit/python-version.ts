import { parse } from '@renovatebot/pep440';

/**
 * A version as PEP 440 orders it, most significant part first. Local parts (`+cu118`) are left out: they name a build
 * of a version, not another version.
 */
export interface PythonVersion {
  readonly epoch: number;
  /** Without zeros at the end. */
  readonly release: readonly number[];
  /** -1 for a development release alone, 0 to 2 for a, b and rc, 3 for none of them. */
  readonly stage: number;
  readonly stageNumber: number;
  /** -1 without one. */
  readonly post: number;
  /** `Infinity` without one. */
  readonly dev: number;
}

const STAGES: Readonly<Record<string, number>> = { a: 0, b: 1, rc: 2 };
const FINAL_STAGE = 3;

/** A version with what its text says of it; undefined when the text is no version. */
export function parsePythonVersion(text: string): ParsedVersion | undefined {
  const parsed = parse(text);
  if (!parsed) return undefined;
  const { epoch, release } = parsed;
  // The library's types leave out that absent parts are null.
  const pre = parsed.pre as (string | number)[] | null;
  const post = parsed.post as (string | number)[] | null;
  const dev = parsed.dev as (string | number)[] | null;
  const local = parsed.local as unknown;
  const isDevelopmentAlone = dev !== null && pre === null && post === null;
  return {
    release,
    isPrerelease: pre !== null || dev !== null,
    isPostRelease: post !== null,
    hasLocalPart: local !== null && local !== undefined,
    version: {
      epoch,
      release: trimZeros(release),
      stage: pre ? (STAGES[String(pre[0])] ?? FINAL_STAGE) : isDevelopmentAlone ? -1 : FINAL_STAGE,
      stageNumber: pre ? Number(pre[1]) : 0,
      post: post ? Number(post[1]) : -1,
      dev: dev ? Number(dev[1]) : Infinity,
    },
  };
}

export interface ParsedVersion {
  readonly version: PythonVersion;
  /** As written, zeros at the end included. */
  readonly release: readonly number[];
  /** Pre-releases and development releases. */
  readonly isPrerelease: boolean;
  readonly isPostRelease: boolean;
  readonly hasLocalPart: boolean;
}

/** The first version of a release: `2.0` gives `2.0.dev0`, which comes before `2.0a1`. */
export function firstOf(epoch: number, release: readonly number[]): PythonVersion {
  return { epoch, release: trimZeros(release), stage: -1, stageNumber: 0, post: -1, dev: 0 };
}

/** A place after the last post-release of a version, and before everything that follows. */
export function afterPostReleases(version: PythonVersion): PythonVersion {
  return { ...version, stage: FINAL_STAGE, stageNumber: 0, post: Infinity, dev: Infinity };
}

/** Negative when `left` comes before `right`, 0 when they are the same version. */
export function comparePythonVersions(left: PythonVersion, right: PythonVersion): number {
  return (
    order(left.epoch, right.epoch) ||
    compareReleases(left.release, right.release) ||
    order(left.stage, right.stage) ||
    order(left.stageNumber, right.stageNumber) ||
    order(left.post, right.post) ||
    order(left.dev, right.dev)
  );
}

function compareReleases(left: readonly number[], right: readonly number[]): number {
  const length = Math.max(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const result = order(left[i] ?? 0, right[i] ?? 0);
    if (result !== 0) return result;
  }
  return 0;
}

function order(left: number, right: number): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

function trimZeros(release: readonly number[]): readonly number[] {
  let length = release.length;
  while (length > 0 && release[length - 1] === 0) length--;
  return release.slice(0, length);
}
