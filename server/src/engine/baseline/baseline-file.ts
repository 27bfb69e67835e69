import { getNodeValue, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { TextRange } from '../../core/text.ts';
import { sortBaseline, type Baseline, type BaselineEntry } from './baseline.ts';

/** Rises when a reader of the older format could be misled. */
const FORMAT_VERSION = 1;

/** A mistake in a baseline file, at its place in UTF-16 offsets. */
export interface BaselineProblem {
  readonly range: TextRange;
  readonly message: string;
}

/** The text of a baseline file, with a line end. */
export function writeBaseline(baseline: Baseline): string {
  return `${JSON.stringify({ version: FORMAT_VERSION, findings: sortBaseline(baseline) }, null, 2)}\n`;
}

/** Reads a baseline file. With any problem there is no baseline: half of one would bring back what was accepted. */
export function readBaseline(text: string): {
  readonly baseline: Baseline | undefined;
  readonly problems: readonly BaselineProblem[];
} {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: false, disallowComments: true });
  const [error] = errors;
  if (error || !root) {
    const { offset, length, error: code } = error ?? { offset: 0, length: text.length, error: undefined };
    const isEmpty = code === undefined || text.trim() === '';
    const why = isEmpty ? 'it is empty' : (WORDS[printParseErrorCode(code)] ?? 'it is not JSON');
    return failed({ range: { start: offset, end: offset + length }, message: `The baseline can't be read: ${why}.` });
  }
  const version = childOf(root, 'version');
  const findings = childOf(root, 'findings');
  if (!version || !findings?.children || findings.type !== 'array') {
    return failed(problemAt(root, 'A baseline is an object with `version` and a list of `findings`.'));
  }
  if (getNodeValue(version) !== FORMAT_VERSION) {
    return failed(problemAt(version, `This version of Readiness reads baselines of version ${FORMAT_VERSION}.`));
  }
  const entries = findings.children.map(node => readEntry(node));
  const problems = entries.flatMap(entry => ('message' in entry ? [entry] : []));
  const read = entries.flatMap(entry => ('message' in entry ? [] : [entry]));
  if (problems.length > 0) return { baseline: undefined, problems };
  return { baseline: sortBaseline(mergeDoubles(read)), problems: [] };
}

/** Conflicts between branches that are merged by hand leave entries behind that say the same. */
function mergeDoubles(entries: Baseline): Baseline {
  const merged = new Map<string, BaselineEntry>();
  for (const entry of entries) {
    const other = merged.get(entry.fingerprint);
    const count = Math.max(entry.count, other?.count ?? 0);
    merged.set(entry.fingerprint, { ...other, ...entry, count });
  }
  return [...merged.values()];
}

function readEntry(node: Node): BaselineEntry | BaselineProblem {
  const [fingerprint, ruleId, path, reason] = ['fingerprint', 'ruleId', 'path', 'reason'].map(key => textOf(node, key));
  const count: unknown = valueOf(node, 'count');
  const isComplete = fingerprint !== undefined && ruleId !== undefined && path !== undefined;
  if (!isComplete || typeof count !== 'number' || !Number.isInteger(count) || count < 1) {
    return problemAt(node, 'An entry has a `fingerprint`, a `ruleId`, a `path` and a `count` of at least 1.');
  }
  return { fingerprint, ruleId, path, count, ...(reason === undefined ? {} : { reason }) };
}

function childOf(node: Node, key: string): Node | undefined {
  return node.children?.find(property => property.type === 'property' && property.children?.[0]?.value === key)
    ?.children?.[1];
}

function valueOf(node: Node, key: string): unknown {
  const child = childOf(node, key);
  return child && getNodeValue(child);
}

function textOf(node: Node, key: string): string | undefined {
  const value = valueOf(node, key);
  return typeof value === 'string' ? value : undefined;
}

function problemAt({ offset, length }: Node, message: string): BaselineProblem {
  return { range: { start: offset, end: offset + length }, message };
}

function failed(problem: BaselineProblem): ReturnType<typeof readBaseline> {
  return { baseline: undefined, problems: [problem] };
}

/** The parser's codes that people meet: a comma too many, a conflict marker, a file cut off. */
const WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'there is something here that JSON does not know',
  PropertyNameExpected: 'a name in double quotes belongs here',
  ValueExpected: 'a value belongs here',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'something follows its end',
  InvalidCommentToken: 'JSON has no comments',
};
