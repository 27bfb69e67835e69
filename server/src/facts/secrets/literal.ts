import type { PythonSource } from '../../core/source-file.ts';
import { Kind } from '../../syntax/python/kinds.ts';
import { childrenOf, firstChild, kindOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';

/** A string literal of a file, with the parts that stand beside it. */
export interface Literal {
  /** A `string`, or the `concatenated_string` around several. */
  readonly node: NodeIndex;
  readonly type: 'text' | 'bytes';
  /** Texts between interpolations; one for a literal without any. */
  readonly pieces: readonly string[];
  /** Whether an interpolation adds to the text. */
  readonly isFormatted: boolean;
}

/** Reads the text of a `string` or `concatenated_string` node. */
export function readLiteral(source: PythonSource, node: NodeIndex): Literal {
  const { tree } = source;
  const strings = kindOf(tree, node) === Kind.concatenated_string ? childrenOf(tree, node) : [node];
  const pieces = [''];
  let type: Literal['type'] = 'text';
  for (const string of strings) {
    if (kindOf(tree, string) !== Kind.string) continue;
    const prefix = textOf(tree, source.text, firstChild(tree, string)).toLowerCase();
    if (prefix.includes('b')) type = 'bytes';
    for (const part of childrenOf(tree, string)) {
      if (kindOf(tree, part) === Kind.interpolation) pieces.push('');
      if (kindOf(tree, part) !== Kind.string_content) continue;
      const content = textOf(tree, source.text, part);
      pieces.push((pieces.pop() ?? '') + (prefix.includes('r') ? content : unescaped(content)));
    }
  }
  return { node, type, pieces, isFormatted: pieces.length > 1 };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\n': '' };

/** Escapes of one byte or sign; what names a character by number or name stays as it is, in its own way no word. */
function unescaped(content: string): string {
  if (!content.includes('\\')) return content;
  return content.replace(/\\(?:x([0-9a-f]{2})|([nrt\\'"\n]))/gi, (whole, byte?: string, sign?: string) => {
    if (byte !== undefined) return String.fromCharCode(Number.parseInt(byte, 16));
    return sign === undefined ? whole : (ESCAPES[sign] ?? sign);
  });
}
