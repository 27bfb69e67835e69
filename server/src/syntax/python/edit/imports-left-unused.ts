import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit } from '../../../core/text.ts';
import { indexImports, removeImportsOf } from './remove-unused-import.ts';

/**
 * Edits on `after` that remove the imports which had a use in `before` and have none any more. Fixes take the import along
 * with its last use; of several that are applied at once, each still sees the uses that the others take away.
 */
export function removeImportsLeftUnused(before: PythonSource, after: PythonSource): readonly TextEdit[] {
  const former = indexImports(before);
  const present = indexImports(after);
  const left = present.names.filter(
    name => former.importsOf(name).length > 0 && former.isUsed(name, []) && !present.isUsed(name, []),
  );
  return removeImportsOf(after, present, left);
}
