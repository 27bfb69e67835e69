import { PRIORITIES } from '../core/finding.ts';
import { groupBy } from '../core/group-by.ts';
import { describeCoverage } from '../engine/explain-score.ts';
import { printable, type Paint } from './paint.ts';
import type { Place, ReportedFinding, Review } from './review.ts';

export interface TextOptions {
  readonly paint: Paint;
  /** Lines of findings only. */
  readonly quiet: boolean;
}

/** The review for people: `path:line:column  priority  rule  message`, grouped by file, and a line that sums up. */
export function textReport(review: Review, { paint, quiet }: TextOptions): string {
  const byPath = groupBy(review.findings, ({ path }) => path);
  const groups = [...byPath.values()].map(group => renderGroup(group, paint, quiet));
  const body = groups.join('\n');
  if (quiet) return body;
  return `${body}${body === '' ? '' : '\n'}${summary(review, paint)}\n`;
}

function renderGroup(group: readonly ReportedFinding[], paint: Paint, quiet: boolean): string {
  const placeWidth = Math.max(...group.map(reported => placeText(reported).length));
  const priorityWidth = Math.max(...group.map(({ finding }) => finding.priority.length));
  const ruleWidth = Math.max(...group.map(({ finding }) => finding.ruleId.length));
  return group
    .flatMap(reported => {
      const { priority, ruleId, message } = reported.finding;
      const line = [
        placeText(reported).padEnd(placeWidth),
        paint(priority, priority.padEnd(priorityWidth)),
        paint('bold', ruleId.padEnd(ruleWidth)),
        printable(message),
      ].join('  ');
      const related = reported.related.map(place => {
        return paint('dim', `    ${placeText(place)}  ${printable(place.message)}`);
      });
      return quiet ? [line] : [line, ...related];
    })
    .map(line => `${line}\n`)
    .join('');
}

function placeText({ path, start }: Place): string {
  return `${printable(path)}:${start.line + 1}:${start.character + 1}`;
}

function summary(review: Review, paint: Paint): string {
  return [paint('bold', countFindings(review)), describeFixes(review), describeScore(review)]
    .join(' ')
    .replace('  ', ' ');
}

function countFindings({ findings, files }: Review): string {
  const searched = counted(files, 'file');
  if (findings.length === 0) return `No findings in ${searched}.`;
  const counts = PRIORITIES.map(priority => ({
    priority,
    count: findings.filter(({ finding }) => finding.priority === priority).length,
  }));
  const parts = counts.filter(({ count }) => count > 0).map(({ priority, count }) => `${count} ${priority}`);
  return `${counted(findings.length, 'finding')} in ${searched}: ${parts.join(', ')}.`;
}

function describeFixes({ findings }: Review): string {
  const safe = findings.filter(({ finding }) => finding.fix === 'safe').length;
  const suggested = findings.filter(({ finding }) => finding.fix === 'suggested').length;
  if (safe + suggested === 0) return '';
  if (suggested === 0) return `${safe} fixable with --fix.`;
  if (safe === 0) return `${suggested} fixable with --fix-suggested.`;
  return `${safe} fixable with --fix, ${suggested} more with --fix-suggested.`;
}

function describeScore({ score }: Review): string {
  if (score.value === undefined) return 'No score: nothing was measured.';
  return `Score ${score.value}, ${describeCoverage(score)}.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
