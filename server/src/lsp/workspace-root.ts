import { NEVER_CANCELLED } from '../core/cancellation.ts';
import type { Finding } from '../core/finding.ts';
import type { TextEdit } from '../core/text.ts';
import { BASELINE_PATH } from '../engine/baseline/baseline.ts';
import type { Session } from '../engine/session.ts';
import { emptyAnalysis } from '../engine/session/file-records.ts';
import type { Activity } from '../protocol/model.ts';
import { countFindings, freshFindings, type FindingCounts } from './fresh-findings.ts';
import { describeError, inBackground } from './log.ts';
import type { OpenDocument } from './open-documents.ts';
import type { DiagnosticPublisher } from './publish-diagnostics.ts';
import { crashedAnalysis } from './quarantine.ts';
import type { RootOptions } from './root-options.ts';
import { startVisibleScan, type VisibleScan } from './scan.ts';
import { relativeTo } from './uris.ts';
import { WorkQueue } from './work-queue.ts';

/** Pause after the last keystroke before a document is analysed, in milliseconds. */
const TYPING_PAUSE = 150;

/** For the client to send what is open, and to show what was found there, before the first scan; in milliseconds. */
const OPENING_PAUSE = 50;

/** Above this number of changed files, asking every file for its hash is cheaper than going one by one. */
const RESCAN_THRESHOLD = 500;

/** One root under analysis: feeds documents into its session, and results into its publisher. */
export class WorkspaceRoot {
  readonly options: RootOptions;
  readonly publisher: DiagnosticPublisher;
  activity: Activity = { kind: 'starting' };
  /** Changes of the baseline file, one after the other. */
  readonly baselineChanges = new WorkQueue();
  #session: Session | undefined;
  #timers = new Map<string, NodeJS.Timeout>();
  #scan: VisibleScan | undefined;
  #scanned = false;
  /** What was active after the first scan. */
  #atFirst: FindingCounts | undefined;
  #synchronising: NodeJS.Immediate | undefined;
  #disposed = false;

  constructor(options: RootOptions) {
    this.options = options;
    this.publisher = options.publisher;
  }

  /** The session, once it has started. */
  get session(): Session | undefined {
    return this.#session;
  }

  /** Whether a scan has come to its end. */
  get scanned(): boolean {
    return this.#scanned;
  }

  /** The active findings that came after the baseline was made; without a baseline, after the first scan. */
  freshFindings(): ReadonlySet<Finding> {
    if ((this.#session?.baseline ?? []).length > 0) return freshFindings(this.publisher.files(), 'nothing');
    return this.#atFirst ? freshFindings(this.publisher.files(), this.#atFirst) : new Set();
  }

  /** Path of a file relative to this root. @throws Error when it lies outside: the caller asked the wrong root. */
  relative(path: string): string {
    const relative = relativeTo(this.options.path, path);
    if (relative === undefined) throw new Error(`${path} is not inside ${this.options.path}.`);
    return relative;
  }

  /** Creates the session, analyses what is open, then scans the rest in the background. */
  async start(): Promise<void> {
    const { createSession, kind, log, name } = this.options;
    try {
      const session = await createSession();
      if (this.#disposed) {
        session.dispose();
        return;
      }
      this.#session = session;
    } catch (error) {
      log.error(`Could not start the analysis of ${name}: ${describeError(error)}`);
      this.#become({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
      return;
    }
    this.#become({ kind: 'idle', scanned: false });
    for (const document of this.options.openDocuments()) this.#take(document);
    await this.#settleOpened();
    await this.publisher.publishProblems(this.#session.configurationProblems);
    if (kind !== 'folder') return;
    // The threads of a scan take the cores away from what people look at first.
    await new Promise(resolve => setTimeout(resolve, OPENING_PAUSE));
    await this.#settleOpened();
    await this.scan();
  }

  open(document: OpenDocument): void {
    this.#take(document);
    this.#analyzeSoon(document, 0);
  }

  change(document: OpenDocument, edits: readonly TextEdit[] | undefined): void {
    if (this.options.quarantine.release(document.path)) this.#take(document);
    else this.#session?.change(this.relative(document.path), document.text.getText(), document.version, edits);
    this.#analyzeSoon(document, TYPING_PAUSE);
  }

  save(document: OpenDocument): void {
    this.#analyzeSoon(document, 0);
  }

  /** The disk decides again. */
  close(path: string): void {
    const relative = this.relative(path);
    clearTimeout(this.#timers.get(relative));
    this.#timers.delete(relative);
    this.#session?.close(relative);
    inBackground(this.options.log, `analyse ${relative}`, () => this.#analyzePath(relative));
  }

  /** Analyses a document now, and publishes the result unless the document has changed meanwhile. */
  async analyze(document: OpenDocument): Promise<void> {
    await this.#analyzePath(this.relative(document.path));
  }

  /** Waits until the published findings of a document are those of its current text. */
  async settle(document: OpenDocument): Promise<void> {
    const path = this.relative(document.path);
    const published = this.publisher.file(path);
    const current = published?.analysis !== undefined && published.version === document.version;
    if (!current || this.#timers.has(path)) await this.#analyzePath(path);
  }

  /** Analyses every file; joins the end of the queue, and ends early when cancelled. */
  scan(): Promise<void> {
    return this.options.queue.run(() => this.#scanNow());
  }

  cancelScan(): void {
    this.#scan?.cancel();
  }

  /** Files changed on disk; paths are relative to the root. */
  refresh(paths: readonly string[]): Promise<void> {
    return this.options.queue.run(async () => {
      const session = this.#session;
      if (!session || this.#disposed) return;
      for (const path of paths) this.options.quarantine.release(this.options.texts.absolute(path));
      if (paths.length > RESCAN_THRESHOLD && this.options.kind === 'folder') return this.#scanNow();

      await this.publisher.publishAll(await session.refresh(paths, NEVER_CANCELLED));
      await this.#synchronise();
    });
  }

  /** The baseline file was written: results follow at once, also while a scan is under way. */
  async baselineChanged(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    await session.refresh([BASELINE_PATH], NEVER_CANCELLED);
    await this.publisher.publishProblems(session.configurationProblems);
    await this.publisher.publishAll(session.analyses());
    this.options.onChange('model');
  }

  /** Publishes what changed in files that nobody touched, and takes back what vanished or went to another root. */
  async synchronise(): Promise<void> {
    await this.options.queue.run(() => this.#synchronise());
  }

  dispose(): void {
    this.#disposed = true;
    this.#scan?.cancel();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    clearImmediate(this.#synchronising);
    this.publisher.clearAll();
    this.#session?.dispose();
    this.#session = undefined;
  }

  async #settleOpened(): Promise<void> {
    for (const document of this.options.openDocuments()) await this.settle(document);
  }

  #take(document: OpenDocument): void {
    if (this.options.quarantine.has(document.path)) return;
    this.#session?.open(this.relative(document.path), document.text.getText(), document.version);
  }

  #analyzeSoon(document: OpenDocument, pause: number): void {
    if (!this.#session) return;
    const path = this.relative(document.path);
    clearTimeout(this.#timers.get(path));
    const timer = setTimeout(() => {
      inBackground(this.options.log, `analyse ${path}`, () => this.#analyzePath(path));
    }, pause);
    this.#timers.set(path, timer);
  }

  async #analyzePath(path: string): Promise<void> {
    clearTimeout(this.#timers.get(path));
    this.#timers.delete(path);
    const session = this.#session;
    if (!session) return;

    const { quarantine, texts } = this.options;
    const absolute = texts.absolute(path);
    const analysis = quarantine.has(absolute)
      ? crashedAnalysis(path, texts.openVersion(path))
      : await quarantine.during(absolute, () => session.analyze(path));
    if (this.#disposed) return;
    await this.publisher.publish(analysis ?? { ...emptyAnalysis(path), version: texts.openVersion(path) });
    this.#synchroniseSoon();
  }

  /** One change may alter findings in other files; several documents that are analysed together need it once. */
  #synchroniseSoon(): void {
    if (this.options.kind === 'loose' || this.#scan) return;
    this.#synchronising ??= setImmediate(() => {
      this.#synchronising = undefined;
      inBackground(this.options.log, `update ${this.options.name}`, () => this.#synchronise());
    });
  }

  async #synchronise(): Promise<void> {
    const session = this.#session;
    if (!session || this.#disposed) return;
    await this.publisher.publishProblems(session.configurationProblems);
    if (!this.#scanned) return;

    await session.relate();
    // Meanwhile the folder may have been removed.
    if (session !== this.#session) return;
    const analyses = session.analyses();
    this.publisher.retain(new Set([...analyses.map(({ path }) => path), ...this.#openPaths()]));
    await this.publisher.publishAll(analyses);
    this.publisher.showMore();
    this.options.onChange('model');
  }

  #openPaths(): readonly string[] {
    return this.options.openDocuments().map(({ path }) => this.relative(path));
  }

  async #scanNow(): Promise<void> {
    const session = this.#session;
    if (!session || this.#disposed) return;

    const scan = startVisibleScan(this.options.connection, `Readiness: ${this.options.name}`);
    this.#scan = scan;
    this.#become({ kind: 'scanning', checked: 0, total: 0 });
    const publishing: Promise<void>[] = [];
    try {
      await session.scan(
        scan.token,
        progress => {
          scan.report(progress);
          this.#become({ kind: 'scanning', ...progress });
        },
        analysis => publishing.push(this.publisher.publish(analysis)),
      );
      if (!scan.token.isCancellationRequested) this.#atFirst ??= countFindings(session.analyses());
      await Promise.all(publishing);
      this.#scanned ||= !scan.token.isCancellationRequested;
    } finally {
      scan.end();
      this.#scan = undefined;
      this.#become({ kind: 'idle', scanned: this.#scanned });
    }
    await this.#synchronise();
  }

  #become(activity: Activity): void {
    this.activity = activity;
    if (!this.#disposed) this.options.onChange(activity.kind === 'scanning' ? 'activity' : 'model');
  }
}
