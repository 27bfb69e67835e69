import type { TextRange } from '../../core/text.ts';
import { Kind } from '../../syntax/python/kinds.ts';
import { kindOf, textOf } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';

/** Whether a comment in a range gives a reason, in any words. */
export function isExplained({ source: { tree, text } }: PythonFile, reach: TextRange): boolean {
  for (let node = firstNodeFrom(tree.starts, reach.start); node < tree.size; node++) {
    if ((tree.starts[node] ?? 0) >= reach.end) return false;
    if (kindOf(tree, node) === Kind.comment && isReason(textOf(tree, text, node))) return true;
  }
  return false;
}

/** Nodes are in pre-order, so their starts never fall. */
function firstNodeFrom(starts: Int32Array, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Prose, as opposed to a note to oneself, an instruction to a tool, or code that was commented out. */
function isReason(comment: string): boolean {
  const words = comment.replace(/^#+[:!]?/, '').trim();
  const isNote =
    /^(TODO|FIXME|XXX|HACK|noqa|type:|pylint|pyright|mypy|ruff|nosec|nosem|pragma|fmt:|isort|flake8|noinspection|readiness:|bandit|sourcery|finding\b)/i.test(
      words,
    );
  if (isNote) return false;
  const isCode =
    /^(print|raise|return|pass|log|logger|self|await|import|from|if|continue)\b.*[(.:=]|^[\w.]+\(.*\)$|^\w+\s*=[^=]/.test(
      words,
    );
  return !isCode && /\p{L}{2,}\s+\p{L}{2,}/u.test(words);
}
