import type { FileFacts } from '../../core/file-facts.ts';
import { createRecent } from '../../core/recent.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { viewThrough, type LinkedNames } from '../../facts/workspace/linked-names.ts';
import type { Extractor } from '../extract.ts';

/** More than somebody looks at in turn. */
const REMEMBERED_FILES = 4;

interface Linked {
  /** The facts of the file alone. */
  readonly alone: FileFacts;
  readonly key: string;
  readonly facts: FileFacts;
}

/** Facts of a file in the light of what other files say of its names. */
export class LinkedFacts {
  readonly #extractor: Extractor;
  readonly #latest = createRecent<Linked>(REMEMBERED_FILES);

  constructor(extractor: Extractor) {
    this.#extractor = extractor;
  }

  /** @param facts of the file alone, and `source` what they were extracted from */
  of(facts: FileFacts, source: SourceFile, names: LinkedNames | undefined): FileFacts {
    if (!names || source.language !== 'python') return facts;
    const known = this.#latest.get(facts.path);
    if (known?.alone === facts && known.key === names.key) return known.facts;
    const linked = this.#extractor.fromPython(source, viewThrough(names));
    this.#latest.set(facts.path, { alone: facts, key: names.key, facts: linked });
    return linked;
  }
}
