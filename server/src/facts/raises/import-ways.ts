import type { PythonIndex } from '../../core/python-index.ts';
import type { ExceptionName, ImportWay } from '../../core/raise-summary.ts';

/**
 * How a file may import a class of the workspace, absolute names first and the longest of them first, then relative ones.
 * Empty for classes in functions and classes, and where importing might go around in a circle.
 * @param name path of the file and qualified name of the class
 * @param path the file that is to import it
 */
export function waysToImport(index: PythonIndex, name: ExceptionName, path: string): readonly ImportWay[] {
  const [home = '', className = ''] = name.split(':');
  if (className.includes('.') || home === path || reaches(index, home, path)) return [];
  const parts = home.replace(/(\/__init__)?\.py$/, '').split('/');
  const absolute = parts.map((_, at) => parts.slice(at).join('.'));
  const modules = [...absolute, relativeName(parts, path)].filter(
    module => module !== undefined && index.moduleOf(path, module) === home,
  );
  return modules.map(module => ({ module: module ?? '', name: className }));
}

/** `..errors` for `shop/errors.py` seen from `shop/api/views.py`. */
function relativeName(target: readonly string[], path: string): string | undefined {
  const folders = path.split('/').slice(0, -1);
  let shared = 0;
  while (shared < folders.length && shared < target.length && folders[shared] === target[shared]) shared++;
  // Nothing above the first package can be named.
  if (shared === 0) return undefined;
  return '.'.repeat(folders.length - shared + 1) + target.slice(shared).join('.');
}

/** Whether importing one file, by itself and all that it imports, may lead to another one. */
function reaches(index: PythonIndex, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const path of seen) {
    if (path === to) return true;
    for (const imported of importedFiles(index, path)) seen.add(imported);
  }
  return false;
}

function importedFiles(index: PythonIndex, path: string): readonly string[] {
  const outline = index.outline(path);
  if (!outline) return [];
  const symbols = Object.values(outline.names).flatMap(value => (value ? [value.symbol] : []));
  const names = new Set([...symbols.filter(symbol => !symbol.startsWith(':')), ...outline.stars]);
  return [...names].flatMap(symbol => {
    const [dotted = ''] = symbol.split('(', 1);
    return prefixesOf(dotted).flatMap(module => index.moduleOf(path, module) ?? []);
  });
}

/** `shop`, `shop.errors`, `shop.errors.ShopError`: importing a module runs its packages first. */
function prefixesOf(dotted: string): readonly string[] {
  const dots = /^\.*/.exec(dotted)?.[0] ?? '';
  const parts = dotted.slice(dots.length).split('.');
  return parts.map((_, at) => dots + parts.slice(0, at + 1).join('.'));
}
