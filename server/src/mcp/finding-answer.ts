import { printable } from '../report/paint.ts';
import type { ReportedFinding, Review } from '../report/review.ts';
import type { FindingAnswer, ListFindingsAnswer } from './outputs.ts';

/** A finding as programs read it. */
export function toFindingAnswer({ finding, aspect, path, start, end, related }: ReportedFinding): FindingAnswer {
  const { fingerprint, ruleId, priority, confidence, message, fix } = finding;
  return {
    fingerprint,
    path,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    rule: ruleId,
    aspect,
    priority,
    confidence,
    message,
    fix: fix ?? null,
    related: related.map(place => ({ path: place.path, line: place.start.line + 1, message: place.message })),
  };
}

/** A finding as people read it: a line with its place, one with what the other tools need, and what explains it. */
export function findingText({ path, line, column, priority, rule, message, ...rest }: FindingAnswer): string {
  const fix = rest.fix === null ? 'no fix' : `${rest.fix} fix`;
  return [
    `${printable(path)}:${line}:${column}  ${priority}  ${rule}  ${printable(message)}`,
    `    fingerprint ${rest.fingerprint}, ${fix}`,
    ...rest.related.map(place => `    ${printable(place.path)}:${place.line}  ${printable(place.message)}`),
  ].join('\n');
}

/** Mistakes in the configuration as programs read them. */
export function toProblems({ problems }: Pick<Review, 'problems'>): ListFindingsAnswer['problems'] {
  return problems.map(({ path, start, message }) => ({ path, line: start.line + 1, message }));
}

/** Mistakes in the configuration as people read them, a line each. */
export function problemLines(problems: ListFindingsAnswer['problems']): readonly string[] {
  return problems.map(({ path, line, message }) => `Configuration: ${printable(path)}:${line}  ${printable(message)}`);
}
