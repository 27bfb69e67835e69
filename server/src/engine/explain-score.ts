import type { AspectScore, Score, ScoreTerm } from './model.ts';
import { shareOf } from './score.ts';

/** The arithmetic of a score as lines of plain text: level, number with coverage, then each aspect with its rules. */
export function explainScore(score: Score): readonly string[] {
  const terms = score.aspects.flatMap(aspect => aspect.terms);
  return [
    `Level: ${score.level ?? 'none'}; wanted: ${score.wanted}.`,
    ...score.blocking.map(
      ({ ruleId, level, findings }) => `  ${level} is kept back by ${ruleId} (${describe(findings)})`,
    ),
    `Score: ${formatScore(score.value)}; ${describeCoverage(score)}.`,
    ...score.aspects.flatMap(explainAspect),
    ...(terms.length === 0 ? [] : ['', `all aspects: ${explainMean(terms)} = ${formatScore(score.value)}`]),
  ];
}

/** What a score rests on: `61 of 84 checks measured`, and in how many files where some were skipped. */
export function describeCoverage({ measured, total, files }: Score): string {
  const checks = `${measured} of ${total} checks measured`;
  return files.measured === files.total ? checks : `${checks}, in ${files.measured} of ${files.total} files`;
}

function explainAspect({ aspect, score, terms }: AspectScore): readonly string[] {
  if (terms.length === 0) return ['', `${aspect}: nothing measured`];
  const width = Math.max(...terms.map(({ ruleId }) => ruleId.length));
  return [
    '',
    `${aspect}: ${explainMean(terms)} = ${formatScore(score)}`,
    ...terms.map(term => explainTerm(term, width)),
  ];
}

function explainTerm(term: ScoreTerm, width: number): string {
  const { ruleId, weight, passed, examined } = term;
  const places = examined === 0 ? 'switched off' : `${passed} of ${examined} pass`;
  return `  ${ruleId.padEnd(width)}  ${places}, weight ${weight}: ${round(weight * shareOf(term))} of ${weight} points`;
}

function explainMean(terms: readonly ScoreTerm[]): string {
  const points = terms.reduce((sum, term) => sum + term.weight * shareOf(term), 0);
  const weights = terms.reduce((sum, { weight }) => sum + weight, 0);
  return `${round(points)} of ${round(weights)} points`;
}

function describe(findings: number): string {
  if (findings === 0) return 'switched off';
  return findings === 1 ? '1 finding' : `${findings} findings`;
}

function formatScore(value: number | undefined): string {
  return value === undefined ? 'none' : String(value);
}

/** Two digits, without trailing zeros. */
function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
