import { CHECKS, type SafetyReport, type Trial } from './model.ts';
import { sampleOf } from './sample.ts';

/** One line per rule: places, fixes, and how often each check failed. */
export function renderTable({ places, trials }: SafetyReport): string {
  const rules = [...new Set([...places.keys(), ...trials.map(({ rule }) => rule)])].sort();
  const rows = rules.map(rule =>
    row(
      rule,
      places.get(rule),
      trials.filter(trial => trial.rule === rule),
    ),
  );
  const alone = trials.filter(({ line }) => line > 0);
  const found = [...places.values()].reduce((sum, count) => sum + count, 0);
  const head = ['rule', 'places', 'fixes', ...CHECKS];
  return align([head, ...rows, row('all fixes alone', found, alone)]);
}

function row(rule: string, places: number | undefined, trials: readonly Trial[]): readonly string[] {
  const failures = CHECKS.map(
    check => trials.filter(trial => trial.complaints.some(one => one.check === check)).length,
  );
  return [rule, places === undefined ? '' : String(places), String(trials.length), ...failures.map(String)];
}

function align(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(cells => cells[column]?.length ?? 0)));
  const lines = rows.map(cells =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  return `${lines.join('\n')}\n`;
}

/** Every failure with its place and its diff. */
export function renderFailures(trials: readonly Trial[]): string {
  return trials
    .filter(({ complaints }) => complaints.length > 0)
    .map(
      trial =>
        `${headOf(trial)}\n${trial.complaints.map(({ check, detail }) => `  ${check}: ${detail}\n`).join('')}${trial.diff}\n`,
    )
    .join('');
}

/** Diffs of some fixes, for a person to read. */
export function renderSample(trials: readonly Trial[], count: number, seed: number): string {
  const readable = trials.filter(({ diff, line }) => diff !== '' && line > 0);
  return sampleOf(readable, count, seed)
    .map((trial, index) => `[${index + 1}] ${headOf(trial)}\n${trial.diff}\n`)
    .join('');
}

function headOf({ rule, path, line, title, grade }: Trial): string {
  return `${path}${line > 0 ? `:${line}` : ''} ${rule} (${grade}): ${title}`;
}

/** The report as data. */
export function toJson(report: SafetyReport): string {
  return `${JSON.stringify({ ...report, places: Object.fromEntries(report.places) }, undefined, 2)}\n`;
}
