import { isReached, type Figure } from './figure.ts';

/** The figures as a table of text, one line each, with notes below. */
export function printTable(figures: readonly Figure[]): string {
  const head = ['Figure', 'Here', 'Target', '', 'Peers'];
  const rows = figures.map(figure => [
    figure.name,
    figure.value === undefined ? 'not measured' : amount(figure.value, figure.unit),
    targetOf(figure),
    verdictOf(figure),
    (figure.peers ?? [])
      .map(({ name, value }) => `${name} ${value === undefined ? 'not installed' : amount(value, figure.unit)}`)
      .join(', '),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map(row => row[column]?.length ?? 0)));
  const lines = [head, ...rows].map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const notes = figures.flatMap(({ name, note }) => (note === undefined ? [] : [`${name}: ${note}`]));
  return [...lines, '', ...notes].join('\n');
}

function amount(value: number, unit: Figure['unit']): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}

function targetOf({ target, unit }: Figure): string {
  if (target === undefined) return '';
  return 'atMost' in target ? `≤ ${target.atMost} ${unit}` : `≥ ${target.atLeast} ${unit}`;
}

function verdictOf(figure: Figure): string {
  const reached = isReached(figure);
  return reached === undefined ? '' : reached ? 'reached' : 'MISSED';
}
