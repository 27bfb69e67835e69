import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { CancellationToken } from '../core/cancellation.ts';
import type { Finding } from '../core/finding.ts';
import type { Fix } from '../core/fix.ts';
import type { WorkspaceRule } from '../core/rule.ts';
import type { TextEdit } from '../core/text.ts';
import { decodeText } from '../workspace/decode.ts';
import { createNodeHost } from '../workspace/node-host.ts';
import { trackedFilesOf, type TrackedFiles } from '../workspace/tracked-files.ts';
import type { PathFilter, WorkspaceHost } from '../workspace/workspace-host.ts';
import { createExtractor, type Extractor } from './extract.ts';
import { judgeFile } from './judge-file.ts';
import { BASELINE_PATH, indexBaseline, type Baseline, type BaselineIndex } from './baseline/baseline.ts';
import { changesConfiguration, loadConfiguration, type LoadedConfiguration } from './load-configuration.ts';
import type { FileAnalysis, Readiness } from './model.ts';
import type { RuleNames } from './rule-names.ts';
import { runWorkspaceRules } from './run-workspace-rules.ts';
import { scanFiles, type ScannedFile, type ScanRequest } from './scan/scan-files.ts';
import type { FixAllOptions, Session } from './session.ts';
import { computeReadiness } from './session/compute-readiness.ts';
import { CurrentFiles } from './session/current-files.ts';
import { FailureLog } from './session/failure-log.ts';
import { changedAnalyses, emptyAnalysis, FileRecords, type FileRecord } from './session/file-records.ts';
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
  readonly #currentFiles: CurrentFiles;
  readonly #failures: FailureLog;
  readonly #tracked: () => TrackedFiles;
  #configuration: LoadedConfiguration;
  #baseline: LoadedBaseline = NO_BASELINE;
  #baselineIndex: BaselineIndex = new Map();
  #filter: PathFilter;
  #paths: readonly string[] = [];
  #scanned = false;
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
    this.#currentFiles = new CurrentFiles({
      rules,
      extractor,
      records: this.#records,
      open: this.#open,
      settings,
      textOf,
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
  }

  close(path: string): void {
    this.#open.close(path);
  }

  async analyze(path: string): Promise<FileAnalysis | undefined> {
    const before = this.#records.get(path)?.modelled;
    const record = await this.#measure(path);
    if (!record) this.#records.delete(path);
    if (this.#scanned && !isDeepStrictEqual(before, record?.modelled)) this.#judgeWorkspace();
    return this.#records.get(path)?.analysis;
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
    this.#records.retain(new Set([...wanted, ...this.#open.paths()]));
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
    try {
      const take = (file: ScannedFile): void => {
        // An editor that opened the file meanwhile knows better.
        if (!this.#open.has(file.path)) this.#addScanned(file);
        advance(file.path);
      };
      await scanFiles(this.#scanRequest(closed, cache), take, token);
      for (const path of wanted.filter(path => this.#open.has(path))) {
        await this.analyze(path);
        advance(path);
      }
      if (this.#isEnded(token)) return;
      this.#scanned = true;
      this.#judgeWorkspace();
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
      this.#judgeWorkspace();
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
    return this.#currentFiles.fixes(finding);
  }

  async fixAll(path: string, options: FixAllOptions): Promise<readonly TextEdit[]> {
    if (this.configurationProblems.some(problem => problem.fatal)) return [];
    await this.analyze(path);
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

  #takesPart(path: string): boolean {
    return this.#extractor.accepts(path) && this.#filter.includes(path);
  }

  #isEnded(token: CancellationToken): boolean {
    return this.#disposed || token.isCancellationRequested;
  }

  /** Undefined for a file that is ignored, excluded or gone. */
  async #measure(path: string): Promise<FileRecord | undefined> {
    if (this.#disposed || !this.#takesPart(path)) return undefined;
    return this.#open.has(path) ? this.#measureOpen(path) : this.#measureOnDisk(path);
  }

  async #measureOpen(path: string): Promise<FileRecord | undefined> {
    const measured = await this.#open.measure(path);
    if (!measured) return undefined;
    const { facts, text, version } = measured;
    if ('reason' in facts) return this.#records.addNotMeasured(path, facts.reason, version);

    const judgement = judgeFile(facts, this.#options.rules, this.settings);
    this.#failures.add(judgement.failures);
    return this.#records.add(this.#open.steady(path, judgement, facts), facts, version, text);
  }

  async #measureOnDisk(path: string): Promise<FileRecord | undefined> {
    const stat = await this.#host.stat(path);
    if (stat?.kind !== 'file') return undefined;
    const facts = await this.#extractor.fromBytes(path, await this.#host.readBytes(path));
    if ('reason' in facts) return this.#records.addNotMeasured(path, facts.reason, undefined);
    const judgement = judgeFile(facts, this.#options.rules, this.settings);
    this.#failures.add(judgement.failures);
    return this.#records.add(judgement, facts, undefined);
  }

  #addScanned(file: ScannedFile): void {
    if (file.kind === 'notMeasured') {
      this.#records.addNotMeasured(file.path, file.reason, undefined);
      return;
    }
    this.#failures.add(file.summary.judgement.failures);
    this.#records.add(file.summary.judgement, file.facts, undefined);
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

  /** Runs the workspace rules on the facts of this moment. */
  #judgeWorkspace(): void {
    const rules = this.#options.rules.filter((rule): rule is WorkspaceRule => rule.scope === 'workspace');
    const model = createWorkspaceModel({
      host: this.#host,
      filter: this.#filter,
      files: this.#records.modelled(),
      paths: this.#paths,
      tracked: this.#tracked(),
      textOf: path => this.#open.textOf(path),
    });
    const judgement = runWorkspaceRules(rules, model, this.settings);
    this.#failures.add(judgement.failures);
    this.#records.judgeWorkspace(judgement);
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
