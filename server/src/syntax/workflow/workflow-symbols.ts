import { isMap, isScalar, isSeq, visit, type Document } from 'yaml';
import type { SymbolSpan } from '../../core/file-facts.ts';
import { HASH_SEED, hashSpan } from '../../core/hash.ts';
import type { TextRange } from '../../core/text.ts';

/** Depth to which entries are symbols: `jobs`, a job, its `steps`, a step, an entry of it. */
const MAX_DEPTH = 5;

/** Entries of the document down to those of single steps, with a hash of their scalars: comments and layout leave it as it is. */
export function findWorkflowSymbols(document: Document, text: string): SymbolSpan[] {
  const scalars: TextRange[] = [];
  visit(document, {
    Scalar: (_, node) => {
      if (node.range) scalars.push({ start: node.range[0], end: node.range[1] });
    },
  });
  return entryRanges(document.contents, MAX_DEPTH).map(range => ({ range, codeHash: hashOf(range, scalars, text) }));
}

/** Places of the entries of mappings and of the mappings in sequences, outer ones first. */
function entryRanges(node: unknown, depth: number): TextRange[] {
  if (depth === 0) return [];
  if (isMap(node)) {
    return node.items.flatMap(pair => {
      if (!isScalar(pair.key) || !pair.key.range) return [];
      const [start, keyEnd] = pair.key.range;
      return [{ start, end: endOf(pair.value) ?? keyEnd }, ...entryRanges(pair.value, depth - 1)];
    });
  }
  if (!isSeq(node)) return [];
  return node.items.filter(isMap).flatMap(item => {
    const [start, end] = item.range ?? [0, 0];
    return [{ start, end }, ...entryRanges(item, depth - 1)];
  });
}

function endOf(value: unknown): number | undefined {
  return isScalar(value) || isMap(value) || isSeq(value) ? value.range?.[1] : undefined;
}

function hashOf(range: TextRange, scalars: readonly TextRange[], text: string): number {
  let hash = HASH_SEED;
  for (let at = firstFrom(scalars, range.start); at < scalars.length; at++) {
    const scalar = scalars[at];
    if (scalar === undefined || scalar.end > range.end) break;
    const words = text.slice(scalar.start, scalar.end).replace(/\s+/g, ' ');
    hash = hashSpan(hashSpan(hash, words), '\0');
  }
  return hash;
}

/** Index of the first scalar at or after an offset; scalars are in document order. */
function firstFrom(scalars: readonly TextRange[], offset: number): number {
  let low = 0;
  let high = scalars.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((scalars[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
