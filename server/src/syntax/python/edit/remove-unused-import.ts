import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit, TextRange } from '../../../core/text.ts';
import { containsRange } from '../../../core/text.ts';
import { Kind } from '../kinds.ts';
import { childrenOf, kindOf, parentOf, rangeOf, textOf, type NodeIndex } from '../tree.ts';
import { importsOf, type ImportedName } from './import-list.ts';
import { lineEndOf, lineStartOf, nextLineOf } from './indentation.ts';
import { occurrencesOf } from './names.ts';

/**
 * Edits that remove the import of a name once its last use is gone; none where it is still used, may be meant for other
 * modules, carries a comment, or is the only statement of its block.
 * @param localName the name that the import binds
 * @param gone ranges that other edits of the same fix take away
 */
export function removeUnusedImport(
  source: PythonSource,
  localName: string,
  gone: readonly TextRange[],
): readonly TextEdit[] {
  const imports = importsOf(source);
  const [imported, ...others] = imports.filter(other => other.localName === localName);
  if (!imported || others.length > 0 || !mayGo(source, imported)) return [];
  if (isUsed(source, imported, gone)) return [];
  const siblings = imports.filter(({ statement }) => statement === imported.statement);
  return siblings.length === 1 ? removeStatement(source, imported.statement) : removeName(source, imported, siblings);
}

/** An import that stands for itself alone: no re-export, no branch that it would leave empty, no comment about it. */
function mayGo(source: PythonSource, { statement, aliased, name, localName, unconditional }: ImportedName): boolean {
  const { tree, text, path } = source;
  const isReExport = /(^|\/)__init__\.pyi?$/.test(path) || (aliased && name === localName);
  if (isReExport || !unconditional) return false;
  const range = rangeOf(tree, statement);
  const hasComment = text.slice(range.start, lineEndOf(text, range.end)).includes('#');
  const block = parentOf(tree, statement);
  const isAlone = childrenOf(tree, block).filter(node => kindOf(tree, node) !== Kind.comment).length === 1;
  return !hasComment && !(isAlone && kindOf(tree, block) === Kind.block);
}

function isUsed(source: PythonSource, { statement, localName }: ImportedName, gone: readonly TextRange[]): boolean {
  const { tree } = source;
  const own = rangeOf(tree, statement);
  const isNamed = occurrencesOf(source, localName).some(node => {
    const range = rangeOf(tree, node);
    return (
      !containsRange(own, range) && !gone.some(other => containsRange(other, range)) && !isModulePath(source, node)
    );
  });
  return isNamed || isNamedInText(source, localName);
}

/** In `from time import sleep`, `time` is no use of the variable. */
function isModulePath({ tree }: PythonSource, node: NodeIndex): boolean {
  const parent = parentOf(tree, node);
  return kindOf(tree, parent) === Kind.dotted_name && kindOf(tree, parentOf(tree, parent)) !== Kind.decorator;
}

/** Strings that look like an expression may be annotations, names in `__all__`, or paths for a mock. */
function isNamedInText({ tree, text }: PythonSource, localName: string): boolean {
  const word = new RegExp(`(^|[^\\w])${localName}($|[^\\w])`);
  for (let node = 0; node < tree.size; node++) {
    const kind = kindOf(tree, node);
    if (kind === Kind.comment && /^#\s*type:/.test(textOf(tree, text, node)) && word.test(textOf(tree, text, node)))
      return true;
    if (kind !== Kind.string_content) continue;
    const content = textOf(tree, text, node);
    if (content.length <= 200 && /^[\w.[\], |]+$/.test(content) && word.test(content)) return true;
  }
  return false;
}

function removeStatement({ tree, text }: PythonSource, statement: NodeIndex): readonly TextEdit[] {
  const { start, end } = rangeOf(tree, statement);
  const lineStart = lineStartOf(text, start);
  const isAlone = text.slice(lineStart, start).trim() === '' && text.slice(end, lineEndOf(text, end)).trim() === '';
  if (!isAlone) return [];
  const next = nextLineOf(text, end);
  // Blank lines that stood on both sides would stand together.
  const until = isBlankBefore(text, lineStart) ? skipBlankLines(text, next, lineStart === 0 ? Infinity : 1) : next;
  return [{ range: { start: lineStart, end: until }, newText: '' }];
}

function skipBlankLines(text: string, from: number, most: number): number {
  let line = from;
  for (let count = 0; count < most && line < text.length; count++) {
    if (text.slice(line, lineEndOf(text, line)).trim() !== '') break;
    line = nextLineOf(text, line);
  }
  return line;
}

function isBlankBefore(text: string, lineStart: number): boolean {
  if (lineStart === 0) return true;
  const ending = text.startsWith('\r\n', lineStart - 2) ? 2 : 1;
  return text.slice(lineStartOf(text, lineStart - ending), lineStart).trim() === '';
}

/** Removes one of several names, with the comma and the white space that it came with. */
function removeName(
  { tree }: PythonSource,
  imported: ImportedName,
  siblings: readonly ImportedName[],
): readonly TextEdit[] {
  const names = siblings.map(({ node }) => node);
  const index = names.indexOf(imported.node);
  const next = names[index + 1];
  const previous = names[index - 1];
  const { start, end } = rangeOf(tree, imported.node);
  if (next !== undefined) return [{ range: { start, end: tree.starts[next] ?? end }, newText: '' }];
  if (previous === undefined) return [];
  return [{ range: { start: tree.ends[previous] ?? start, end }, newText: '' }];
}
