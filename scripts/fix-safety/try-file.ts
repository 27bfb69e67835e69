import { mayBeFixed, type Applicability, type Finding } from '../../server/src/core/finding.ts';
import type { Fix } from '../../server/src/core/fix.ts';
import { applyEdits, LineIndex } from '../../server/src/core/text.ts';
import { isPython } from '../../server/src/engine/extract.ts';
import type { FileAnalysis } from '../../server/src/engine/model.ts';
import type { Session } from '../../server/src/engine/session.ts';
import { unifiedDiff } from '../../server/src/report/unified-diff.ts';
import { compareFindings } from './compare-findings.ts';
import { compareTexts, parsePair, type Judges } from './compare-texts.ts';
import { lineEdits } from './line-edits.ts';
import { beyond, importTokens, lostTokens, type TokenCounts } from './lost-tokens.ts';
import type { Complaint, Trial } from './model.ts';
import { isStep } from './successors.ts';

/** A folder under test. Nothing is ever written to it. */
export interface Bench {
  readonly session: Session;
  readonly judges: Judges;
  /** Text of a file on disk; undefined when it is not there or is no text. */
  readonly textOf: (path: string) => string | undefined;
}

/** What was tried in one file. */
export interface FileTrials {
  /** Findings that say that they have a fix, or may have one. */
  readonly findings: readonly Finding[];
  readonly trials: readonly Trial[];
}

/** Tries every fix of a file alone, then the safe ones together, then all; the session is left as it was. */
export async function tryFile(bench: Bench, path: string, ruleId: string | undefined): Promise<FileTrials> {
  const { session } = bench;
  const text = bench.textOf(path);
  if (text === undefined) return { findings: [], trials: [] };
  session.open(path, text, 0);
  try {
    const analysis = await analyzeRelated(session, [path], path);
    const findings =
      analysis?.findings.filter(one => mayBeFixed(one) && (ruleId === undefined || one.ruleId === ruleId)) ?? [];
    if (!analysis || findings.length === 0) return { findings, trials: [] };
    const base = {
      path,
      text,
      findings: analysis.findings,
      others: new Map(session.analyses().map(one => [one.path, one])),
    };
    const trials: Trial[] = [];
    const lost: TokenCounts[] = [];
    for (const { finding, fixes } of await collectFixes(session, findings)) {
      // Where only other files could tell, nothing was promised.
      if (fixes.length === 0 && finding.fix !== undefined) trials.push(offersNone(base, finding));
      for (const fix of fixes) trials.push(await tryFix(bench, base, finding, fix, lost));
    }
    for (const grade of ['safe', 'suggested'] as const) {
      trials.push(...(await tryTogether(bench, base, findings, grade, ruleId, lost)));
    }
    return { findings, trials };
  } finally {
    session.close(path);
    await analyzeRelated(session, [path], path);
  }
}

/** The analysis of one file after some have changed, with findings that depend on others; undefined when it has none. */
async function analyzeRelated(
  session: Session,
  changed: Iterable<string>,
  path: string,
): Promise<FileAnalysis | undefined> {
  for (const one of changed) await session.analyze(one);
  await session.relate();
  return session.analyses().find(other => other.path === path);
}

/** A file as it was before any fix. */
interface BaseFile {
  readonly path: string;
  readonly text: string;
  readonly findings: readonly Finding[];
  /** Analyses of all files. */
  readonly others: ReadonlyMap<string, FileAnalysis>;
}

async function collectFixes(
  session: Session,
  findings: readonly Finding[],
): Promise<readonly { readonly finding: Finding; readonly fixes: readonly Fix[] }[]> {
  const collected: { finding: Finding; fixes: readonly Fix[] }[] = [];
  for (const finding of findings) collected.push({ finding, fixes: await session.fixes(finding) });
  return collected;
}

async function tryFix(bench: Bench, base: BaseFile, finding: Finding, fix: Fix, lost: TokenCounts[]): Promise<Trial> {
  const changed = new Map<string, { readonly before: string; readonly after: string }>();
  const complaints: Complaint[] = [];
  try {
    for (const { path, edits, create } of fix.edits) {
      const before = path === base.path ? base.text : (bench.textOf(path) ?? '');
      changed.set(path, { before, after: applyEdits(create ?? before, edits) });
    }
    if ([...changed.values()].every(({ before, after }) => before === after)) {
      complaints.push({ check: 'edits', detail: 'It changes nothing.' });
    }
  } catch (error) {
    complaints.push({ check: 'edits', detail: error instanceof Error ? error.message : String(error) });
  }
  if (complaints.length === 0) {
    for (const [path, { before, after }] of changed) {
      complaints.push(...(await compareTexts(path, before, after, bench.judges, isStep(fix.title))));
      if (isPython(path)) lost.push(lostTokens(...parsePair(path, before, after, bench.judges)));
    }
    complaints.push(...(await compareAnalyses(bench, base, finding, fix, changed)));
  }
  return { ...describe(base, finding), title: fix.title, grade: fix.applicability, complaints, diff: diffOf(changed) };
}

/** Puts the texts of a fix before the engine, and takes those of other files back. */
async function compareAnalyses(
  { session }: Bench,
  base: BaseFile,
  finding: Finding,
  fix: Fix,
  changed: ReadonlyMap<string, { readonly after: string }>,
): Promise<readonly Complaint[]> {
  for (const [path, { after }] of changed) session.change(path, after, 1, undefined);
  await analyzeRelated(session, changed.keys(), base.path);
  const complaints: Complaint[] = [];
  const mended = [finding.ruleId];
  for (const analysis of session.analyses()) {
    const before = base.others.get(analysis.path);
    if (before === analysis && analysis.path !== base.path) continue;
    const isOwn = analysis.path === base.path;
    complaints.push(
      ...compareFindings({
        mended,
        finding: isOwn && !isStep(fix.title) ? base.findings.find(other => other === finding) : undefined,
        before: isOwn ? base.findings : (before?.findings ?? []),
        after: analysis.findings,
        edits: fix.edits.filter(({ path }) => path === analysis.path).flatMap(({ edits }) => edits),
      }),
    );
  }
  for (const path of changed.keys()) {
    if (path === base.path) continue;
    session.close(path);
    await analyzeRelated(session, [path], path);
  }
  return complaints;
}

/** All fixes of a file that are at most of a grade, as `fixAll` makes them; undefined changes are no trial. */
async function tryTogether(
  bench: Bench,
  base: BaseFile,
  findings: readonly Finding[],
  grade: Applicability,
  ruleId: string | undefined,
  lost: readonly TokenCounts[],
): Promise<readonly Trial[]> {
  const { session, judges } = bench;
  const { path, text } = base;
  session.change(path, text, 2, undefined);
  const options = { grade, ...(ruleId !== undefined && { ruleId }) };
  const edits = await session.fixAll(path, options);
  if (edits.length === 0) return [];

  const after = applyEdits(text, edits);
  const complaints = [...(await compareTexts(path, text, after, judges))];
  session.change(path, after, 3, undefined);
  const analysis = await analyzeRelated(session, [path], path);
  complaints.push(
    ...compareFindings({
      mended: [...new Set(findings.map(finding => finding.ruleId))],
      finding: undefined,
      before: base.findings,
      after: analysis?.findings ?? [],
      edits: lineEdits(text, after),
    }),
  );
  const again = await session.fixAll(path, options);
  if (again.length > 0) {
    const diff = unifiedDiff(path, after, applyEdits(after, again));
    complaints.push({ check: 'again', detail: `A second run changes more:\n${diff}` });
  }
  if (isPython(path)) {
    const [old, fresh] = parsePair(path, text, after, judges);
    const tokens = beyond(lostTokens(old, fresh), [...lost, importTokens(old)]);
    if (tokens.length > 0) complaints.push({ check: 'layout', detail: `These words are lost: ${tokens.join(', ')}` });
  }
  const diff = unifiedDiff(path, text, after);
  return [{ rule: `all ${grade}`, path, line: 0, title: 'All fixes together', grade, complaints, diff }];
}

function offersNone(base: BaseFile, finding: Finding): Trial {
  const complaints: Complaint[] = [{ check: 'edits', detail: 'The finding says that it has a fix, and offers none.' }];
  return { ...describe(base, finding), title: 'No fix', grade: finding.fix ?? 'suggested', complaints, diff: '' };
}

function describe({ path, text }: BaseFile, { ruleId, range }: Finding): Pick<Trial, 'rule' | 'path' | 'line'> {
  return { rule: ruleId, path, line: new LineIndex(text).position(range.start).line + 1 };
}

function diffOf(changed: ReadonlyMap<string, { readonly before: string; readonly after: string }>): string {
  return [...changed].map(([path, { before, after }]) => unifiedDiff(path, before, after)).join('');
}
