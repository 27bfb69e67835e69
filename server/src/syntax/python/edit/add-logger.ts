import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit } from '../../../core/text.ts';
import { addAfterImports } from './add-import.ts';
import { ensureImport } from './ensure-import.ts';
import { importsOf } from './import-list.ts';
import { isDeferred, occurrencesOf } from './names.ts';

/** A logger for a place, and the edits that make it. */
export interface AddedLogger {
  /** Name with the methods of a logger. */
  readonly name: string;
  /** All of them stand before the place. */
  readonly edits: readonly TextEdit[];
}

/**
 * Gives a file without a logger one of the library that it uses: loguru's own, structlog's, else that of the standard
 * library. Undefined where the names are taken, or where the code at `offset` runs before the logger could be made.
 */
export function addLogger(source: PythonSource, offset: number): AddedLogger | undefined {
  const imports = importsOf(source);
  const uses = (library: string): boolean => imports.some(({ module }) => module.split('.', 1)[0] === library);
  if (uses('loguru')) {
    const imported = ensureImport(source, { module: 'loguru', name: 'logger' }, offset);
    return imported && { name: imported.localName, edits: imported.edits };
  }

  const name = ['logger', '_logger', 'log'].find(candidate => occurrencesOf(source, candidate).length === 0);
  const module = uses('structlog') ? 'structlog' : 'logging';
  const imported = ensureImport(source, { module }, offset);
  if (name === undefined || !imported) return undefined;
  const made = module === 'structlog' ? 'get_logger()' : 'getLogger(__name__)';
  const statement = `${name} = ${imported.localName}.${made}`;
  const edits = [...imported.edits, ...joined(imported.edits, addAfterImports(source, statement))];
  const runsBefore = isDeferred(source, offset) || edits.every(({ range }) => range.end <= offset);
  return runsBefore ? { name, edits } : undefined;
}

/** Where an import is the first one, both go to the same place, and each brings the blank line between them. */
function joined(before: readonly TextEdit[], edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.map(edit => {
    const twin = before.find(({ range, newText }) => range.start === edit.range.start && /(\r\n|\n|\r)$/.test(newText));
    return twin ? { range: edit.range, newText: edit.newText.replace(/^(\r\n|\n|\r)(?=[\r\n])/, '') } : edit;
  });
}
