import { isDeepStrictEqual } from 'node:util';
import type { FileFacts } from '../../core/file-facts.ts';
import type { Finding } from '../../core/finding.ts';
import type { Rule } from '../../core/rule.ts';
import type { Settings } from '../../core/settings.ts';
import type { TextEdit } from '../../core/text.ts';
import type { BaselineIndex } from '../baseline/baseline.ts';
import type { FileJudgement } from '../judge-file.ts';
import { moveFindings } from '../keep-last-good.ts';
import { isModelled, slimFacts } from '../measure-content.ts';
import type { FileAnalysis } from '../model.ts';
import type { RuleNames } from '../rule-names.ts';
import { NO_WORKSPACE_JUDGEMENT, type WorkspaceJudgement } from '../run-workspace-rules.ts';
import { suppressAnalysis } from '../suppress-analysis.ts';

/** What the session knows of a file that was measured. */
export interface FileRecord {
  readonly judgement: FileJudgement;
  /** Facts that workspace rules need; undefined for files that they don't look into. */
  readonly modelled: FileFacts | undefined;
  readonly analysis: FileAnalysis;
  /** Names what other files said when it was judged; undefined: nothing. */
  readonly linkKey: string | undefined;
}

/** What comes along with a judgement. */
export interface RecordDetails {
  readonly facts: FileFacts | undefined;
  /** Of the open document; undefined for a file on disk. */
  readonly version?: number;
  /** What was judged, where it is at hand. */
  readonly text?: string;
  readonly linkKey?: string | undefined;
}

/** What records ask of their session. */
export interface RecordsContext {
  readonly rules: readonly Rule[];
  readonly names: RuleNames;
  readonly settings: () => Settings;
  readonly baseline: () => BaselineIndex;
  /** Text of a file as it is now. @throws Error when it can't be read. */
  readonly textOf: (path: string) => string;
}

/** The latest result of every file, brought together with what the workspace rules say. */
export class FileRecords {
  readonly #context: RecordsContext;
  readonly #records = new Map<string, FileRecord>();
  #workspace: WorkspaceJudgement = NO_WORKSPACE_JUDGEMENT;

  constructor(context: RecordsContext) {
    this.#context = context;
  }

  get size(): number {
    return this.#records.size;
  }

  /** All records by path. */
  entries(): Iterable<readonly [path: string, record: FileRecord]> {
    return this.#records;
  }

  /** What the workspace rules said last. */
  get workspace(): WorkspaceJudgement {
    return this.#workspace;
  }

  get(path: string): FileRecord | undefined {
    return this.#records.get(path);
  }

  has(path: string): boolean {
    return this.#records.has(path);
  }

  delete(path: string): void {
    this.#records.delete(path);
  }

  clear(): void {
    this.#records.clear();
  }

  /** Forgets all files but these. */
  retain(paths: ReadonlySet<string>): void {
    for (const path of this.#records.keys()) if (!paths.has(path)) this.#records.delete(path);
  }

  /** Notes the result of a file. */
  add(judgement: FileJudgement, { facts, version, text, linkKey }: RecordDetails): FileRecord {
    const record: FileRecord = {
      judgement,
      modelled: facts && isModelled(facts) ? slimFacts(facts) : undefined,
      analysis: this.analyze(judgement, version, text),
      linkKey,
    };
    this.#records.set(judgement.path, record);
    return record;
  }

  /** Notes that a file has no result, and why. */
  addNotMeasured(path: string, reason: string, version: number | undefined): FileRecord {
    const analysis = { ...emptyAnalysis(path), version, notMeasured: reason };
    const record: FileRecord = { judgement: unread(path), modelled: undefined, analysis, linkKey: undefined };
    this.#records.set(path, record);
    return record;
  }

  /** Replaces the judgement of a file on disk by one in the light of other files. */
  rejudge(path: string, judgement: FileJudgement, linkKey: string | undefined): void {
    const modelled = this.#records.get(path)?.modelled;
    this.#records.set(path, { judgement, modelled, analysis: this.analyze(judgement, undefined), linkKey });
  }

  /** Moves what the workspace rules said of a file along with an edit, until they are asked again. */
  moveWorkspaceFindings(path: string, edit: TextEdit): void {
    const found = this.#workspace.findings.get(path);
    if (!found) return;
    const findings = new Map(this.#workspace.findings).set(path, moveFindings(found, edit));
    this.#workspace = { ...this.#workspace, findings };
  }

  /** A judgement with the workspace rules' findings, after suppression. */
  analyze(judgement: FileJudgement, version: number | undefined, text?: string): FileAnalysis {
    return this.#suppress(judgement, version, this.#workspace, text);
  }

  /** The same for a text that nobody holds yet, of which the workspace rules can't say anything. */
  analyzeDraft(judgement: FileJudgement, text: string): FileAnalysis {
    return this.#suppress(judgement, undefined, NO_WORKSPACE_JUDGEMENT, text);
  }

  #suppress(
    judgement: FileJudgement,
    version: number | undefined,
    workspace: WorkspaceJudgement,
    text: string | undefined,
  ): FileAnalysis {
    const { names, rules, settings, baseline, textOf } = this.#context;
    return suppressAnalysis({
      judgement,
      version,
      added: workspace.findings.get(judgement.path) ?? [],
      workspaceRuns: workspace.runs,
      names,
      rules,
      settings: settings(),
      baseline: baseline(),
      text: () => text ?? textOf(judgement.path),
    });
  }

  /** Facts that workspace rules look into, of all files. */
  modelled(): readonly FileFacts[] {
    const found: FileFacts[] = [];
    for (const { modelled } of this.#records.values()) if (modelled) found.push(modelled);
    return found;
  }

  /** Takes what the workspace rules say, and brings the files up to date of which they say something else than before. */
  judgeWorkspace(judgement: WorkspaceJudgement): void {
    const before = this.#workspace;
    this.#workspace = judgement;
    const touched = changedPaths(before.findings, judgement.findings);
    // Whether a comment suppresses anything can be told once its rule has run.
    if (!isDeepStrictEqual(kindsOf(before), kindsOf(judgement))) {
      for (const [path, { judgement: own }] of this.#records) if (own.comments.length > 0) touched.add(path);
    }
    this.#renew(touched);
  }

  /** Brings the files up to date that the baseline speaks of, or may have spoken of before. */
  applyBaseline(): void {
    const paths = new Set([...this.#context.baseline().values()].map(({ path }) => path));
    for (const [path, { analysis }] of this.#records) if (analysis.accepted.length > 0) paths.add(path);
    this.#renew(paths);
  }

  #renew(paths: Iterable<string>): void {
    for (const path of paths) {
      const record = this.#records.get(path);
      if (!record || record.analysis.notMeasured !== undefined) continue;
      const analysis = this.analyze(record.judgement, record.analysis.version);
      if (!isSameAnalysis(analysis, record.analysis)) this.#records.set(path, { ...record, analysis });
    }
  }

  /** The latest result of every file; workspace rules also speak of files that no front end reads. */
  analyses(): readonly FileAnalysis[] {
    const found: FileAnalysis[] = [];
    for (const { analysis } of this.#records.values()) found.push(analysis);
    for (const path of this.#workspace.findings.keys()) {
      if (!this.#records.has(path)) found.push(this.analyze(unread(path), undefined));
    }
    return found;
  }
}

/** Paths of which two judgements say different things. */
function changedPaths(before: FindingsByPath, after: FindingsByPath): Set<string> {
  const paths = new Set<string>();
  after.forEach((found, path) => {
    if (!isSameList(before.get(path), found)) paths.add(path);
  });
  for (const path of before.keys()) if (!after.has(path)) paths.add(path);
  return paths;
}

type FindingsByPath = WorkspaceJudgement['findings'];

/** Their number alone mostly tells different ones apart; comparing all keys of all results took longer than making them. */
function isSameList(left: readonly Finding[] | undefined, right: readonly Finding[]): boolean {
  return left?.length === right.length && isDeepStrictEqual(left, right);
}

function isSameAnalysis(left: FileAnalysis, right: FileAnalysis): boolean {
  return isSameList(left.findings, right.findings) && isDeepStrictEqual(left, right);
}

function kindsOf({ runs }: WorkspaceJudgement): ReadonlyMap<string, string> {
  return new Map([...runs].map(([ruleId, { kind }]) => [ruleId, kind]));
}

/** The result of a file that is not there, or of which nothing is known. */
export function emptyAnalysis(path: string): FileAnalysis {
  return { path, version: undefined, findings: [], accepted: [], failures: [], examined: {}, notMeasured: undefined };
}

function unread(path: string): FileJudgement {
  return { path, findings: [], failures: [], examined: {}, comments: [], judgedBy: [] };
}

/** What is new between two states; files that vanished come out without findings. */
export function changedAnalyses(
  before: readonly FileAnalysis[],
  after: readonly FileAnalysis[],
): readonly FileAnalysis[] {
  const old = new Map(before.map(analysis => [analysis.path, analysis]));
  const present = new Set(after.map(({ path }) => path));
  const vanished = before.filter(({ path }) => !present.has(path)).map(({ path }) => emptyAnalysis(path));
  return [...after.filter(analysis => !isDeepStrictEqual(old.get(analysis.path), analysis)), ...vanished];
}
