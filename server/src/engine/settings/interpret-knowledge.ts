import type { BlockingKind, ThreadUse } from '../../core/facts/blocking-call.ts';
import type { OwnBlocking, OwnHttp, OwnKnowledge, OwnResource } from '../../core/own-knowledge.ts';
import type { TextRange } from '../../core/text.ts';
import type { ConfigurationNode } from './configuration-node.ts';
import type { ReportProblem } from './report-problem.ts';
import {
  BLOCKING_FIELDS,
  CLASS_NAME,
  HTTP_FIELDS,
  KNOWLEDGE_KEYS,
  PLAIN_NAME,
  RESOURCE_FIELDS,
  WORDS,
} from './knowledge-keys.ts';
import { isName, readFields, readNameList, readNames, type NoteName } from './read-names.ts';
import { readBoolean, readNumber, readString, readWord } from './read-value.ts';

/**
 * Reads the `knowledge` map. What is wrong is reported, and left out.
 * @param note receives each name of a callable, class or exception
 */
export function interpretKnowledge(node: ConfigurationNode, report: ReportProblem, note: NoteName): OwnKnowledge {
  const fields = readFields(node, 'knowledge', KNOWLEDGE_KEYS, report);
  const [blocking, raises, http, resources] = KNOWLEDGE_KEYS.map(key => whatStands(fields[key]));
  return {
    blocking: blocking ? readItems(blocking, 'blocking', report, item => readBlocking(item, report, note)) : [],
    raises: raises ? readMap(raises, 'raises', report, note, types => readNameList(types, 'raises', report, note)) : {},
    http: http ? readMap(http, 'http', report, note, entry => readHttp(entry, report)) : {},
    resources: resources ? readItems(resources, 'resources', report, item => readResource(item, report, note)) : [],
  };
}

/** `blocking:` with nothing after it is what one sees while typing. */
function whatStands(node: ConfigurationNode | undefined): ConfigurationNode | undefined {
  return node?.kind === 'scalar' && node.value === null ? undefined : node;
}

function readItems<Item>(
  node: ConfigurationNode,
  name: string,
  report: ReportProblem,
  read: (item: ConfigurationNode) => Item | undefined,
): readonly Item[] {
  if (node.kind === 'list') return node.items.flatMap(item => read(item) ?? []);
  report(node.range, `\`${name}\` has to be a list of names or objects.`);
  return [];
}

function readMap<Value>(
  node: ConfigurationNode,
  name: string,
  report: ReportProblem,
  note: NoteName,
  read: (value: ConfigurationNode) => Value | undefined,
): Readonly<Record<string, Value>> {
  if (node.kind !== 'map') {
    report(
      node.range,
      `\`${name}\` has to be a map with full names of callables, such as \`corp.api.fetch\`, as keys.`,
    );
    return {};
  }
  const found = new Map<string, Value>();
  for (const { key, keyRange, value } of node.entries) {
    if (!isFullName(key, keyRange, report)) continue;
    note(key, keyRange);
    const entry = read(value);
    if (entry !== undefined) found.set(key, entry);
  }
  return Object.fromEntries(found);
}

function readBlocking(node: ConfigurationNode, report: ReportProblem, note: NoteName): OwnBlocking | undefined {
  if (node.kind !== 'map') {
    const name = readString(node, 'blocking', report);
    if (name === undefined || !isFullName(name, node.range, report)) return undefined;
    note(name, node.range);
    return { kind: 'network', threads: 'one', ...splitName(name) };
  }
  const fields = readFields(node, 'blocking', BLOCKING_FIELDS, report);
  const of = fields.of && readString(fields.of, 'of', report);
  if (!fields.of) report(node.range, '`of` is missing: the module or class whose calls block.');
  if (of === undefined || !fields.of || !isName(of, fields.of.range, report)) return undefined;
  const calls = fields.calls && readNames(fields.calls, 'calls', report);
  if (fields.calls && calls === undefined) return undefined;
  if (calls === undefined && !isClassName(of)) {
    report(fields.of.range, `\`calls\` is missing: only of a class, all methods can be meant.`);
    return undefined;
  }
  for (const call of calls ?? []) note(`${of}.${call}`, (fields.calls ?? fields.of).range);
  if (!calls) note(of, fields.of.range);
  const kind: BlockingKind | undefined = fields.kind && readWord(fields.kind, 'kind', WORDS.kind, report);
  const threads: ThreadUse | undefined = fields.threads && readWord(fields.threads, 'threads', WORDS.threads, report);
  const counterpart = fields.async && readString(fields.async, 'async', report);
  const lazy = fields.lazy && readBoolean(fields.lazy, 'lazy', report);
  return {
    kind: kind ?? 'network',
    of,
    threads: threads ?? 'one',
    ...(calls && { calls: calls.join(' ') }),
    ...(counterpart !== undefined && { async: counterpart }),
    ...(lazy !== undefined && { lazy }),
  };
}

/** A class stands for all of its methods. */
function splitName(name: string): { readonly of: string; readonly calls?: string } {
  const dot = name.lastIndexOf('.');
  return isClassName(name) ? { of: name } : { of: name.slice(0, dot), calls: name.slice(dot + 1) };
}

function isClassName(name: string): boolean {
  return new RegExp(CLASS_NAME).test(name);
}

function readHttp(node: ConfigurationNode, report: ReportProblem): OwnHttp | undefined {
  const fields = readFields(node, 'http', HTTP_FIELDS, report);
  if (!fields.timeoutArgument) {
    if (node.kind === 'map') report(node.range, '`timeoutArgument` is missing: the keyword that takes the timeout.');
    return undefined;
  }
  const timeoutArgument = readString(fields.timeoutArgument, 'timeoutArgument', report);
  if (timeoutArgument === undefined) return undefined;
  if (!new RegExp(PLAIN_NAME).test(timeoutArgument)) {
    report(fields.timeoutArgument.range, '`timeoutArgument` has to be the name of a keyword argument.');
    return undefined;
  }
  const position = fields.position && readNumber(fields.position, 'position', { minimum: 0, integer: true }, report);
  const seconds = fields.defaultSeconds && readNumber(fields.defaultSeconds, 'defaultSeconds', { above: 0 }, report);
  return {
    timeoutArgument,
    takes: (fields.takes && readWord(fields.takes, 'takes', WORDS.takes, report)) ?? 'seconds',
    form: (fields.form && readWord(fields.form, 'form', WORDS.form, report)) ?? 'call',
    ...(position !== undefined && { position }),
    ...(seconds !== undefined && { defaultSeconds: seconds }),
  };
}

function readResource(node: ConfigurationNode, report: ReportProblem, note: NoteName): OwnResource | undefined {
  if (node.kind !== 'map') {
    const name = readString(node, 'resources', report);
    if (name === undefined || !isFullName(name, node.range, report)) return undefined;
    note(name, node.range);
    return { openers: [name], what: whatIs(name), close: ['close'], context: 'with' };
  }
  const fields = readFields(node, 'resources', RESOURCE_FIELDS, report);
  if (!fields.openers) report(node.range, '`openers` is missing: the calls that open it.');
  const openers = (fields.openers && readNameList(fields.openers, 'openers', report, note)) ?? [];
  const [first] = openers;
  if (first === undefined) return undefined;
  const close = fields.close && readNames(fields.close, 'close', report);
  return {
    openers,
    what: (fields.what && readString(fields.what, 'what', report)) ?? whatIs(first),
    close: close ?? ['close'],
    context: (fields.context && readWord(fields.context, 'context', WORDS.context, report)) ?? 'with',
  };
}

/** `database connection` for `corp.DatabaseConnection`, `pool` for `corp.open_pool`. */
function whatIs(opener: string): string {
  const name = opener.slice(opener.lastIndexOf('.') + 1);
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_')
    .filter(Boolean);
  const isVerb = words.length > 1 && /^(open|connect|create|make|get|acquire|new)$/.test(words[0] ?? '');
  return words.slice(isVerb ? 1 : 0).join(' ');
}

/** What is called has a module in front of its name. */
function isFullName(name: string, range: TextRange, report: ReportProblem): boolean {
  if (!isName(name, range, report)) return false;
  if (name.includes('.')) return true;
  report(range, `\`${name}\` has to be a full name, with its module: \`corp.api.${name}\`.`);
  return false;
}
