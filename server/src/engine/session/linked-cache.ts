import { toSummary, type Summary } from '../measure-content.ts';
import type { FactsCache } from '../scan/cache.ts';
import type { ScannedFile } from '../scan/scan-files.ts';
import type { LinkedJudgements } from './measuring.ts';

/** Judgements in the light of other files, kept in the cache beside those of the files alone. */
export class LinkedCache implements LinkedJudgements {
  readonly #cache: FactsCache | undefined;
  readonly #summaries = new Map<string, Summary>();

  /** @param cache undefined where nothing is kept */
  constructor(cache: FactsCache | undefined) {
    this.#cache = cache;
  }

  /** Takes what a scan knows of a file. */
  note(file: ScannedFile): void {
    if (file.kind === 'measured' && file.body.outline) this.#summaries.set(file.path, file.summary);
  }

  get(path: string): Summary['linked'] {
    return this.#summaries.get(path)?.linked;
  }

  put(path: string, linked: NonNullable<Summary['linked']>): void {
    const summary = this.#summaries.get(path);
    if (summary) this.#cache?.summarise(path, toSummary({ ...summary, linked }));
  }
}
