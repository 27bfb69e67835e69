import type { Symbol } from '../../core/python-facts.ts';
import { canonicalName } from './canonical-name.ts';
import type { PythonFile } from './python-file.ts';

/**
 * The name under which a thing stands in the knowledge: that of a library's thing, or the one that the user has given to
 * a thing of the program itself, which the file knows as `:query` or `.db.query`. Undefined for everything else of the
 * program.
 */
export function knownName(symbol: Symbol, { source, knowledge }: PythonFile): string | undefined {
  if (!symbol.startsWith(':') && !symbol.startsWith('.')) return canonicalName(symbol);
  const { isOwn } = knowledge;
  return isOwn && absoluteNames(symbol, source.path).find(isOwn);
}

/**
 * The name that the user has taught for a definition of the program; undefined for all others.
 * @param qualifiedName as in the facts: `Client.query`
 * @param path of the file that defines it
 */
export function ownNameOf(qualifiedName: string, path: string, isOwn: (name: string) => boolean): string | undefined {
  return absoluteNames(`:${qualifiedName}`, path).find(isOwn);
}

/** `src.corp.db.query`, `corp.db.query` and `db.query` for `.db.query` in `src/corp/orders.py`: nobody says what the top is. */
function absoluteNames(symbol: Symbol, path: string): readonly string[] {
  const module = path.replace(/(?:^|\/)__init__\.py$|\.pyw?$/, '').split('/');
  const isInside = symbol.startsWith(':');
  const dots = /^\.*/.exec(symbol)?.[0].length ?? 0;
  const isPackage = /(?:^|\/)__init__\.py$/.test(path);
  // One dot is the package of a module, and a package itself.
  const above = isInside ? 0 : isPackage ? dots - 1 : dots;
  const folder = module.slice(0, Math.max(0, module.length - above));
  const rest = symbol.slice(isInside ? 1 : dots);
  return folder.flatMap((_, index) => canonicalName([...folder.slice(index), rest].join('.')) ?? []);
}
