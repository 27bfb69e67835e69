import type { FileFacts } from '../../core/file-facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { viewThrough, type LinkedNames } from '../../facts/workspace/linked-names.ts';
import type { Extractor } from '../extract.ts';

/** Facts of a file in the light of what other files say of its names. */
export class LinkedFacts {
  readonly #extractor: Extractor;
  /** By the facts of the file alone. */
  readonly #known = new WeakMap<FileFacts, { readonly key: string; readonly facts: FileFacts }>();

  constructor(extractor: Extractor) {
    this.#extractor = extractor;
  }

  /** @param facts of the file alone, and `source` what they were extracted from */
  of(facts: FileFacts, source: SourceFile, names: LinkedNames | undefined): FileFacts {
    if (!names || source.language !== 'python') return facts;
    const known = this.#known.get(facts);
    if (known?.key === names.key) return known.facts;
    const linked = this.#extractor.fromPython(source, viewThrough(names));
    this.#known.set(facts, { key: names.key, facts: linked });
    return linked;
  }
}
