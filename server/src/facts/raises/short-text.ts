import type { PythonSource } from '../../core/source-file.ts';
import { textOf, type NodeIndex } from '../../syntax/python/tree.ts';

const MAX_SHOWN = 60;

/** Source text of a node on one line; where it gets too long for a message, without arguments, and cut after that. */
export function shortText({ tree, text }: PythonSource, node: NodeIndex): string {
  const plain = textOf(tree, text, node).replace(/\s+/g, ' ');
  if (plain.length <= MAX_SHOWN) return plain;
  const short = withoutArguments(plain);
  return short.length <= MAX_SHOWN ? short : `${short.slice(0, MAX_SHOWN - 1)}…`;
}

/** `orders.query(…).all` for `orders.query(Book, limit=max(3, count)).all`. */
function withoutArguments(plain: string): string {
  let text = plain;
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(/\([^()]*\)/g, '\u0000');
  }
  return text.replaceAll('\u0000', '(…)');
}
