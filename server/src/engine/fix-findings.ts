import type { FileFacts } from '../core/file-facts.ts';
import { mayBeFixed, type Finding } from '../core/finding.ts';
import type { Fix } from '../core/fix.ts';
import type { FixContext, TypeScriptEdits } from '../core/fix-context.ts';
import type { Narrowing } from '../core/narrowing.ts';
import type { WorkspaceRaises } from '../core/raise-summary.ts';
import type { Rule } from '../core/rule.ts';
import type { Settings } from '../core/settings.ts';
import type { PythonSource, SourceFile } from '../core/source-file.ts';
import { applyEdits, overlaps, type TextEdit, type TextRange } from '../core/text.ts';
import { narrowHandler } from '../facts/raises/narrow.ts';
import { removeImportsLeftUnused } from '../syntax/python/edit/imports-left-unused.ts';
import type { FixAllOptions } from './session.ts';

/** A fix may bring out another finding that has a fix; this many rounds are more than any real file needs. */
const MAX_ROUNDS = 10;

/** A file as it is now: what fixes are built on. */
export interface CurrentFile {
  readonly text: string;
  /** After suppression. */
  readonly findings: readonly Finding[];
  readonly facts: FileFacts | undefined;
  readonly source: SourceFile;
}

/** What building fixes needs of its surroundings. */
export interface FixEnvironment {
  readonly rules: readonly Rule[];
  readonly settings: Settings;
  readonly typescript: TypeScriptEdits;
  /** Other files that a fix looks at or edits. @throws Error when the file can't be read. */
  readonly sourceOf: (path: string) => SourceFile;
  readonly factsOf: (path: string) => FileFacts | undefined;
  /** What functions and classes of other files raise; without it, a file is judged by itself. */
  readonly raises?: WorkspaceRaises;
}

/** For files that are not TypeScript: their fixes never ask. */
export const NO_TYPESCRIPT_EDITS: TypeScriptEdits = { addCallOption: () => undefined, logInHandler: () => undefined };

/** Fixes for one finding of a file as it is now. */
export function buildFixes(finding: Finding, file: CurrentFile, environment: FixEnvironment): readonly Fix[] {
  if (!mayBeFixed(finding)) return [];
  const rule = environment.rules.find(({ meta }) => meta.id === finding.ruleId);
  return rule?.fix?.(finding, contextOf(finding, file, environment)) ?? [];
}

/**
 * Applies the preferred fix of every finding, again and again until nothing changes.
 * @param judge measures a text of the file that is not on disk
 * @returns edits on `file.text`; empty when there is nothing to fix
 */
export async function fixWholeFile(
  file: CurrentFile,
  path: string,
  options: FixAllOptions,
  environment: FixEnvironment,
  judge: (text: string) => Promise<CurrentFile | undefined>,
): Promise<readonly TextEdit[]> {
  let current = file;
  let within = options.within;
  let firstRound: readonly TextEdit[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const edits = editsOfRound(current, path, { ...options, ...(within && { within }) }, environment);
    if (options.isTooLate?.()) return [];
    if (edits.length === 0) {
      const cleanUp = leftUnused(file, current);
      if (round <= 1 && cleanUp.length === 0) return firstRound;
      return differenceOf(file.text, applyEdits(current.text, cleanUp));
    }
    if (round === 0) firstRound = edits;
    const next = await judge(applyEdits(current.text, edits));
    if (!next) return round === 0 ? edits : differenceOf(file.text, current.text);
    current = next;
    within = within && moveRange(within, edits);
    if (options.isTooLate?.()) return [];
  }
  return differenceOf(file.text, current.text);
}

/** Where a stretch of a text is after edits; what is inserted in it or at its ends belongs to it. */
function moveRange(range: TextRange, edits: readonly TextEdit[]): TextRange {
  let { start, end } = range;
  for (const edit of edits) {
    const growth = edit.newText.length - (edit.range.end - edit.range.start);
    if (edit.range.end < range.start) start += growth;
    if (edit.range.start <= range.end) end += growth;
  }
  return { start, end: Math.max(start, end) };
}

/** Fixes that were applied in one round take the uses of an import away, and each leaves the import to the others. */
function leftUnused({ source: before }: CurrentFile, { source: after }: CurrentFile): readonly TextEdit[] {
  const isPython = before.language === 'python' && after.language === 'python';
  return isPython && before !== after ? removeImportsLeftUnused(before, after) : [];
}

/** One non-overlapping set of edits: a fix that collides with an earlier one waits for the next round. */
function editsOfRound(
  file: CurrentFile,
  path: string,
  { grade, ruleId, within, isTooLate }: FixAllOptions,
  environment: FixEnvironment,
): readonly TextEdit[] {
  const chosen: TextEdit[] = [];
  const moved: TextRange[] = [];
  for (const finding of file.findings) {
    if (isTooLate?.()) return [];
    if (ruleId !== undefined && finding.ruleId !== ruleId) continue;
    if (within && !touchesRange(finding.range, within)) continue;
    if (finding.fix === undefined || (grade === 'safe' && finding.fix !== 'safe')) continue;

    const fixes = buildFixes(finding, file, environment);
    const fix = fixes.find(
      ({ applicability, edits, onRequest }) =>
        isWanted(applicability, grade) && onRequest !== true && staysIn(edits, path),
    );
    const edits = fix?.edits.flatMap(edit => edit.edits) ?? [];
    const fresh = edits.filter(edit => !chosen.some(other => isSameEdit(edit, other)));
    const stretch = stretchThatMoves(fresh, file.text);
    const isInTheWay =
      fresh.some(edit => chosen.some(other => collides(edit, other)) || moved.some(one => isWithin(edit, one))) ||
      (stretch !== undefined && chosen.some(edit => isWithin(edit, stretch)));
    if (isInTheWay) continue;
    chosen.push(...fresh);
    if (stretch) moved.push(stretch);
  }
  return chosen;
}

/**
 * The lines that edits move to the right or left, as putting them into a `with` statement does. What another fix writes
 * there would have the indentation of before.
 */
function stretchThatMoves(edits: readonly TextEdit[], text: string): TextRange | undefined {
  const moving = edits.filter(
    ({ range, newText }) => /^[ \t]*$/.test(newText) && /^[ \t]*$/.test(text.slice(range.start, range.end)),
  );
  if (moving.length === 0) return undefined;
  const end = Math.max(...moving.map(({ range }) => range.end));
  const newline = text.indexOf('\n', end);
  return { start: Math.min(...moving.map(({ range }) => range.start)), end: newline < 0 ? text.length : newline };
}

function isWithin(edit: TextEdit, stretch: TextRange): boolean {
  return !isNewImport(edit) && touchesRange(edit.range, stretch);
}

function touchesRange(left: TextRange, right: TextRange): boolean {
  return left.start <= right.end && right.start <= left.end;
}

function isWanted(applicability: Fix['applicability'], grade: FixAllOptions['grade']): boolean {
  return applicability === 'safe' || grade === 'suggested';
}

function staysIn(edits: Fix['edits'], path: string): boolean {
  return edits.every(edit => edit.path === path && edit.create === undefined);
}

/** Two fixes that need the same import insert the same line: once is enough. */
function isSameEdit(left: TextEdit, right: TextEdit): boolean {
  return left.newText === right.newText && left.range.start === right.range.start && left.range.end === right.range.end;
}

/** Edits that touch leave no doubt only when both replace something. */
function collides(left: TextEdit, right: TextEdit): boolean {
  if (isNewImport(left) && isNewImport(right)) return false;
  if (overlaps(left.range, right.range)) return true;
  const isInsertion = left.range.start === left.range.end || right.range.start === right.range.end;
  return isInsertion && left.range.start <= right.range.end && right.range.start <= left.range.end;
}

/** New imports may stand in any order, so several fixes can put theirs into the same place. */
function isNewImport({ range, newText }: TextEdit): boolean {
  return range.start === range.end && /^(?:import|from) [^\r\n]+\r?\n$/.test(newText);
}

/** The smallest single edit that turns one text into another; empty for equal texts. */
export function differenceOf(before: string, after: string): readonly TextEdit[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < shorter && before[prefix] === after[prefix]) prefix++;
  let suffix = 0;
  while (suffix < shorter - prefix && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix++;
  const range = { start: prefix, end: before.length - suffix };
  return [{ range, newText: after.slice(prefix, after.length - suffix) }];
}

function contextOf(finding: Finding, file: CurrentFile, environment: FixEnvironment): FixContext {
  const source = (path: string): SourceFile => (path === finding.path ? file.source : environment.sourceOf(path));
  return {
    settings: environment.settings,
    typescript: environment.typescript,
    source,
    python: (path): PythonSource => {
      const found = source(path);
      if (found.language !== 'python') throw new Error(`${path} is not a Python file.`);
      return found;
    },
    facts: path => (path === finding.path ? file.facts : environment.factsOf(path)),
    narrowing: (path, clause): Narrowing | undefined => {
      const current = source(path);
      const facts = path === finding.path ? file.facts : environment.factsOf(path);
      if (current.language !== 'python' || !facts) return undefined;
      return narrowHandler(current, facts, clause, environment.raises);
    },
    siblings: () => file.findings.filter(({ ruleId }) => ruleId === finding.ruleId),
  };
}
