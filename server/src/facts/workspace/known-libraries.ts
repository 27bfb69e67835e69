import { blockingPackages } from '../../knowledge/blocking.ts';
import { PYTHON_HTTP_MODULES } from '../../knowledge/http-python.ts';
import { returnKnowledge } from '../../knowledge/returns.ts';
import { isStandardLibrary, topOf } from './outline/standard-library.ts';

const names = new Set([
  ...PYTHON_HTTP_MODULES,
  ...blockingPackages,
  ...Object.keys(returnKnowledge.aliases).map(topOf),
  ...Object.keys(returnKnowledge.returns).map(topOf),
]);

/** Whether a top-level module is that of a library which the knowledge speaks of, or of the standard library. */
export function isKnownLibrary(top: string): boolean {
  return names.has(top) || isStandardLibrary(top);
}
