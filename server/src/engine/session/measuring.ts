import type { CancellationToken } from '../../core/cancellation.ts';
import type { FileFacts, NotMeasured } from '../../core/file-facts.ts';
import { NO_OWN_KNOWLEDGE } from '../../core/own-knowledge.ts';
import type { Rule } from '../../core/rule.ts';
import type { Settings } from '../../core/settings.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { decodeText } from '../../workspace/decode.ts';
import type { WorkspaceHost } from '../../workspace/workspace-host.ts';
import type { Extractor } from '../extract.ts';
import { judgeClosedFile } from '../judge-closed-file.ts';
import { judgeFile, type FileJudgement, type RuleTimes } from '../judge-file.ts';
import { hasOutline, type LinkedJudgement } from '../measure-content.ts';
import type { ScannedFile } from '../scan/scan-files.ts';
import type { FailureLog } from './failure-log.ts';
import type { FileRecord, FileRecords } from './file-records.ts';
import { heardKey, viewThrough, type LinkedNames } from '../../facts/workspace/linked-names.ts';
import type { WorkerAnswer } from '../scan/worker-answer.ts';
import type { WorkerPool } from '../scan/worker-pool.ts';
import { judgeInThreads } from './judge-in-threads.ts';
import { LinkedFacts } from './linked-facts.ts';
import type { OpenFiles } from './open-files.ts';
import type { OutlineHolder, PythonSide } from './python-side.ts';
import { startStopwatch } from './stopwatch.ts';

/** What measuring asks of its session. */
export interface MeasuringContext {
  readonly rules: readonly Rule[];
  readonly extractor: Extractor;
  readonly host: Pick<WorkspaceHost, 'stat' | 'readBytes'>;
  readonly records: FileRecords;
  readonly open: OpenFiles;
  readonly python: PythonSide;
  readonly failures: FailureLog;
  readonly settings: () => Settings;
  /** All files of the root, once each of them was measured; until then, nothing is certain over files. */
  readonly allPaths: () => readonly string[] | undefined;
}

/** Judgements that a scan found in the cache, and the place for new ones. */
export interface LinkedJudgements {
  get(path: string): LinkedJudgement | undefined;
  put(path: string, judgement: LinkedJudgement): void;
}

/** Threads take as long to start as this thread needs for so many files. */
const WORTH_THREADS = 32;

/** Turns files into records: their text as it is now, in the light of what other files say. */
export class Measuring {
  readonly #context: MeasuringContext;
  readonly #linked: LinkedFacts;

  constructor(context: MeasuringContext) {
    this.#context = context;
    this.#linked = new LinkedFacts(context.extractor);
  }

  /** Measures a file as it is now, open text before disk; undefined when it is gone. */
  measure(path: string): Promise<FileRecord | undefined> {
    return this.#context.open.has(path) ? this.#measureOpen(path) : this.#measureOnDisk(path);
  }

  /** Takes what a scan found out about a file by itself. */
  addScanned(file: ScannedFile): void {
    const { failures, python, records } = this.#context;
    if (file.kind === 'notMeasured') {
      this.#addNotMeasured(file, undefined);
      return;
    }
    const { judgement } = file.summary;
    failures.add(judgement.failures);
    python.note(file.path, file.body.outline);
    records.add(judgement, { facts: file.body.facts });
  }

  /** Facts of a text in the light of what other files say, as far as that is known. */
  inContext(facts: FileFacts, source: SourceFile): FileFacts {
    return this.#linked.of(facts, source, this.#namesOf(facts.path));
  }

  /**
   * Judges files again whose names stand for something else than before.
   * @param known judgements of closed files that need not be made again
   * @param pool threads that may judge closed files
   */
  async relink(token: CancellationToken, known?: LinkedJudgements, pool?: WorkerPool<WorkerAnswer>): Promise<void> {
    const here = new Map<string, LinkedNames | undefined>();
    const apart = new Map<string, LinkedNames>();
    for (const path of this.#context.python.takeOutdated()) {
      const names = this.#context.python.linkedNames(path);
      if (this.#isUpToDate(path, names, known)) continue;
      if (names && !names.clients && !this.#context.open.has(path)) apart.set(path, names);
      else here.set(path, names);
    }
    if (pool && (pool.isOpen || apart.size >= WORTH_THREADS)) {
      await Promise.all([this.#judgeInThreads(apart, pool, token, known), this.#judgeHere(here, token, known)]);
    } else await this.#judgeHere(new Map([...apart, ...here]), token, known);
  }

  /** Whether a file has nothing to be judged anew for; a judgement that is known takes the place of one that is not right. */
  #isUpToDate(path: string, names: LinkedNames | undefined, known: LinkedJudgements | undefined): boolean {
    const { open, records } = this.#context;
    const record = records.get(path);
    if (!record || record.analysis.notMeasured !== undefined) return true;
    if (record.linkKey === this.#heardKey(names, record.judgement)) return true;
    const found = open.has(path) ? undefined : known?.get(path);
    if (!found || found.key !== this.#heardKey(names, found.judgement)) return false;
    records.rejudge(path, found.judgement, found.key);
    return true;
  }

  async #judgeHere(
    files: ReadonlyMap<string, LinkedNames | undefined>,
    token: CancellationToken,
    known: LinkedJudgements | undefined,
  ): Promise<void> {
    for (const [path, names] of files) {
      if (token.isCancellationRequested) return;
      const isOpen = this.#context.open.has(path);
      const judged = names && !isOpen ? await this.#judgeLinked(path, names) : await this.measure(path);
      if (judged?.linkKey !== undefined && !isOpen)
        known?.put(path, { key: judged.linkKey, judgement: judged.judgement });
      // Whoever types does not wait for more than one file.
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  /** The same in threads; what was measured anew meanwhile is left as it is. */
  async #judgeInThreads(
    files: ReadonlyMap<string, LinkedNames>,
    pool: WorkerPool<WorkerAnswer>,
    token: CancellationToken,
    known: LinkedJudgements | undefined,
  ): Promise<void> {
    const { failures, open, records } = this.#context;
    const before = new Map([...files.keys()].map(path => [path, records.get(path)?.judgement]));
    const isCurrent = (path: string): boolean => !open.has(path) && records.get(path)?.judgement === before.get(path);
    const unread: string[] = [];
    await judgeInThreads(files, pool, token, {
      judged: judgement => {
        const { path } = judgement;
        if (!isCurrent(path)) return;
        failures.add(judgement.failures);
        const key = this.#heardKey(files.get(path), judgement);
        records.rejudge(path, judgement, key);
        if (key !== undefined) known?.put(path, { key, judgement });
      },
      unread: path => unread.push(path),
      notMeasured: file => {
        if (isCurrent(file.path)) this.#addNotMeasured(file, undefined);
      },
    });
    for (const path of unread) if (isCurrent(path)) await this.measure(path);
  }

  async #measureOpen(path: string): Promise<FileRecord | undefined> {
    const { open, records } = this.#context;
    const stopwatch = startStopwatch();
    const measured = await open.measure(path);
    if (!measured) return undefined;
    const { facts, source, text, version } = measured;
    if ('reason' in facts) return this.#addNotMeasured(facts, version);
    this.#note(path, hasOutline(facts) ? facts : undefined);
    const linkKey = this.#namesOf(path)?.key;
    const judgement = open.steady(path, this.#judge(this.inContext(facts, source), stopwatch.rule), facts);
    const record = records.add(judgement, { facts, version, text, linkKey });
    open.noteTiming(path, stopwatch.stop());
    return record;
  }

  async #measureOnDisk(path: string): Promise<FileRecord | undefined> {
    const { extractor, records } = this.#context;
    const text = await this.#readText(path);
    if (text === undefined) return undefined;
    if (typeof text !== 'string') return this.#addNotMeasured(text, undefined);
    const facts = await extractor.fromText(path, text);
    if ('reason' in facts) return this.#addNotMeasured(facts, undefined);
    // Nobody asks for the facts of a closed file again: of them, the outline is all that should stay.
    this.#note(path, hasOutline(facts) ? { outline: facts.outline } : undefined);
    const names = this.#namesOf(path);
    const judged = names ? this.inContext(facts, extractor.parser.parse(path, text)) : facts;
    const judgement = this.#judgeClosed(judged);
    return records.add(judgement, { facts, linkKey: this.#heardKey(names, judgement) });
  }

  /** Judges a closed file whose own facts nothing has changed. */
  async #judgeLinked(path: string, names: LinkedNames): Promise<FileRecord | undefined> {
    const { extractor, records } = this.#context;
    const text = await this.#readText(path);
    if (text === undefined) return undefined;
    if (typeof text !== 'string') return this.#addNotMeasured(text, undefined);
    const facts = extractor.fromPython(extractor.parser.parse(path, text), viewThrough(names));
    const judgement = this.#judgeClosed(facts);
    return records.add(judgement, { facts, linkKey: this.#heardKey(names, judgement) });
  }

  /** Names what other files say to a judgement; undefined: nothing. */
  #heardKey(names: LinkedNames | undefined, { asked }: FileJudgement): string | undefined {
    const { rules, settings } = this.#context;
    // The user's own knowledge, and a rule that is shown every call, may take an interest in any symbol.
    const isAnyTold =
      settings().knowledge !== NO_OWN_KNOWLEDGE || rules.some(one => one.scope === 'file' && one.on.call);
    return heardKey(names, isAnyTold ? undefined : asked);
  }

  /** Text of a file on disk, or why it has none; undefined when it is gone. */
  async #readText(path: string): Promise<string | NotMeasured | undefined> {
    const { host } = this.#context;
    const stat = await host.stat(path);
    if (stat?.kind !== 'file') return undefined;
    const decoded = decodeText(path, await host.readBytes(path));
    return decoded.kind === 'text' ? decoded.text : { path, reason: decoded.reason };
  }

  /** Tells the other files of this one, which they learn when they are linked again. */
  #note(path: string, outline: OutlineHolder | undefined): void {
    this.#context.python.note(path, outline);
  }

  /** What other files said of the names in a file when they were linked last. */
  #namesOf(path: string): LinkedNames | undefined {
    const { allPaths, python } = this.#context;
    return allPaths() && python.linkedNames(path);
  }

  #judgeClosed(facts: FileFacts): FileJudgement {
    const judgement = judgeClosedFile(facts, this.#context.rules, this.#context.settings());
    this.#context.failures.add(judgement.failures);
    return judgement;
  }

  #judge(facts: FileFacts, times?: RuleTimes): FileJudgement {
    const judgement = judgeFile(facts, this.#context.rules, this.#context.settings(), times);
    this.#context.failures.add(judgement.failures);
    return judgement;
  }

  #addNotMeasured({ path, reason }: NotMeasured, version: number | undefined): FileRecord {
    this.#context.python.note(path, undefined);
    return this.#context.records.addNotMeasured(path, reason, version);
  }
}
