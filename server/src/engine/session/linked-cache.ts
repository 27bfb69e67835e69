import type { JsonValue } from '../../core/json.ts';
import { isPython } from '../extract.ts';
import { toSummary, type Summary } from '../measure-content.ts';
import type { FactsCache } from '../scan/cache.ts';
import { hashContent } from '../scan/file-stamp.ts';
import type { ScannedFile } from '../scan/scan-files.ts';
import type { LinkedJudgements } from './measuring.ts';
import type { OpenFiles } from './open-files.ts';

/**
 * What a scan keeps of linking, and finds of the last one: judgements in the light of other files, beside those of the
 * files alone, and what the files said of each other as a whole.
 */
export class LinkedCache implements LinkedJudgements {
  readonly #cache: FactsCache | undefined;
  readonly #open: Pick<OpenFiles, 'has' | 'paths' | 'textOf'>;
  readonly #summaries = new Map<string, Summary>();
  readonly #contents = new Map<string, string>();
  readonly #wasOpen = new Set<string>();

  /** @param cache undefined where nothing is kept */
  constructor(cache: FactsCache | undefined, open: Pick<OpenFiles, 'has' | 'paths' | 'textOf'>) {
    this.#cache = cache;
    this.#open = open;
  }

  /** Takes what a scan knows of a file. */
  note(file: ScannedFile): void {
    if (file.kind !== 'measured' || !isPython(file.path)) return;
    this.#contents.set(file.path, file.contentHash);
    if (file.body.outline) this.#summaries.set(file.path, file.summary);
  }

  /** Takes the text of an open document, before it is measured. */
  noteOpen(path: string): void {
    const text = this.#open.textOf(path);
    if (text === undefined || !isPython(path)) return;
    this.#contents.set(path, hashText(text));
    this.#wasOpen.add(path);
  }

  /** Whether an editor holds a file, whose judgement is then none of a scan's. */
  isOpen(path: string): boolean {
    return this.#open.has(path);
  }

  get(path: string): Summary['linked'] {
    return this.#summaries.get(path)?.linked;
  }

  put(path: string, linked: NonNullable<Summary['linked']>): void {
    const summary = this.#summaries.get(path);
    if (!summary) return;
    const renewed = { ...summary, linked };
    this.#summaries.set(path, renewed);
    this.#cache?.summarise(path, toSummary(renewed));
  }

  /** What {@link keepWhole} was given for the same files and projects; undefined when anything of them is another. */
  whole(projects: readonly string[]): JsonValue | undefined {
    // Only what `keepWhole` of this engine version has written comes out of the cache.
    const kept = this.#cache?.whole() as { readonly key: string; readonly value: JsonValue } | null | undefined;
    return kept && this.#isUpToDate() && kept.key === this.#keyOf(projects) ? kept.value : undefined;
  }

  /**
   * Keeps something that follows from all Python files that were noted, and from the projects that they belong to;
   * not when there are none, and not when an editor has changed one of them meanwhile, or holds others.
   */
  keepWhole(projects: readonly string[], value: JsonValue): void {
    if (this.#contents.size > 0 && this.#isUpToDate()) this.#cache?.keepWhole({ key: this.#keyOf(projects), value });
  }

  #isUpToDate(): boolean {
    const isNoted = (path: string): boolean => {
      const text = this.#open.textOf(path);
      return text !== undefined && this.#contents.get(path) === hashText(text);
    };
    return this.#open.paths().filter(isPython).every(isNoted) && [...this.#wasOpen].every(path => this.isOpen(path));
  }

  #keyOf(projects: readonly string[]): string {
    const files = [...this.#contents].sort(([left], [right]) => (left < right ? -1 : 1));
    return hashText(JSON.stringify([projects, files]));
  }
}

function hashText(text: string): string {
  return hashContent(Buffer.from(text));
}
