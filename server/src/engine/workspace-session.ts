import { isDeepStrictEqual } from 'node:util';
import { NEVER_CANCELLED, type CancellationToken } from '../core/cancellation.ts';
import type { Finding } from '../core/finding.ts';
import type { Fix } from '../core/fix.ts';
import type { Settings } from '../core/settings.ts';
import type { Workspace } from '../core/workspace.ts';
import type { TextEdit } from '../core/text.ts';
import type { Extractor } from './extract.ts';
import { BASELINE_PATH, type Baseline } from './baseline/baseline.ts';
import { changesConfiguration, loadConfiguration } from './load-configuration.ts';
import type { AnalysisTiming, ConfigurationProblem, FileAnalysis, Readiness } from './model.ts';
import type { RuleNames } from './rule-names.ts';
import { scanFiles, type ScannedFile } from './scan/scan-files.ts';
import type { WorkerAnswer } from './scan/worker-answer.ts';
import type { WorkerPool } from './scan/worker-pool.ts';
import type { FixAllOptions, Session } from './session.ts';
import { computeReadiness } from './session/compute-readiness.ts';
import { CurrentFiles } from './session/current-files.ts';
import { FailureLog } from './session/failure-log.ts';
import { changedAnalyses, emptyAnalysis, FileRecords, type FileRecord } from './session/file-records.ts';
import { knowingExtractor } from './session/knowing-extractor.ts';
import { LinkedCache } from './session/linked-cache.ts';
import { linkScanned } from './session/link-scanned.ts';
import { Measuring } from './session/measuring.ts';
import { PythonSide } from './session/python-side.ts';
import { WorkspaceJudge } from './session/workspace-judge.ts';
import { openExtractor } from './open-extractor.ts';
import { OpenFiles } from './session/open-files.ts';
import type { SessionOptions } from './session/session-options.ts';
import { RootFiles } from './session/root-files.ts';
import { openScanPool, scanRequestFor } from './session/scan-request.ts';
import { SessionSettings } from './session/session-settings.ts';
import { openSessionCache } from './session/session-cache.ts';

/**
 * Opens a workspace root.
 * @throws Error when the parsers can't be loaded, or a configuration file that the user named can't be read.
 */
export async function createSession(options: SessionOptions): Promise<Session> {
  const extractor = await (options.extractor ?? openExtractor(options.assetFolder));
  const names: RuleNames = { rules: options.rules.map(rule => rule.meta), former: options.formerIds };
  const configuration = await loadConfiguration(options.root, names, undefined, options.configurationFile);
  return new WorkspaceSession(options, extractor, names, new SessionSettings(options, names, configuration));
}

class WorkspaceSession implements Session {
  readonly root: string;
  readonly #options: SessionOptions;
  readonly #extractor: Extractor;
  readonly #settings: SessionSettings;
  readonly #files: RootFiles;
  readonly #open: OpenFiles;
  readonly #records: FileRecords;
  readonly #python: PythonSide;
  readonly #measuring: Measuring;
  readonly #judge: WorkspaceJudge;
  readonly #currentFiles: CurrentFiles;
  #scanned = false;
  #linkedRevision = 0;
  #disposed = false;

  constructor(options: SessionOptions, base: Extractor, names: RuleNames, inForce: SessionSettings) {
    const { root, rules, logger } = options;
    this.root = root;
    this.#options = options;
    this.#settings = inForce;
    const settings = (): Settings => this.settings;
    this.#extractor = knowingExtractor(base, () => this.settings.knowledge);
    this.#open = new OpenFiles(this.#extractor);
    const files = new RootFiles(root, settings);
    this.#files = files;
    const textOf = (path: string): string => this.#open.textOf(path) ?? files.textOf(path);
    this.#records = new FileRecords({ rules, names, settings, baseline: () => inForce.baselineIndex, textOf });
    this.#reloadBaseline();
    const shared = {
      rules,
      extractor: this.#extractor,
      settings,
      records: this.#records,
      open: this.#open,
      failures: new FailureLog(logger),
      textOf,
      exists: (path: string) => files.host.exists(path),
    };
    this.#python = new PythonSide(shared);
    this.#measuring = new Measuring({
      ...shared,
      host: files.host,
      python: this.#python,
      allPaths: () => (this.#scanned ? files.paths : undefined),
    });
    const model = (): Workspace =>
      files.model({
        files: this.#records.modelled(),
        textOf: path => this.#open.textOf(path),
        python: () => this.#python.workspace,
      });
    this.#judge = new WorkspaceJudge({ ...shared, model });
    this.#currentFiles = new CurrentFiles({
      ...shared,
      inContext: (facts, source) => this.#measuring.inContext(facts, source),
      raises: () => this.#python.raises,
      takesPart: path => this.#takesPart(path),
    });
  }

  get settings(): Settings {
    return this.#settings.settings;
  }

  get configurationPath(): string | undefined {
    return this.#settings.path;
  }

  get configurationProblems(): readonly ConfigurationProblem[] {
    return this.#settings.problemsWith(this.#scanned ? () => this.#python.workspace.index : undefined);
  }

  get baseline(): Baseline {
    return this.#settings.baseline;
  }

  open(path: string, text: string, version: number): void {
    this.#open.open(path, text, version);
  }

  change(path: string, text: string, version: number, edits: readonly TextEdit[] | undefined): void {
    this.#open.change(path, text, version, edits);
    for (const edit of edits ?? []) this.#records.moveWorkspaceFindings(path, edit);
  }

  close(path: string): void {
    this.#open.close(path);
  }

  async analyze(path: string): Promise<FileAnalysis | undefined> {
    const before = this.#records.get(path)?.modelled;
    const record = await this.#measure(path);
    if (!record) this.#forget(path);
    if (this.#scanned && !isDeepStrictEqual(before, record?.modelled)) this.#judge.judge('files');
    return this.#records.get(path)?.analysis;
  }

  async relate(): Promise<void> {
    if (this.#scanned && !this.#disposed) await this.#relate(NEVER_CANCELLED);
  }

  async scan(
    token: CancellationToken,
    onProgress?: Parameters<Session['scan']>[1],
    onFile?: Parameters<Session['scan']>[2],
  ): Promise<void> {
    const unreadable = await this.#files.list(token);
    if (!unreadable || this.#isEnded(token)) return;
    for (const { path, reason } of unreadable) this.#options.logger.error(`Could not list ${path}: ${reason}`);

    const wanted = this.#files.paths.filter(path => this.#extractor.accepts(path));
    const present = new Set([...wanted, ...this.#open.paths()]);
    this.#records.retain(present);
    this.#python.retain(present);
    const closed = wanted.filter(path => !this.#open.has(path));
    let checked = 0;
    const advance = (path: string): void => {
      checked++;
      onProgress?.({ checked, total: wanted.length });
      const record = this.#records.get(path);
      if (record) onFile?.(record.analysis);
    };
    const { root, version, cacheFolder } = this.#options;
    const cache = openSessionCache({ root, version, folder: cacheFolder }, this.settings);
    const linked = new LinkedCache(cache?.facts, this.#open);
    const pool = openScanPool(this.#options, this.settings);
    try {
      const take = (file: ScannedFile): void => {
        // An editor that opened the file meanwhile knows better.
        if (!this.#open.has(file.path)) this.#measuring.addScanned(file);
        linked.note(file);
        advance(file.path);
      };
      const request = scanRequestFor(closed, pool, this.#files, cache);
      await scanFiles(request, take, token);
      for (const path of wanted.filter(path => this.#open.has(path))) {
        linked.noteOpen(path);
        await this.analyze(path);
        advance(path);
      }
      if (this.#isEnded(token)) return;
      this.#scanned = true;
      const parts = { python: this.#python, records: this.#records, judge: this.#judge, paths: this.#files.paths };
      await linkScanned(parts, linked, async () => {
        await this.#relink(token, linked, pool);
        return !this.#isEnded(token);
      });
      await pool.end();
      await cache?.save(new Set(wanted));
    } finally {
      await pool.end();
      await cache?.dispose();
    }
  }

  async refresh(paths: readonly string[], token: CancellationToken): Promise<readonly FileAnalysis[]> {
    const before = this.analyses();
    if (paths.includes(BASELINE_PATH)) this.#reloadBaseline();
    if (paths.some(path => changesConfiguration(path, this.configurationPath))) {
      await this.#settings.reload();
      this.#open.forgetFacts();
      this.#files.refilter();
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
      await this.#files.refresh(paths, token);
      await this.#relate(token);
      this.#judge.judge('files');
    }
    return changed.map(analysis => this.#records.get(analysis.path)?.analysis ?? analysis);
  }

  analyses(): readonly FileAnalysis[] {
    return this.#records.analyses();
  }

  timing(path: string): AnalysisTiming | undefined {
    return this.#open.timingOf(path);
  }

  readiness(counts?: (path: string) => boolean): Readiness {
    return computeReadiness(this.#options.rules, this.settings, this.#records, counts);
  }

  async fixes(finding: Finding): Promise<readonly Fix[]> {
    await this.analyze(finding.path);
    await this.relate();
    return this.#currentFiles.fixes(finding);
  }

  async fixAll(path: string, options: FixAllOptions): Promise<readonly TextEdit[]> {
    if (this.configurationProblems.some(problem => problem.fatal)) return [];
    await this.analyze(path);
    await this.relate();
    return this.#currentFiles.fixAll(path, options);
  }

  async suppress(finding: Finding, scope: 'line' | 'file', reason: string): Promise<readonly TextEdit[]> {
    await this.analyze(finding.path);
    return this.#currentFiles.suppress(finding, scope, reason);
  }

  dispose(): void {
    this.#disposed = true;
    this.#open.dispose();
    this.#records.clear();
  }

  /** Brings what files say of each other up to date, and then what the rules of Python as a whole say. */
  async #relate(token: CancellationToken): Promise<void> {
    const isNew = await this.#relink(token);
    if (isNew && !this.#isEnded(token)) this.#judge.judge('python');
  }

  /** @returns whether links have changed since the last call */
  async #relink(token: CancellationToken, known?: LinkedCache, pool?: WorkerPool<WorkerAnswer>): Promise<boolean> {
    this.#python.update(this.#files.paths);
    await this.#measuring.relink(token, known, pool);
    const { revision } = this.#python;
    const isNew = revision !== this.#linkedRevision;
    this.#linkedRevision = revision;
    return isNew;
  }

  #forget(path: string): void {
    this.#records.delete(path);
    this.#python.note(path, undefined);
  }

  #takesPart(path: string): boolean {
    return this.#extractor.accepts(path) && this.#files.includes(path);
  }

  #isEnded(token: CancellationToken): boolean {
    return this.#disposed || token.isCancellationRequested;
  }

  /** Undefined for a file that is ignored, excluded or gone. */
  async #measure(path: string): Promise<FileRecord | undefined> {
    return this.#disposed || !this.#takesPart(path) ? undefined : this.#measuring.measure(path);
  }

  #reloadBaseline(): void {
    this.#settings.reloadBaseline(path => this.#files.host.readBytesNow(path));
    this.#records.applyBaseline();
  }
}
