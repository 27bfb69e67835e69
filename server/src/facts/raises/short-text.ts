import type { PythonSource } from '../../core/source-file.ts';
import { textOf, type NodeIndex } from '../../syntax/python/tree.ts';

const MAX_SHOWN = 60;

/** Source text of a node on one line, cut where it gets too long for a message. */
export function shortText({ tree, text }: PythonSource, node: NodeIndex): string {
  const plain = textOf(tree, text, node).replace(/\s+/g, ' ');
  return plain.length <= MAX_SHOWN ? plain : `${plain.slice(0, MAX_SHOWN - 1)}…`;
}
