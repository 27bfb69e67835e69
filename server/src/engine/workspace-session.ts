import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { NEVER_CANCELLED, type CancellationToken } from '../core/cancellation.ts';
import type { Finding } from '../core/finding.ts';
import type { Fix } from '../core/fix.ts';
import type { Workspace } from '../core/workspace.ts';
import type { TextEdit } from '../core/text.ts';
import { decodeText } from '../workspace/decode.ts';
import { createNodeHost } from '../workspace/node-host.ts';
import { trackedFilesOf, type TrackedFiles } from '../workspace/tracked-files.ts';
import type { PathFilter, WorkspaceHost } from '../workspace/workspace-host.ts';
import { createExtractor, type Extractor } from './extract.ts';
import { BASELINE_PATH, indexBaseline, type Baseline, type BaselineIndex } from './baseline/baseline.ts';
import { changesConfiguration, loadConfiguration, type LoadedConfiguration } from './load-configuration.ts';
import type { FileAnalysis, Readiness } from './model.ts';
import type { RuleNames } from './rule-names.ts';
import { scanFiles, type ScannedFile, type ScanRequest } from './scan/scan-files.ts';
import type { FixAllOptions, Session } from './session.ts';
import { computeReadiness } from './session/compute-readiness.ts';
import { CurrentFiles } from './session/current-files.ts';
import { FailureLog } from './session/failure-log.ts';
import { changedAnalyses, emptyAnalysis, FileRecords, type FileRecord } from './session/file-records.ts';
import { LinkedCache } from './session/linked-cache.ts';
import { Measuring } from './session/measuring.ts';
import { PythonSide } from './session/python-side.ts';
import { WorkspaceJudge } from './session/workspace-judge.ts';
import { updatePaths } from './session/known-paths.ts';
import { loadBaseline, NO_BASELINE, type LoadedBaseline } from './session/load-baseline.ts';
import { OpenFiles } from './session/open-files.ts';
import type { SessionOptions } from './session/session-options.ts';
import { openSessionCache, type SessionCache } from './session/session-cache.ts';
import { createWorkspaceModel } from './workspace-model.ts';

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
  readonly #host: WorkspaceHost;
  readonly #open: OpenFiles;
  readonly #records: FileRecords;
  readonly #python = new PythonSide();
  readonly #measuring: Measuring;
  readonly #judge: WorkspaceJudge;
  readonly #currentFiles: CurrentFiles;
  readonly #failures: FailureLog;
  readonly #tracked: () => TrackedFiles;
  #configuration: LoadedConfiguration;
  #baseline: LoadedBaseline = NO_BASELINE;
  #baselineIndex: BaselineIndex = new Map();
  #filter: PathFilter;
  #paths: readonly string[] = [];
  #scanned = false;
  #relatedRevision = 0;
  #disposed = false;

  constructor(options: SessionOptions, extractor: Extractor, names: RuleNames, configuration: LoadedConfiguration) {
    const { root, rules, logger } = options;
    this.root = root;
    this.#options = options;
    this.#extractor = extractor;
    this.#names = names;
    this.#configuration = configuration;
    this.#host = createNodeHost(root);
    this.#filter = this.#host.pathFilter(configuration.settings.exclude);
    this.#failures = new FailureLog(logger);
    this.#tracked = trackedFilesOf(root);
    this.#open = new OpenFiles(extractor);
    const settings = (): LoadedConfiguration['settings'] => this.settings;
    const textOf = (path: string): string => this.#open.textOf(path) ?? this.#textOnDisk(path);
    this.#records = new FileRecords({ rules, names, settings, baseline: () => this.#baselineIndex, textOf });
    this.#reloadBaseline();
    const shared = { rules, extractor, settings, records: this.#records, open: this.#open, failures: this.#failures };
    this.#measuring = new Measuring({
      ...shared,
      host: this.#host,
      python: this.#python,
      allPaths: () => (this.#scanned ? this.#paths : undefined),
    });
    this.#judge = new WorkspaceJudge({ ...shared, model: () => this.#model() });
    this.#currentFiles = new CurrentFiles({
      ...shared,
      textOf,
      inContext: (facts, source) => this.#measuring.inContext(facts, source),
      exists: path => this.#host.exists(path),
      takesPart: path => this.#takesPart(path),
    });
  }

  get settings(): LoadedConfiguration['settings'] {
    return this.#configuration.settings;
  }

  get configurationPath(): string | undefined {
    return this.#configuration.path;
  }

  get configurationProblems(): LoadedConfiguration['problems'] {
    return [...this.#configuration.problems, ...this.#baseline.problems];
  }

  get baseline(): Baseline {
    return this.#baseline.baseline;
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
    const listing = await this.#host.listFiles(this.settings.exclude, token);
    for (const { path, reason } of listing.unreadable) this.#options.logger.error(`Could not list ${path}: ${reason}`);
    if (listing.cancelled || this.#isEnded(token)) return;

    this.#paths = listing.files;
    const wanted = listing.files.filter(path => this.#extractor.accepts(path));
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
    const linked = new LinkedCache(cache?.facts);
    try {
      const take = (file: ScannedFile): void => {
        // An editor that opened the file meanwhile knows better.
        if (!this.#open.has(file.path)) this.#measuring.addScanned(file);
        linked.note(file);
        advance(file.path);
      };
      await scanFiles(this.#scanRequest(closed, cache), take, token);
      for (const path of wanted.filter(path => this.#open.has(path))) {
        await this.analyze(path);
        advance(path);
      }
      if (this.#isEnded(token)) return;
      this.#scanned = true;
      await this.#relate(token, linked);
      this.#judge.judge('files');
      await cache?.save(new Set(wanted));
    } finally {
      await cache?.dispose();
    }
  }

  async refresh(paths: readonly string[], token: CancellationToken): Promise<readonly FileAnalysis[]> {
    const before = this.analyses();
    if (paths.includes(BASELINE_PATH)) this.#reloadBaseline();
    if (paths.some(path => changesConfiguration(path, this.configurationPath))) {
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
      await this.#refreshPaths(paths, token);
      await this.#relate(token);
      this.#judge.judge('files');
    }
    return changed.map(analysis => this.#records.get(analysis.path)?.analysis ?? analysis);
  }

  analyses(): readonly FileAnalysis[] {
    return this.#records.analyses();
  }

  readiness(): Readiness {
    return computeReadiness(this.#options.rules, this.settings, this.#records);
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

  /** Brings links, and what was judged by them, up to date. */
  async #relate(token: CancellationToken, known?: LinkedCache): Promise<void> {
    this.#python.update(this.#paths);
    await this.#measuring.relink(token, known);
    const { revision } = this.#python;
    if (revision === this.#relatedRevision || this.#isEnded(token)) return;
    this.#relatedRevision = revision;
    this.#judge.judge('python');
  }

  #forget(path: string): void {
    this.#records.delete(path);
    this.#python.note(path, undefined);
  }

  #takesPart(path: string): boolean {
    return this.#extractor.accepts(path) && this.#filter.includes(path);
  }

  #isEnded(token: CancellationToken): boolean {
    return this.#disposed || token.isCancellationRequested;
  }

  /** Undefined for a file that is ignored, excluded or gone. */
  async #measure(path: string): Promise<FileRecord | undefined> {
    return this.#disposed || !this.#takesPart(path) ? undefined : this.#measuring.measure(path);
  }

  #textOnDisk(path: string): string {
    const decoded = decodeText(path, this.#host.readBytesNow(path));
    return decoded.kind === 'text' ? decoded.text : '';
  }

  async #refreshPaths(changed: readonly string[], token: CancellationToken): Promise<void> {
    const known = await updatePaths(this.#paths, changed, this.#host, this.#filter);
    const listing = known ? undefined : await this.#host.listFiles(this.settings.exclude, token);
    if (!listing?.cancelled) this.#paths = known ?? listing?.files ?? this.#paths;
  }

  /** The workspace as rules see it at this moment. */
  #model(): Workspace {
    return createWorkspaceModel({
      host: this.#host,
      filter: this.#filter,
      files: this.#records.modelled(),
      paths: this.#paths,
      tracked: this.#tracked(),
      textOf: path => this.#open.textOf(path),
      python: this.#python.workspace,
    });
  }

  #reloadBaseline(): void {
    if (this.#options.useBaseline === false) return;
    this.#baseline = loadBaseline(path => this.#host.readBytesNow(path), this.#baseline.baseline);
    this.#baselineIndex = indexBaseline(this.#baseline.baseline);
    this.#records.applyBaseline();
  }

  async #reloadConfiguration(): Promise<void> {
    const { configurationFile } = this.#options;
    this.#configuration = await loadConfiguration(this.root, this.#names, this.settings, configurationFile);
    this.#filter = this.#host.pathFilter(this.settings.exclude);
  }

  #scanRequest(paths: readonly string[], cache: SessionCache | undefined): ScanRequest {
    const { root, assetFolder, jobs } = this.#options;
    return {
      paths,
      toSystem: path => join(root, path),
      readNow: path => this.#host.readBytesNow(path),
      cache: cache?.facts,
      workerScript: join(assetFolder, 'worker.js'),
      worker: { root, settings: this.settings, assetFolder },
      jobs,
    };
  }
}
