import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type CancellationToken } from '../core/cancellation.ts';
import type { FileFacts } from '../core/file-facts.ts';
import { type Finding, type Priority } from '../core/finding.ts';
import type { Fix } from '../core/fix.ts';
import { hashSpan, HASH_SEED } from '../core/hash.ts';
import type { Rule, WorkspaceRule } from '../core/rule.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { TextEdit } from '../core/text.ts';
import { decodeText } from '../workspace/decode.ts';
import { createNodeHost } from '../workspace/node-host.ts';
import type { PathFilter } from '../workspace/workspace-host.ts';
import { createExtractor, isPython, isTypeScript, type Extractor } from './extract.ts';
import {
  buildFixes,
  fixWholeFile,
  NO_TYPESCRIPT_EDITS,
  type CurrentFile,
  type FixEnvironment,
} from './fix-findings.ts';
import { judgeFile, type FileJudgement } from './judge-file.ts';
import { keepLastGood, moveFindings, nextLastGood } from './keep-last-good.ts';
import { loadConfiguration, type LoadedConfiguration } from './load-configuration.ts';
import { isModelled, slimFacts } from './measure-content.ts';
import type { FileAnalysis, Readiness } from './model.ts';
import { computeOutcomes } from './outcomes.ts';
import type { RuleNames } from './rule-names.ts';
import { NO_WORKSPACE_JUDGEMENT, runWorkspaceRules, type WorkspaceJudgement } from './run-workspace-rules.ts';
import { openFactsCache, type FactsCache } from './scan/cache.ts';
import { cacheFolderOf, cacheHome } from './scan/cache-location.ts';
import { pruneCaches } from './scan/prune-caches.ts';
import { scanFiles, type ScannedFile } from './scan/scan-files.ts';
import { computeScore } from './score.ts';
import type { FixAllOptions, Session } from './session.ts';
import type { FileRecord, OpenFile } from './session-state.ts';
import { suppressAnalysis } from './suppress-analysis.ts';
import { pythonLiterals } from './suppressions/python-literals.ts';
import { suppressEdits } from './suppressions/suppress-edit.ts';
import { createWorkspaceModel } from './workspace-model.ts';

/** Where a session writes what a maintainer wants to read. */
export interface Logger {
  info(message: string): void;
  error(message: string): void;
}

export interface SessionOptions {
  /** Absolute path of the folder to analyse. */
  readonly root: string;
  readonly rules: readonly Rule[];
  readonly logger: Logger;
  /** Folder of the bundles and the parsers' WebAssembly files. */
  readonly assetFolder: string;
  /** Version of the product: another one never reads this one's cache. */
  readonly version: string;
  /** Former rule ids, with what took their place. */
  readonly formerIds: RuleNames['former'];
  /** The extractor of other sessions in this process: two runtimes of the parser beside each other break both. */
  readonly extractor?: Promise<Extractor>;
  /** `undefined`: the system's place for caches; `null`: no cache. */
  readonly cacheFolder?: string | null;
  /** Worker threads of a scan; by default the cores but one, at most four. */
  readonly jobs?: number;
  /** Configuration file that the user named. */
  readonly configurationFile?: string;
}

/**
 * Opens a workspace root.
 * @throws Error when the parsers can't be loaded, or a configuration file that the user named can't be read.
 */
export async function createSession(options: SessionOptions): Promise<Session> {
  const extractor = await (options.extractor ?? openExtractor(options.assetFolder));
  const names: RuleNames = { rules: options.rules.map(rule => rule.meta), former: options.formerIds };
  const configuration = await loadConfiguration(options.root, names, undefined, options.configurationFile);
  return new WorkspaceSession(options, extractor, names, configuration);
}

/**
 * Loads the parsers, for several sessions to share.
 * @throws Error when a file in the asset folder is missing or damaged.
 */
export function openExtractor(assetFolder: string): Promise<Extractor> {
  return createExtractor({ readAsset: name => readFileSync(join(assetFolder, name)) });
}

class WorkspaceSession implements Session {
  readonly root: string;
  readonly #options: SessionOptions;
  readonly #extractor: Extractor;
  readonly #names: RuleNames;
  readonly #host;
  readonly #open = new Map<string, OpenFile>();
  readonly #records = new Map<string, FileRecord>();
  readonly #reported = new Set<string>();
  #configuration: LoadedConfiguration;
  #filter: PathFilter;
  #paths: readonly string[] = [];
  #scanned = false;
  #workspace: WorkspaceJudgement = NO_WORKSPACE_JUDGEMENT;
  #disposed = false;

  constructor(options: SessionOptions, extractor: Extractor, names: RuleNames, configuration: LoadedConfiguration) {
    this.root = options.root;
    this.#options = options;
    this.#extractor = extractor;
    this.#names = names;
    this.#configuration = configuration;
    this.#host = createNodeHost(options.root);
    this.#filter = this.#host.pathFilter(configuration.settings.exclude);
  }

  get settings(): LoadedConfiguration['settings'] {
    return this.#configuration.settings;
  }

  get configurationPath(): string | undefined {
    return this.#configuration.path;
  }

  get configurationProblems(): LoadedConfiguration['problems'] {
    return this.#configuration.problems;
  }

  open(path: string, text: string, version: number): void {
    this.close(path);
    this.#open.set(path, { text, version, parse: undefined, pending: undefined, lastGood: undefined });
  }

  change(path: string, text: string, version: number, edits: readonly TextEdit[] | undefined): void {
    const file = this.#open.get(path);
    if (!file) {
      this.open(path, text, version);
      return;
    }
    file.text = text;
    file.version = version;
    file.pending = edits && file.pending ? [...file.pending, ...edits] : undefined;
    file.lastGood = edits?.reduce(moveFindings, file.lastGood);
  }

  close(path: string): void {
    this.#open.get(path)?.parse?.dispose();
    this.#open.delete(path);
  }

  async analyze(path: string): Promise<FileAnalysis | undefined> {
    if (this.#disposed || !this.#takesPart(path)) return this.#forget(path);
    const before = this.#records.get(path);
    const record = this.#open.has(path) ? await this.#measureOpen(path) : await this.#measureOnDisk(path);
    if (!record) return this.#forget(path);
    this.#records.set(path, record);
    if (this.#scanned && !isDeepStrictEqual(before?.modelled, record.modelled)) this.#judgeWorkspace();
    return this.#records.get(path)?.analysis;
  }

  async scan(
    token: CancellationToken,
    onProgress?: Parameters<Session['scan']>[1],
    onFile?: Parameters<Session['scan']>[2],
  ): Promise<void> {
    const listing = await this.#host.listFiles(this.settings.exclude, token);
    for (const { path, reason } of listing.unreadable) this.#options.logger.error(`Could not list ${path}: ${reason}`);
    if (listing.cancelled || this.#disposed) return;

    this.#paths = listing.files;
    const wanted = listing.files.filter(path => this.#extractor.accepts(path));
    this.#retain(new Set([...wanted, ...this.#open.keys()]));
    const closed = wanted.filter(path => !this.#open.has(path));
    let checked = 0;
    const advance = (path: string): void => {
      checked++;
      onProgress?.({ checked, total: wanted.length });
      const record = this.#records.get(path);
      if (record) onFile?.(record.analysis);
    };
    const cache = this.#openCache();
    try {
      await scanFiles(
        this.#scanRequest(closed, cache),
        file => {
          // An editor that opened the file meanwhile knows better.
          if (!this.#open.has(file.path)) this.#records.set(file.path, this.#toRecord(file));
          advance(file.path);
        },
        token,
      );
      for (const path of wanted.filter(path => this.#open.has(path))) {
        await this.analyze(path);
        advance(path);
      }
      if (token.isCancellationRequested || this.#disposed) return;
      this.#scanned = true;
      this.#judgeWorkspace();
      await cache?.save(new Set(wanted));
    } finally {
      await cache?.dispose();
    }
    if (cache) await pruneCaches(this.#cacheHome(), cache.folder);
  }

  async refresh(paths: readonly string[], token: CancellationToken): Promise<readonly FileAnalysis[]> {
    if (paths.some(path => changesConfiguration(path, this.configurationPath))) {
      const before = this.analyses();
      await this.#reloadConfiguration();
      await this.scan(token);
      return changedAnalyses(before, this.analyses());
    }
    const changed: FileAnalysis[] = [];
    for (const path of paths) {
      if (token.isCancellationRequested) break;
      if (!this.#extractor.accepts(path) || this.#open.has(path)) continue;
      changed.push((await this.analyze(path)) ?? emptyAnalysis(path));
    }
    if (this.#scanned) {
      const listing = await this.#host.listFiles(this.settings.exclude, token);
      if (!listing.cancelled) this.#paths = listing.files;
      this.#judgeWorkspace();
    }
    return changed.map(analysis => this.#records.get(analysis.path)?.analysis ?? analysis);
  }

  analyses(): readonly FileAnalysis[] {
    const own = [...this.#records.values()].map(record => record.analysis);
    // Findings of workspace rules may stand in files that no front end reads.
    const others = [...this.#workspace.findings]
      .filter(([path]) => !this.#records.has(path))
      .map(([path, findings]) => ({ ...emptyAnalysis(path), findings }));
    return [...own, ...others];
  }

  readiness(): Readiness {
    const analyses = this.analyses();
    const { settings } = this;
    const rules = this.#options.rules;
    const outcomes = computeOutcomes({ rules, settings, analyses, workspaceRuns: this.#workspace.runs });
    const counts: Record<Priority, number> = { critical: 0, high: 0, medium: 0, low: 0 };
    for (const { findings } of analyses) for (const { priority } of findings) counts[priority]++;
    return {
      score: computeScore({ rules: rules.map(rule => rule.meta), settings, outcomes }),
      outcomes,
      notMeasured: analyses.flatMap(({ path, notMeasured }) =>
        notMeasured === undefined ? [] : [{ path, reason: notMeasured }],
      ),
      failures: [...analyses.flatMap(({ failures }) => failures), ...this.#workspace.failures],
      files: this.#records.size,
      counts,
    };
  }

  async fixes(finding: Finding): Promise<readonly Fix[]> {
    const file = await this.#current(finding.path);
    const match = file?.findings.find(candidate => isSameFinding(candidate, finding));
    return file && match ? buildFixes(match, file, await this.#fixEnvironment(finding.path)) : [];
  }

  async fixAll(path: string, options: FixAllOptions): Promise<readonly TextEdit[]> {
    if (this.configurationProblems.some(problem => problem.fatal)) return [];
    const file = await this.#current(path);
    if (!file) return [];
    const environment = await this.#fixEnvironment(path);
    return fixWholeFile(file, path, options, environment, text => this.#judgeText(path, text));
  }

  async suppress(finding: Finding, scope: 'line' | 'file', reason: string): Promise<readonly TextEdit[]> {
    const file = await this.#current(finding.path);
    if (!file) return [];
    const literals =
      file.source.language === 'python' ? pythonLiterals(file.source.tree) : (file.facts?.literals ?? []);
    const { ruleId, range, path } = finding;
    return suppressEdits({
      path,
      text: file.text,
      comments: file.facts?.comments ?? [],
      literals,
      ruleId,
      range,
      scope,
      reason,
    });
  }

  dispose(): void {
    this.#disposed = true;
    for (const path of [...this.#open.keys()]) this.close(path);
    this.#records.clear();
  }

  #takesPart(path: string): boolean {
    return this.#extractor.accepts(path) && this.#filter.includes(path);
  }

  #forget(path: string): undefined {
    const record = this.#records.get(path);
    this.#records.delete(path);
    if (record?.modelled && this.#scanned) this.#judgeWorkspace();
    return undefined;
  }

  #retain(paths: ReadonlySet<string>): void {
    for (const path of this.#records.keys()) if (!paths.has(path)) this.#records.delete(path);
  }

  /** Measures an open document; Python is parsed anew only where it changed. */
  async #measureOpen(path: string): Promise<FileRecord | undefined> {
    const file = this.#open.get(path);
    if (!file) return undefined;
    const { text, version } = file;
    const facts = isPython(path) ? this.#extractPython(path, file) : await this.#extractor.fromText(path, text);
    if ('reason' in facts) return this.#notMeasured(path, facts.reason, version);

    const judgement = judgeFile(facts, this.#options.rules, this.settings);
    const shown = keepLastGood(judgement, facts, file.lastGood);
    file.lastGood = nextLastGood(judgement, facts, file.lastGood);
    return this.#judged(path, shown, facts, version, text);
  }

  #extractPython(path: string, file: OpenFile): FileFacts {
    const old = file.parse;
    if (old && file.pending) {
      file.parse = file.pending.length > 0 ? old.next(file.text, file.pending) : old;
    } else {
      old?.dispose();
      file.parse = this.#extractor.parser.parseIncrementally(path, file.text);
    }
    file.pending = [];
    return this.#extractor.fromPython(file.parse.source);
  }

  async #measureOnDisk(path: string): Promise<FileRecord | undefined> {
    const stat = await this.#host.stat(path);
    if (stat?.kind !== 'file') return undefined;
    const bytes = await this.#host.readBytes(path);
    const facts = await this.#extractor.fromBytes(path, bytes);
    if ('reason' in facts) return this.#notMeasured(path, facts.reason, undefined);
    return this.#judged(path, judgeFile(facts, this.#options.rules, this.settings), facts, undefined, undefined);
  }

  #toRecord(file: ScannedFile): FileRecord {
    if (file.kind === 'notMeasured') return this.#notMeasured(file.path, file.reason, undefined);
    return this.#judged(file.path, file.summary.judgement, file.facts, undefined, undefined);
  }

  #judged(
    path: string,
    judgement: FileJudgement,
    facts: FileFacts | undefined,
    version: number | undefined,
    text: string | undefined,
  ): FileRecord {
    this.#logFailures(judgement.failures);
    const modelled = facts && isModelled(facts) ? slimFacts(facts) : undefined;
    return { judgement, modelled, analysis: this.#toAnalysis(judgement, version, text) };
  }

  #toAnalysis(judgement: FileJudgement, version: number | undefined, text: string | undefined): FileAnalysis {
    return suppressAnalysis({
      judgement,
      version,
      added: this.#workspace.findings.get(judgement.path) ?? [],
      workspaceRuns: this.#workspace.runs,
      names: this.#names,
      rules: this.#options.rules,
      settings: this.settings,
      text: () => text ?? this.#open.get(judgement.path)?.text ?? this.#textOnDisk(judgement.path),
    });
  }

  #notMeasured(path: string, reason: string, version: number | undefined): FileRecord {
    const judgement: FileJudgement = { path, findings: [], failures: [], examined: {}, comments: [], judgedBy: [] };
    return { judgement, modelled: undefined, analysis: { ...emptyAnalysis(path), version, notMeasured: reason } };
  }

  #textOnDisk(path: string): string {
    const decoded = decodeText(path, this.#host.readBytesNow(path));
    return decoded.kind === 'text' ? decoded.text : '';
  }

  /** Runs the workspace rules, and brings the files up to date that they speak of now or spoke of before. */
  #judgeWorkspace(): void {
    const before = this.#workspace;
    const modelled = [...this.#records.values()].flatMap(record => record.modelled ?? []);
    const rules = this.#options.rules.filter((rule): rule is WorkspaceRule => rule.scope === 'workspace');
    const textOf = (path: string): string | undefined => this.#open.get(path)?.text;
    const model = createWorkspaceModel(this.#host, this.settings.exclude, modelled, this.#paths, textOf);
    this.#workspace = runWorkspaceRules(rules, model, this.settings);
    this.#logFailures(this.#workspace.failures);

    const touched = new Set([...before.findings.keys(), ...this.#workspace.findings.keys()]);
    for (const [path, record] of this.#records) {
      if (record.analysis.notMeasured !== undefined) continue;
      if (!touched.has(path) && record.judgement.comments.length === 0) continue;
      const analysis = this.#toAnalysis(record.judgement, record.analysis.version, undefined);
      if (!isDeepStrictEqual(analysis, record.analysis)) this.#records.set(path, { ...record, analysis });
    }
  }

  async #reloadConfiguration(): Promise<void> {
    const { configurationFile } = this.#options;
    this.#configuration = await loadConfiguration(this.root, this.#names, this.settings, configurationFile);
    this.#filter = this.#host.pathFilter(this.settings.exclude);
  }

  /** A file with everything that fixes need, measured on its text of this moment. */
  async #current(path: string): Promise<CurrentFile | undefined> {
    const analysis = await this.analyze(path);
    if (!analysis) return this.#currentOther(path);
    const text = this.#open.get(path)?.text ?? this.#textOnDisk(path);
    return this.#judgeText(path, text);
  }

  /** Files that no front end reads can hold findings of workspace rules. */
  #currentOther(path: string): CurrentFile | undefined {
    const findings = this.#workspace.findings.get(path);
    if (!findings || !this.#host.exists(path)) return undefined;
    const text = this.#open.get(path)?.text ?? this.#textOnDisk(path);
    return { text, findings, facts: undefined, source: { language: 'other', path, text } };
  }

  async #judgeText(path: string, text: string): Promise<CurrentFile | undefined> {
    const facts = await this.#extractor.fromText(path, text);
    if ('reason' in facts) return undefined;
    const judgement = judgeFile(facts, this.#options.rules, this.settings);
    const { findings } = this.#toAnalysis(judgement, undefined, text);
    return { text, findings, facts, source: this.#toSource(path, text, facts.language) };
  }

  #toSource(path: string, text: string, language: FileFacts['language']): SourceFile {
    return language === 'python' ? this.#extractor.parser.parse(path, text) : { language, path, text };
  }

  async #fixEnvironment(path: string): Promise<FixEnvironment> {
    return {
      rules: this.#options.rules,
      settings: this.settings,
      typescript: isTypeScript(path) ? await this.#extractor.typescriptEdits() : NO_TYPESCRIPT_EDITS,
      sourceOf: other => {
        const text = this.#open.get(other)?.text ?? this.#textOnDisk(other);
        return this.#toSource(other, text, isPython(other) ? 'python' : 'other');
      },
      factsOf: other => this.#records.get(other)?.modelled,
    };
  }

  #scanRequest(paths: readonly string[], cache: FactsCache | undefined): Parameters<typeof scanFiles>[0] {
    const { root, assetFolder, jobs } = this.#options;
    return {
      paths,
      toSystem: path => join(root, path),
      readNow: path => this.#host.readBytesNow(path),
      cache,
      workerScript: join(assetFolder, 'worker.js'),
      worker: { root, settings: this.settings, assetFolder },
      jobs,
    };
  }

  #cacheHome(): string {
    const variables = process.env;
    return this.#options.cacheFolder ?? cacheHome({ platform: process.platform, home: homedir(), variables });
  }

  /** Judgements are cached along with facts, so another configuration is another cache. */
  #openCache(): FactsCache | undefined {
    if (this.#options.cacheFolder === null) return undefined;
    const settingsHash = hashSpan(HASH_SEED, JSON.stringify(this.settings)).toString(16);
    const folder = cacheFolderOf(this.#cacheHome(), this.root);
    return openFactsCache({ folder, engineVersion: `${this.#options.version}-${settingsHash}` });
  }

  /** Each failure once: the same rule fails in the same file at every keystroke. */
  #logFailures(
    failures: readonly { readonly ruleId: string; readonly path: string; readonly message: string }[],
  ): void {
    for (const { ruleId, path, message } of failures) {
      const key = `${ruleId} ${path}`;
      if (this.#reported.has(key)) continue;
      this.#reported.add(key);
      this.#options.logger.error(`The rule ${ruleId} failed${path === '' ? '' : ` in ${path}`}: ${message}`);
    }
  }
}

function emptyAnalysis(path: string): FileAnalysis {
  return { path, version: undefined, findings: [], accepted: [], failures: [], examined: {}, notMeasured: undefined };
}

/** Whether a change of this file alters what is analysed, or how. */
function changesConfiguration(path: string, inForce: string | undefined): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return path === inForce || name === 'readiness.yaml' || name === 'pyproject.toml' || name === '.gitignore';
}

function changedAnalyses(before: readonly FileAnalysis[], after: readonly FileAnalysis[]): readonly FileAnalysis[] {
  const old = new Map(before.map(analysis => [analysis.path, analysis]));
  const present = new Set(after.map(({ path }) => path));
  const vanished = before.filter(({ path }) => !present.has(path)).map(({ path }) => emptyAnalysis(path));
  return [...after.filter(analysis => !isDeepStrictEqual(old.get(analysis.path), analysis)), ...vanished];
}

/** The same finding in a newer analysis; its place is the same, because the editor asks about the text that it shows. */
function isSameFinding(left: Finding, right: Finding): boolean {
  return left.ruleId === right.ruleId && left.range.start === right.range.start && left.range.end === right.range.end;
}
