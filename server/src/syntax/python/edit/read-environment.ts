import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit, TextRange } from '../../../core/text.ts';
import { Kind } from '../kinds.ts';
import { firstChild, kindOf, nodeAt, textOf, type NodeIndex } from '../tree.ts';
import { ensureImport } from './ensure-import.ts';

/**
 * Edits that put `os.environ["NAME"]` in the place of the string literal at `literal`, encoded for a literal of bytes,
 * with the import it needs. Undefined where there is no such literal, or where the name `os` means something else.
 */
export function readFromEnvironment(
  source: PythonSource,
  literal: TextRange,
  name: string,
): readonly TextEdit[] | undefined {
  const string = stringAt(source, literal);
  const environment = findEnvironment(source, literal.start);
  if (string < 0 || !environment) return undefined;
  const opening = textOf(source.tree, source.text, firstChild(source.tree, string));
  const quote = opening.slice(-1);
  const encoded = /b/i.test(opening) ? '.encode()' : '';
  const newText = `${environment.localName}[${quote}${name}${quote}]${encoded}`;
  return [...environment.edits, { range: literal, newText }];
}

/** The literal, or the first part of several that stand side by side; -1 when there is neither. */
function stringAt({ tree }: PythonSource, range: TextRange): NodeIndex {
  const concatenated = nodeAt(tree, range, Kind.concatenated_string);
  const string = concatenated < 0 ? nodeAt(tree, range, Kind.string) : firstChild(tree, concatenated);
  return kindOf(tree, string) === Kind.string ? string : -1;
}

/** `environ` where the file imports that by name, else `os.environ`. */
function findEnvironment(
  source: PythonSource,
  offset: number,
): { readonly localName: string; readonly edits: readonly TextEdit[] } | undefined {
  const direct = ensureImport(source, { module: 'os', name: 'environ' }, offset);
  if (direct?.edits.length === 0) return direct;
  const module = ensureImport(source, { module: 'os' }, offset);
  return module && { localName: `${module.localName}.environ`, edits: module.edits };
}
