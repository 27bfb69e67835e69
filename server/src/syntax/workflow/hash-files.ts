import type { FoundPath } from './path-facts.ts';
import { resolvePath } from './repository-path.ts';
import type { ScalarText } from './scalar-text.ts';

const CALL = /\bhashFiles\(([^()]*)\)/g;
const LITERAL = /'((?:[^']|'')*)'/g;

/**
 * The patterns of every `hashFiles(…)` in a text, relative to the workspace. All of them go into one key, so each is an
 * alternative to the others; computed ones make the whole text unknown.
 */
export function findHashFiles(text: ScalarText): FoundPath[] {
  const calls = [...text.value.matchAll(CALL)].map(call => ({
    list: call[1] ?? '',
    start: call.index + call[0].indexOf('(') + 1,
  }));
  const isComputed = calls.some(({ list }) => list.replace(LITERAL, '').replace(/[\s,]/g, '') !== '');
  if (isComputed) return [];

  const literals = calls.flatMap(({ list, start }) =>
    [...list.matchAll(LITERAL)].map(match => ({ pattern: match[1] ?? '', at: start + match.index + 1 })),
  );
  const positive = literals.filter(({ pattern }) => pattern !== '' && !pattern.startsWith('!'));
  return positive.map(({ pattern, at }) => ({
    ...{ written: pattern, base: '', range: text.rangeOf(at, at + pattern.length), use: 'hashFiles', expected: 'file' },
    wildcards: 'glob',
    alternatives: positive.flatMap(other => (other.pattern === pattern ? [] : (resolvePath('', other.pattern) ?? []))),
  }));
}

/** Patterns that a condition asks about, such as `hashFiles('poetry.lock') != ''`. */
export function findAskedPatterns(condition: string): string[] {
  return [...condition.matchAll(CALL)].flatMap(call =>
    [...(call[1] ?? '').matchAll(LITERAL)].map(match => match[1] ?? ''),
  );
}
