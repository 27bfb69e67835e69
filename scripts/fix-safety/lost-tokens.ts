import type { PythonSource } from '../../server/src/core/source-file.ts';
import { Kind } from '../../server/src/syntax/python/kinds.ts';
import { endOfSubtree, kindOf, textOf } from '../../server/src/syntax/python/tree.ts';

/** How often each word of a text is there. */
export type TokenCounts = ReadonlyMap<string, number>;

/** Names, literals and comments of `before` that are not in `after`, with how many of each. */
export function lostTokens(before: PythonSource, after: PythonSource): TokenCounts {
  const found = countTokens(after, false);
  const lost = new Map<string, number>();
  for (const [token, count] of countTokens(before, false)) {
    const missing = count - (found.get(token) ?? 0);
    if (missing > 0) lost.set(token, missing);
  }
  return lost;
}

/** Words of all import statements: several fixes together may leave an import without a use. */
export function importTokens(source: PythonSource): TokenCounts {
  return countTokens(source, true);
}

function countTokens(source: PythonSource, importsOnly: boolean): TokenCounts {
  const { tree, text } = source;
  const counts = new Map<string, number>();
  let importEnd = -1;
  for (let node = 0; node < tree.size; node++) {
    const kind = kindOf(tree, node);
    if (kind === Kind.import_statement || kind === Kind.import_from_statement) importEnd = endOfSubtree(tree, node);
    const isLeaf = endOfSubtree(tree, node) === node + 1;
    if (!isLeaf || (importsOnly && node >= importEnd)) continue;
    const token = textOf(tree, text, node);
    counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  return counts;
}

/** Tokens that were lost although none of the allowances covers them. */
export function beyond(lost: TokenCounts, allowances: readonly TokenCounts[]): readonly string[] {
  return [...lost].flatMap(([token, count]) => {
    const allowed = allowances.reduce((sum, counts) => sum + (counts.get(token) ?? 0), 0);
    return count > allowed ? [token] : [];
  });
}
