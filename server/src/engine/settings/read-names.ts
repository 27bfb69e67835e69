import { nearestName } from '../../core/nearest-name.ts';
import type { TextRange } from '../../core/text.ts';
import type { ConfigurationNode } from './configuration-node.ts';
import type { ReportProblem } from './report-problem.ts';
import { DOTTED_NAME, PLAIN_NAME } from './knowledge-keys.ts';
import { readString } from './read-value.ts';

/** Receives names of things in Python code, with their places. */
export type NoteName = (name: string, range: TextRange) => void;

/** Reads the values of a map with a few known keys; unknown keys, and what is no map, are reported. */
export function readFields<Key extends string>(
  node: ConfigurationNode,
  name: string,
  keys: readonly Key[],
  report: ReportProblem,
): { readonly [key in Key]?: ConfigurationNode } {
  const found: { [key in Key]?: ConfigurationNode } = {};
  if (node.kind !== 'map') {
    report(node.range, `\`${name}\` has to be a map with ${keys.map(key => `\`${key}\``).join(', ')}.`);
    return found;
  }
  for (const { key, keyRange, value } of node.entries) {
    const known = keys.find(candidate => candidate === key);
    if (known === undefined) report(keyRange, describeUnknown(key, name, keys));
    else found[known] = value;
  }
  return found;
}

function describeUnknown(key: string, name: string, keys: readonly string[]): string {
  const nearest = nearestName(key, keys);
  const advice = nearest === undefined ? `It has ${keys.join(', ')}.` : `Did you mean \`${nearest}\`?`;
  return `\`${name}\` has no key \`${key}\`. ${advice}`;
}

/** Whether a text is a name of Python, dots included; anything else is reported. */
export function isName(name: string, range: TextRange, report: ReportProblem): boolean {
  if (new RegExp(DOTTED_NAME).test(name)) return true;
  report(range, `${JSON.stringify(name)} is no name of Python code, such as \`corp.db.query\`.`);
  return false;
}

/** Reads one name or a list of names, and notes them. */
export function readNameList(
  node: ConfigurationNode,
  name: string,
  report: ReportProblem,
  note: NoteName,
): readonly string[] | undefined {
  const items = node.kind === 'list' ? node.items : [node];
  const names = items.flatMap(item => {
    const read = readString(item, name, report);
    if (read === undefined || !isName(read, item.range, report)) return [];
    note(read, item.range);
    return [read];
  });
  // An empty list says something; a list of which nothing could be read does not.
  return names.length === 0 && items.length > 0 ? undefined : names;
}

/** Reads names without dots, at least one: a list, or one text with blanks between them. Undefined when any is wrong. */
export function readNames(node: ConfigurationNode, name: string, report: ReportProblem): readonly string[] | undefined {
  const items = node.kind === 'list' ? node.items : [node];
  const texts = items.map(item => readString(item, name, report));
  if (!texts.every(text => text !== undefined)) return undefined;
  const names = node.kind === 'list' ? texts : texts.flatMap(text => text.split(/\s+/));
  if (names.length > 0 && names.every(each => new RegExp(PLAIN_NAME).test(each))) return names;
  report(node.range, `\`${name}\` has to be one or more names without dots.`);
  return undefined;
}
