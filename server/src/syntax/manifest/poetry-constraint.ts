import type { VersionClause, VersionSet } from '../../core/facts/manifest.ts';
import { ANY_VERSION, parseClause } from './specifier.ts';

const RELEASE = /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)/i;
const PART = /^(\^|~(?!=)|===|~=|==|!=|<=|>=|<|>|=)?\s*([\w.!+*-]+)$/;

/**
 * Reads a version constraint in Poetry's notation, which knows `^1.2`, `~1.2`, `1.*`, `1.2` (exactly that) and `a || b`
 * besides PEP 440's own operators, and says it in PEP 440's words.
 * @returns undefined when it is not understood.
 */
export function parsePoetryConstraint(text: string): VersionSet | undefined {
  const alternatives: (readonly VersionClause[])[] = [];
  for (const alternative of text.split(/\|\|?/)) {
    const clauses = readAlternative(alternative);
    if (!clauses) return undefined;
    alternatives.push(clauses);
  }
  return alternatives.some(clauses => clauses.length === 0) ? ANY_VERSION : alternatives;
}

function readAlternative(text: string): readonly VersionClause[] | undefined {
  // An operator belongs to the version after it; parts are parted by commas or spaces.
  const tight = text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/([\^~=!<>]) /g, '$1');
  if (tight === '') return undefined;
  const clauses: VersionClause[] = [];
  for (const part of tight.split(/ ?, ?| /)) {
    const read = readPart(part);
    if (!read) return undefined;
    clauses.push(...read);
  }
  return clauses;
}

function readPart(part: string): readonly VersionClause[] | undefined {
  const match = PART.exec(part);
  const version = match?.[2];
  if (!match || version === undefined) return undefined;
  const operator = match[1] ?? '=';
  if (version === '*') return operator === '=' || operator === '==' ? [] : undefined;
  if (operator === '^' || operator === '~') return bounded(version, operator);
  const clause = parseClause(`${operator === '=' ? '==' : operator}${version}`);
  return clause && RELEASE.test(version) ? [clause] : undefined;
}

/** `^` keeps the leftmost part that is not zero, `~` the second (or the only) part. */
function bounded(version: string, operator: '^' | '~'): readonly VersionClause[] | undefined {
  if (version.includes('*')) return undefined;
  const match = RELEASE.exec(version);
  const release = match?.[2]?.split('.').map(Number);
  if (!match || !release) return undefined;
  const firstNonZero = release.findIndex(part => part !== 0);
  const caret = firstNonZero === -1 ? release.length - 1 : firstNonZero;
  const kept = operator === '^' ? caret : Math.min(1, release.length - 1);
  const upper = release.slice(0, kept + 1).map((part, index) => (index === kept ? part + 1 : part));
  // `<2.0` rather than `<2` where there were as many parts: that is how people write it.
  while (upper.length < Math.min(release.length, 2)) upper.push(0);
  const epoch = match[1] === undefined ? '' : `${match[1]}!`;
  return [
    { operator: '>=', version },
    { operator: '<', version: epoch + upper.join('.') },
  ];
}
