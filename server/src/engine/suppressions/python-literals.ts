import type { SyntaxTree } from '../../core/syntax-tree.ts';
import type { TextRange } from '../../core/text.ts';
import { Kind } from '../../syntax/python/kinds.ts';

/** The string literals of a Python file, in source order: inside them a comment would be content. */
export function pythonLiterals(tree: SyntaxTree): readonly TextRange[] {
  const ranges: TextRange[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kinds[node] !== Kind.string) continue;
    ranges.push({ start: tree.starts[node] ?? 0, end: tree.ends[node] ?? 0 });
  }
  return ranges;
}
