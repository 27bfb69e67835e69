import type { Finding } from '../../server/src/core/finding.ts';
import { applyEdits, type TextEdit } from '../../server/src/core/text.ts';
import { RULES } from '../../rules/catalogue.ts';
import { DEFAULT_SETTINGS } from '../../server/src/core/settings.ts';
import { isTypeScript, type Extractor } from '../../server/src/engine/extract.ts';
import {
  buildFixes,
  fixWholeFile,
  NO_TYPESCRIPT_EDITS,
  type CurrentFile,
  type FixEnvironment,
} from '../../server/src/engine/fix-findings.ts';
import { judgeFile } from '../../server/src/engine/judge-file.ts';
import { compareFindings } from '../../scripts/fix-safety/compare-findings.ts';
import { compareTexts, type Judges } from '../../scripts/fix-safety/compare-texts.ts';
import { lineEdits } from '../../scripts/fix-safety/line-edits.ts';
import { isStep } from '../../scripts/fix-safety/successors.ts';

/** How many fixes were tried, by rule, and what went wrong with any of them. */
export interface FixJudgement {
  readonly tried: ReadonlyMap<string, number>;
  readonly complaints: readonly string[];
}

/** Tries all fixes of all file rules on a text: each alone, then the safe ones, then all together. */
export async function judgeFixes(path: string, text: string, judges: Judges): Promise<FixJudgement> {
  const { extractor } = judges;
  const environment: FixEnvironment = {
    rules: RULES,
    settings: DEFAULT_SETTINGS,
    typescript: isTypeScript(path) ? await extractor.typescriptEdits() : NO_TYPESCRIPT_EDITS,
    sourceOf: other => {
      throw new Error(`${other} is another file.`);
    },
    factsOf: () => undefined,
  };
  const judge = (version: string): Promise<CurrentFile> => currentFile(extractor, path, version);
  const file = await judge(text);
  const tried = new Map<string, number>();
  const complaints: string[] = [];
  const note = (what: string, details: readonly { readonly check: string; readonly detail: string }[]): void => {
    complaints.push(...details.map(({ check, detail }) => `${what}: ${check}: ${detail}`));
  };
  const compare = async (
    what: string,
    edits: readonly TextEdit[],
    finding?: Finding,
    stays = false,
  ): Promise<string> => {
    const after = applyEdits(text, edits);
    const { findings } = await judge(after);
    note(what, await compareTexts(path, text, after, judges, stays));
    const shown = finding ? edits : lineEdits(text, after);
    const mended = finding ? [finding.ruleId] : [...new Set(file.findings.map(({ ruleId }) => ruleId))];
    const gone = stays ? undefined : finding;
    note(what, compareFindings({ mended, finding: gone, before: file.findings, after: findings, edits: shown }));
    return after;
  };

  for (const finding of file.findings.filter(({ fix }) => fix !== undefined)) {
    const fixes = buildFixes(finding, file, environment);
    if (fixes.length === 0) complaints.push(`${finding.ruleId} says that it has a fix, and offers none.`);
    for (const fix of fixes) {
      tried.set(finding.ruleId, (tried.get(finding.ruleId) ?? 0) + 1);
      const edits = fix.edits.flatMap(edit => edit.edits);
      const after = await compare(`${finding.ruleId} (${fix.title})`, edits, finding, isStep(fix.title));
      if (after === text) complaints.push(`${finding.ruleId} (${fix.title}) changes nothing.`);
    }
  }
  for (const grade of ['safe', 'suggested'] as const) {
    const edits = await fixWholeFile(file, path, { grade }, environment, judge);
    if (edits.length === 0) continue;
    const after = await compare(`all ${grade}`, edits);
    const again = await fixWholeFile(await judge(after), path, { grade }, environment, judge);
    if (again.length > 0) complaints.push(`all ${grade}: a second run changes more: ${JSON.stringify(again)}`);
  }
  return { tried, complaints };
}

async function currentFile(extractor: Extractor, path: string, text: string): Promise<CurrentFile> {
  const facts = await extractor.fromText(path, text);
  if ('reason' in facts) throw new Error(facts.reason);
  const { findings, failures } = judgeFile(facts, RULES, DEFAULT_SETTINGS);
  const [failure] = failures;
  if (failure) throw new Error(failure.message);
  const isPython = facts.language === 'python';
  const source = isPython ? extractor.parser.parse(path, text) : { language: facts.language, path, text };
  // Python sources are parsed, others carry their text alone.
  return { text, findings, facts, source };
}
