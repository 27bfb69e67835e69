import type { Diagnostic, PublishDiagnosticsParams, Range } from './protocol-library.ts';
import type { Finding } from '../core/finding.ts';
import type { ConfigurationProblem, FileAnalysis } from '../engine/model.ts';
import type { RelatedRow } from '../protocol/model.ts';
import type { ClientFeatures } from './client-features.ts';
import { toConfigurationDiagnostic } from './convert.ts';
import { mostUrgent, type DiagnosticBudget } from './diagnostic-limits.ts';
import { createLocator, type Locator } from './locate-findings.ts';
import { sameFindings } from './same-findings.ts';
import type { RulePages } from './rule-pages.ts';
import type { FileTexts } from './file-texts.ts';

/** A finding with its place in the text that it was found in. */
export interface LocatedFinding {
  readonly finding: Finding;
  readonly range: Range;
  /** Other places that explain it, as far as their files can be read. */
  readonly related: readonly RelatedRow[];
  readonly diagnostic: Diagnostic;
}

/** What the client was told about a file. */
export interface PublishedFile {
  readonly uri: string;
  /** Relative to the root. */
  readonly path: string;
  readonly version: number | undefined;
  readonly analysis: FileAnalysis | undefined;
  readonly findings: readonly LocatedFinding[];
  readonly problems: readonly ConfigurationProblem[];
  /** The problems as the client shows them. */
  readonly mistakes: readonly Diagnostic[];
  /** How many of the findings the client shows; the limits of the settings keep the others back. */
  readonly shown: number;
}

/** How long results may be published without a pause, in milliseconds. */
const STRETCH = 10;

export interface PublisherOptions {
  readonly send: (params: PublishDiagnosticsParams) => void;
  readonly texts: FileTexts;
  readonly pages: RulePages;
  readonly features: ClientFeatures;
  /** What the client may be shown, over all roots. */
  readonly budget: DiagnosticBudget;
  /** Whether this root speaks for the file: not when a root further inside does. */
  readonly owns: (path: string) => boolean;
  /** Called after the published findings have changed. */
  readonly onChange: () => void;
}

/**
 * Publishes the results of one root: each file at once, never results of an old version, nothing twice.
 * Paths are relative to the root.
 */
export class DiagnosticPublisher {
  readonly #options: PublisherOptions;
  readonly #published = new Map<string, PublishedFile>();
  /** The newest result that was asked to be published, by path; an older one that is still under way is dropped. */
  readonly #newest = new Map<string, FileAnalysis | undefined>();
  #problems: readonly ConfigurationProblem[] = [];

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** Publishes a result, unless the document has moved on or the client knows it already. */
  async publish(analysis: FileAnalysis): Promise<void> {
    await this.#publish(analysis, createLocator(this.#options));
  }

  /** The same for several results of one moment; what the client asks meanwhile is answered in between. */
  async publishAll(analyses: Iterable<FileAnalysis>): Promise<void> {
    const locator = createLocator(this.#options);
    let paused = performance.now();
    for (const analysis of analyses) {
      // After most edits, all but a few are the very results that were published before.
      if (this.#published.get(analysis.path)?.analysis === analysis) continue;
      await this.#publish(analysis, locator);
      if (performance.now() - paused < STRETCH) continue;
      await new Promise(resolve => setImmediate(resolve));
      paused = performance.now();
    }
  }

  async #publish(analysis: FileAnalysis, locator: Locator): Promise<void> {
    const { texts, owns } = this.#options;
    const { path, version } = analysis;
    if (!owns(path) || version !== texts.openVersion(path)) return;

    const known = this.#published.get(path);
    if (known?.version === version && known?.analysis && sameFindings(known.analysis, analysis)) {
      // What is accepted may differ all the same.
      if (this.#newest.get(path) === known.analysis) {
        this.#newest.set(path, analysis);
        this.#published.set(path, { ...known, analysis });
      }
      return;
    }
    await this.#send(path, analysis, locator);
  }

  /** Publishes mistakes in the configuration, and takes back those that are gone. */
  async publishProblems(problems: readonly ConfigurationProblem[]): Promise<void> {
    if (problems === this.#problems) return;
    const paths = new Set([...this.#problems, ...problems].map(({ path }) => path));
    this.#problems = problems;
    const locator = createLocator(this.#options);
    for (const path of paths) await this.#send(path, this.#newest.get(path), locator);
  }

  /** Forgets files that are not among `paths`: they vanished, or belong to another root now. */
  retain(paths: ReadonlySet<string>): void {
    for (const path of [...this.#published.keys()]) {
      const mentioned = paths.has(path) || this.#problems.some(problem => problem.path === path);
      if (!mentioned || !this.#options.owns(path)) this.clear(path);
    }
  }

  /** Takes back what was published for a file. */
  clear(path: string): void {
    const file = this.#published.get(path);
    this.#newest.delete(path);
    if (!file) return;
    this.#published.delete(path);
    this.#options.budget.take(file.uri, 0, false);
    if (file.findings.length > 0 || file.problems.length > 0) this.#options.send({ uri: file.uri, diagnostics: [] });
    this.#options.onChange();
  }

  /** Takes everything back, and drops what is still under way. */
  clearAll(): void {
    this.#newest.clear();
    for (const path of [...this.#published.keys()]) this.clear(path);
  }

  file(path: string): PublishedFile | undefined {
    return this.#published.get(path);
  }

  /** Shows what was kept back, as far as there is room for it by now. */
  showMore(): void {
    const { budget } = this.#options;
    for (const file of this.#published.values()) {
      if (!budget.hasRoom()) return;
      if (file.shown < Math.min(file.findings.length, budget.limits.perFile)) this.#deliver(file);
    }
  }

  /** Shows every file anew that the new limits may concern. */
  limitsChanged(): void {
    for (const file of [...this.#published.values()]) if (file.findings.length > 0) this.#deliver(file);
  }

  /** Everything that is published, in no particular order. */
  files(): Iterable<PublishedFile> {
    return this.#published.values();
  }

  async #send(path: string, analysis: FileAnalysis | undefined, locator: Locator): Promise<void> {
    const { texts, owns } = this.#options;
    this.#newest.set(path, analysis);
    const problems = this.#problems.filter(problem => problem.path === path);
    const version = texts.openVersion(path);
    const nothing = problems.length === 0 && (analysis?.findings ?? []).length === 0;
    const positions = nothing ? undefined : await locator.positions(path);
    // The configuration is read from disk, so its mistakes stand where the disk has them.
    const saved = problems.length === 0 ? undefined : await texts.positionsOnDisk(path);
    const findings = positions ? await locator.locate(analysis?.findings ?? [], positions) : [];

    // Reading files took time: meanwhile there may be a newer result, a newer text, or another owner.
    const outdated = !this.#newest.has(path) || this.#newest.get(path) !== analysis;
    if (outdated || texts.openVersion(path) !== version || !owns(path)) return;

    const before = this.#published.get(path);
    const mistakes = saved ? problems.map(problem => toConfigurationDiagnostic(problem, saved)) : [];
    const file = { uri: texts.uri(path), path, version, analysis, findings, problems, mistakes };
    // A closed file without findings that never had any is nothing to speak of.
    if (nothing && version === undefined && isEmpty(before)) this.#published.set(path, { ...file, shown: 0 });
    else this.#deliver(file);
  }

  /** Shows of a file what the limits allow. */
  #deliver(file: Omit<PublishedFile, 'shown'>): void {
    const { send, onChange, budget } = this.#options;
    const { uri, path, version, findings, mistakes } = file;
    const shown = budget.take(uri, findings.length, version !== undefined);
    this.#published.set(path, { ...file, shown });
    send({
      uri,
      ...(version !== undefined && { version }),
      diagnostics: [...mostUrgent(findings, shown).map(({ diagnostic }) => diagnostic), ...mistakes],
    });
    onChange();
  }
}

function isEmpty(file: PublishedFile | undefined): boolean {
  return file === undefined || (file.findings.length === 0 && file.problems.length === 0);
}
