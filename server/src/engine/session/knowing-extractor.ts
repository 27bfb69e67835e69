import { NO_OWN_KNOWLEDGE, type OwnKnowledge } from '../../core/own-knowledge.ts';
import type { Extractor } from '../extract.ts';

/**
 * An extractor that knows what the configuration in force says of the user's own libraries.
 * @param base may serve other roots beside this one
 * @param own asked before each file; the same object while nothing has changed
 */
export function knowingExtractor(base: Extractor, own: () => OwnKnowledge): Extractor {
  let known = NO_OWN_KNOWLEDGE;
  let informed = base;
  const current = (): Extractor => {
    const wanted = own();
    if (wanted !== known) informed = base.knowing(wanted);
    known = wanted;
    return informed;
  };
  return {
    ...base,
    get knowledge() {
      return current().knowledge;
    },
    fromBytes: (path, bytes) => current().fromBytes(path, bytes),
    fromText: (path, text) => current().fromText(path, text),
    fromPython: (source, view) => current().fromPython(source, view),
  };
}
