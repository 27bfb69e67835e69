import type { ConfigurationNode } from './configuration-node.ts';
import type { ReportProblem } from './report-problem.ts';

/** Reads `true` or `false`; anything else is reported and gives undefined, as in all functions here. */
export function readBoolean(node: ConfigurationNode, name: string, report: ReportProblem): boolean | undefined {
  const value = scalarOf(node);
  if (typeof value === 'boolean') return value;
  wrong(node, name, 'true or false', report);
  return undefined;
}

/** Reads any text. */
export function readString(node: ConfigurationNode, name: string, report: ReportProblem): string | undefined {
  const value = scalarOf(node);
  if (typeof value === 'string') return value;
  wrong(node, name, 'text', report);
  return undefined;
}

/** Reads one of a few words. */
export function readWord<Word extends string>(
  node: ConfigurationNode,
  name: string,
  words: readonly Word[],
  report: ReportProblem,
): Word | undefined {
  const value = scalarOf(node);
  const word = words.find(candidate => candidate === value);
  if (word === undefined) wrong(node, name, `one of ${words.join(', ')}`, report);
  return word;
}

/** Limits of a number; all of them optional. */
export interface NumberBounds {
  readonly minimum?: number;
  readonly maximum?: number;
  /** The number has to be greater than this. */
  readonly above?: number;
  readonly integer?: boolean;
}

/** Reads a number within its bounds. */
export function readNumber(
  node: ConfigurationNode,
  name: string,
  bounds: NumberBounds,
  report: ReportProblem,
): number | undefined {
  const value = scalarOf(node);
  if (typeof value === 'number' && isWithin(value, bounds)) return value;
  wrong(node, name, describeBounds(bounds), report);
  return undefined;
}

/** Reads a list of texts. What is wrong in it is left out, the rest counts. */
export function readStrings(
  node: ConfigurationNode,
  name: string,
  { allowEmpty }: { readonly allowEmpty: boolean },
  report: ReportProblem,
): readonly string[] | undefined {
  if (node.kind !== 'list') {
    wrong(node, name, 'a list of texts', report);
    return undefined;
  }

  const strings: string[] = [];
  for (const item of node.items) {
    const value = scalarOf(item);
    if (typeof value === 'string' && (allowEmpty || value !== '')) strings.push(value);
    else wrong(item, `Each entry of ${name}`, allowEmpty ? 'text' : 'text that is not empty', report);
  }
  return strings;
}

function isWithin(value: number, { minimum, maximum, above, integer }: NumberBounds): boolean {
  if (integer === true && !Number.isInteger(value)) return false;
  return value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity) && value > (above ?? -Infinity);
}

function describeBounds({ minimum, maximum, above, integer }: NumberBounds): string {
  const limits = [
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(minimum === undefined ? [] : [`of at least ${minimum}`]),
    ...(maximum === undefined ? [] : [`of at most ${maximum}`]),
  ];
  const what = integer === true ? 'a whole number' : 'a number';
  return limits.length === 0 ? what : `${what} ${limits.join(' and ')}`;
}

function scalarOf(node: ConfigurationNode): string | number | boolean | null | undefined {
  return node.kind === 'scalar' ? node.value : undefined;
}

/** Says what is expected and what stands there; longer values are left out, they are in sight anyway. */
function wrong(node: ConfigurationNode, name: string, expected: string, report: ReportProblem): void {
  const subject = name.includes(' ') ? name : `\`${name}\``;
  const value = scalarOf(node);
  const actual = value === undefined || String(value).length > 40 ? '' : `, not \`${JSON.stringify(value)}\``;
  report(node.range, `${subject} has to be ${expected}${actual}.`);
}
