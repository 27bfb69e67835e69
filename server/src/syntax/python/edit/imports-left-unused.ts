import type { PythonSource } from '../../../core/source-file.ts';
import { overlaps, type TextEdit } from '../../../core/text.ts';
import { importsOf } from './import-list.ts';
import { removeUnusedImport } from './remove-unused-import.ts';

/**
 * Edits on `after` that remove the imports which had a use in `before` and have none any more. Fixes take the import along
 * with its last use; of several that are applied at once, each still sees the uses that the others take away.
 */
export function removeImportsLeftUnused(before: PythonSource, after: PythonSource): readonly TextEdit[] {
  const names = new Set(importsOf(after).map(({ localName }) => localName));
  const formerNames = new Set(importsOf(before).map(({ localName }) => localName));
  const edits: TextEdit[] = [];
  for (const name of names) {
    const removal = formerNames.has(name) ? removeUnusedImport(after, name, []) : [];
    const wasUnused = removal.length > 0 && removeUnusedImport(before, name, []).length > 0;
    const isApart = removal.every(({ range }) => !edits.some(other => overlaps(other.range, range)));
    if (!wasUnused && isApart) edits.push(...removal);
  }
  return edits;
}
