import { intersectRanges, sameRanges, versionRanges, type DependencyFact, type VersionSet } from '#rule-kit';
import { canMeet } from '../../shared/environment-markers.ts';
import type { Declaration } from './manifests.ts';
import type { Confrontation } from './pairs.ts';

/** How two declarations of a package relate; `unknown` when it can't be told. */
export type Verdict =
  | { readonly kind: 'unsatisfiable' | 'different'; readonly truth: Declaration }
  | { readonly kind: 'agree' | 'unknown' };

/** Judges one declaration against those that it has to agree with. */
export function judge(confrontation: Confrontation, requiresPython: VersionSet | undefined): Verdict {
  const { derived, truths } = confrontation;
  const own = rangesOf(derived.dependency);
  const others = truths.map(truth => ({ truth, ranges: rangesOf(truth.dependency) }));
  if (!own || own.length === 0) return { kind: 'unknown' };
  const known = others.flatMap(({ truth, ranges }) => (ranges && ranges.length > 0 ? [{ truth, ranges }] : []));
  if (known.length < others.length) return { kind: 'unknown' };

  const compatible = known.filter(({ ranges }) => intersectRanges(own, ranges).length > 0);
  // One of several declarations for different environments is enough: the file may be for that environment.
  if (compatible.length === 0) {
    const met = known.find(({ truth }) => canMeet(derived.dependency, truth.dependency, requiresPython));
    return met ? { kind: 'unsatisfiable', truth: met.truth } : { kind: 'unknown' };
  }
  const [only] = known;
  if (!only || known.length > 1 || confrontation.constraint) return { kind: 'agree' };
  const differs = isHandWrittenRange(derived) && isHandWrittenRange(only.truth) && !sameRanges(own, only.ranges);
  if (!differs) return { kind: 'agree' };
  const sameCondition = derived.dependency.marker === only.truth.dependency.marker;
  return sameCondition ? { kind: 'different', truth: only.truth } : { kind: 'unknown' };
}

function rangesOf({ versions, direct }: DependencyFact): ReturnType<typeof versionRanges> {
  return versions && !direct ? versionRanges(versions) : undefined;
}

/** Neither written by a tool, nor "any version", nor exactly one version: those follow a range instead of stating one. */
function isHandWrittenRange({ dependency, compiled }: Declaration): boolean {
  return !compiled && dependency.specifier !== '' && !isPin(dependency.versions ?? []);
}

function isPin(versions: VersionSet): boolean {
  const [clauses] = versions;
  if (!clauses || versions.length > 1) return false;
  return clauses.some(({ operator, version }) => (operator === '==' || operator === '===') && !version.endsWith('.*'));
}
