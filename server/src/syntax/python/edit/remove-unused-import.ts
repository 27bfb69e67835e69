import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit, TextRange } from '../../../core/text.ts';
import { containsRange } from '../../../core/text.ts';
import { Field, Kind } from '../kinds.ts';
import { childrenOf, kindOf, parentOf, rangeOf, textOf, type NodeIndex } from '../tree.ts';
import { importsOf, type ImportedName } from './import-list.ts';
import { lineEndOf, lineStartOf, nextLineOf } from './indentation.ts';
import { occurrencesByName } from './names.ts';

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
  const uses = indexImports(source);
  return uses.isUsed(localName, gone) ? [] : removeImportsOf(source, uses, [localName]);
}

/** The imports of a file and what becomes of their names; one pass over the file serves any number of questions. */
export interface ImportUses {
  /** All imports of a name. */
  readonly importsOf: (localName: string) => readonly ImportedName[];
  /** Names that imports bind, in source order. */
  readonly names: readonly string[];
  /** Whether a name that one import binds occurs outside of it, in code that stays or in a text that may mean it. */
  readonly isUsed: (localName: string, gone: readonly TextRange[]) => boolean;
}

/** Reads the imports of a file and all uses of names. */
export function indexImports(source: PythonSource): ImportUses {
  const { tree } = source;
  const byName = new Map<string, ImportedName[]>();
  for (const imported of importsOf(source)) {
    const others = byName.get(imported.localName);
    if (others) others.push(imported);
    else byName.set(imported.localName, [imported]);
  }
  const occurrences = occurrencesByName(source);
  const words = wordsInTexts(source);
  return {
    importsOf: localName => byName.get(localName) ?? [],
    names: [...byName.keys()],
    isUsed: (localName, gone) => {
      const statement = byName.get(localName)?.[0]?.statement;
      const own = statement === undefined ? undefined : rangeOf(tree, statement);
      const isNamed = occurrences.get(localName)?.some(node => {
        const range = rangeOf(tree, node);
        const isGone =
          (own !== undefined && containsRange(own, range)) || gone.some(other => containsRange(other, range));
        return !isGone && !isModulePath(source, node);
      });
      return isNamed === true || words.has(localName);
    },
  };
}

/** Edits that remove the imports of names, all of them unused; an import that has to stay does. */
export function removeImportsOf(
  source: PythonSource,
  { importsOf }: Pick<ImportUses, 'importsOf'>,
  localNames: readonly string[],
): readonly TextEdit[] {
  const going = new Map<NodeIndex, NodeIndex[]>();
  for (const localName of localNames) {
    const [imported, ...others] = importsOf(localName);
    if (!imported || others.length > 0 || !mayGo(source, imported)) continue;
    const nodes = going.get(imported.statement);
    if (nodes) nodes.push(imported.node);
    else going.set(imported.statement, [imported.node]);
  }
  return [...going].flatMap(([statement, nodes]) => removeNames(source, statement, new Set(nodes)));
}

/** An import that stands for itself alone: no re-export, no branch that it would leave empty, no comment about it. */
function mayGo(source: PythonSource, { statement, aliased, name, localName, unconditional }: ImportedName): boolean {
  const { tree, text, path } = source;
  const isReExport = /(^|\/)__init__\.pyi?$/.test(path) || (aliased && name === localName);
  if (isReExport || !unconditional) return false;
  const range = rangeOf(tree, statement);
  const hasComment = text.slice(range.start, lineEndOf(text, range.end)).includes('#');
  const block = parentOf(tree, statement);
  const isAlone = (): boolean =>
    childrenOf(tree, block).filter(node => kindOf(tree, node) !== Kind.comment).length === 1;
  return !hasComment && !(kindOf(tree, block) === Kind.block && isAlone());
}

/** In `from time import sleep`, `time` is no use of the variable. */
function isModulePath({ tree }: PythonSource, node: NodeIndex): boolean {
  const parent = parentOf(tree, node);
  return kindOf(tree, parent) === Kind.dotted_name && kindOf(tree, parentOf(tree, parent)) !== Kind.decorator;
}

/** Words of strings that look like an expression: they may be annotations, names in `__all__`, or paths for a mock. */
function wordsInTexts({ tree, text }: PythonSource): ReadonlySet<string> {
  const words = new Set<string>();
  const add = (content: string): void => {
    for (const word of content.match(/\w+/g) ?? []) words.add(word);
  };
  for (let node = 0; node < tree.size; node++) {
    const kind = kindOf(tree, node);
    if (kind !== Kind.comment && kind !== Kind.string_content) continue;
    const content = textOf(tree, text, node);
    const isMeant =
      kind === Kind.comment ? /^#\s*type:/.test(content) : content.length <= 200 && /^[\w.[\], |]+$/.test(content);
    if (isMeant) add(content);
  }
  return words;
}

function removeStatement(source: PythonSource, statement: NodeIndex): readonly TextEdit[] {
  const { tree, text } = source;
  const { start, end } = rangeOf(tree, statement);
  const lineStart = lineStartOf(text, start);
  const isAlone = text.slice(lineStart, start).trim() === '' && text.slice(end, lineEndOf(text, end)).trim() === '';
  if (!isAlone) return removeFromLine(text, start, end);
  const before = text.slice(0, lineStart).trimEnd();
  // At the end of a file the blank lines before it go as well, and what ends the last line stays.
  if (before !== '' && text.slice(end).trim() === '') return [{ range: { start: before.length, end }, newText: '' }];
  const next = nextLineOf(text, end);
  // Blank lines that stood on both sides would stand together.
  const until = isBlankBefore(text, lineStart) ? skipBlankLines(text, next, lineStart === 0 ? Infinity : 1) : next;
  return [{ range: { start: lineStart, end: until }, newText: '' }];
}

/** Takes a statement away from others on its line, with the semicolon between them. */
function removeFromLine(text: string, start: number, end: number): readonly TextEdit[] {
  const line = text.slice(end, lineEndOf(text, end));
  const behind = /^[ \t]*;[ \t]*(?=[^\s;#])/.exec(line)?.[0];
  if (behind !== undefined) return [{ range: { start, end: end + behind.length }, newText: '' }];
  const before = /[ \t]*;[ \t]*$/.exec(text.slice(lineStartOf(text, start), start))?.[0];
  return before === undefined ? [] : [{ range: { start: start - before.length, end }, newText: '' }];
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

/** Removes some names of a statement, each with the comma and the white space that it came with; or all of it. */
function removeNames(source: PythonSource, statement: NodeIndex, going: ReadonlySet<NodeIndex>): readonly TextEdit[] {
  const { tree } = source;
  const names = childrenOf(tree, statement).filter(node => tree.fields[node] === Field.name);
  if (names.every(node => going.has(node))) return removeStatement(source, statement);
  const edits: TextEdit[] = [];
  let kept: NodeIndex | undefined;
  for (let index = 0; index < names.length; index++) {
    const node = names[index] ?? -1;
    if (!going.has(node)) {
      kept = node;
      continue;
    }
    // Neighbours that go together are one edit.
    while (going.has(names[index + 1] ?? -1)) index++;
    const next = names[index + 1];
    const last = names[index] ?? node;
    const start = tree.starts[node] ?? 0;
    const end = tree.ends[last] ?? start;
    const behind = kept === undefined ? start : (tree.ends[kept] ?? start);
    edits.push({
      range: next === undefined ? { start: behind, end } : { start, end: tree.starts[next] ?? end },
      newText: '',
    });
  }
  return edits;
}
