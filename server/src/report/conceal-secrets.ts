import type { RuleMeta } from '../core/rule.ts';
import type { Session } from '../engine/session.ts';
import { CONCEALED, concealedRanges } from './excerpt.ts';

/** Shorter texts stand in too many places to be a secret there. */
const SHORTEST_SECRET = 4;

/** Takes secrets out of texts that are shown. */
export interface SecretMask {
  /** Whether all of a file is a secret. */
  readonly hides: (path: string) => boolean;
  /** The text with a mark in place of each secret; lines stay lines. */
  readonly mask: (text: string) => string;
}

/**
 * Finds the secrets in some files of a root.
 * @param textOf text of a path of the root, as it was analysed; undefined when it can't be read
 */
export async function secretsIn(
  paths: readonly string[],
  session: Pick<Session, 'analyses'>,
  rules: readonly RuleMeta[],
  textOf: (path: string) => Promise<string | undefined>,
): Promise<SecretMask> {
  const hidden = new Set<string>();
  const secrets = new Set<string>();
  for (const analysis of session.analyses().filter(({ path }) => paths.includes(path))) {
    const ranges = concealedRanges(analysis, rules);
    if (!ranges) hidden.add(analysis.path);
    const text = ranges && ranges.length > 0 ? ((await textOf(analysis.path)) ?? '') : '';
    for (const { start, end } of ranges ?? []) for (const form of formsOf(text.slice(start, end))) secrets.add(form);
  }
  const longestFirst = [...secrets].sort((left, right) => right.length - left.length);
  return {
    hides: path => hidden.has(path),
    mask: text => longestFirst.reduce((masked, secret) => masked.replaceAll(secret, markFor(secret)), text),
  };
}

/** A literal and what is in it: a fix may write it in other quotes. */
function formsOf(literal: string): readonly string[] {
  const content = literal.replace(/^[a-z]{0,2}["'`]+|["'`]+$/gi, '');
  return [literal, content].filter(form => form.length >= SHORTEST_SECRET);
}

function markFor(secret: string): string {
  return CONCEALED + '\n'.repeat(secret.split('\n').length - 1);
}
