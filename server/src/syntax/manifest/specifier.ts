import type { VersionClause, VersionOperator, VersionSet } from '../../core/facts/manifest.ts';

const CLAUSE = /^(?:(===)\s*([\w.!+*-]+)|(~=|==|!=|<=|>=|<|>)\s*(v?\d[\w.!+*-]*))$/i;

/** Accepts every version. */
export const ANY_VERSION: VersionSet = [[]];

/**
 * Reads a version specifier of PEP 440 (`>=2, <3`).
 * @returns undefined when it is none; versions themselves are not validated.
 */
export function parseSpecifier(text: string): VersionSet | undefined {
  const clauses: VersionClause[] = [];
  for (const part of text.split(',')) {
    const written = part.trim();
    // Packaging tools accept a comma too many at the end.
    if (written === '') continue;
    const clause = parseClause(written);
    if (!clause) return undefined;
    clauses.push(clause);
  }
  return [clauses];
}

/** Reads one comparison such as `>=2`; undefined when it is none. */
export function parseClause(text: string): VersionClause | undefined {
  const match = CLAUSE.exec(text);
  const operator = match?.[1] ?? match?.[3];
  const version = match?.[2] ?? match?.[4];
  if (operator === undefined || version === undefined) return undefined;
  // The pattern lists exactly the operators of the type.
  return { operator: operator as VersionOperator, version };
}
