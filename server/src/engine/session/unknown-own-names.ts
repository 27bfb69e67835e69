import type { PythonIndex } from '../../core/python-index.ts';
import type { PythonOutline } from '../../core/python-outline.ts';
import type { ConfigurationProblem } from '../model.ts';
import type { OwnName } from '../settings/read-configuration.ts';

/**
 * Names in the configuration that a module of the workspace ought to have, and has not. Names of other packages are left
 * alone: nobody looks into what is installed.
 */
export function unknownOwnNames(
  names: readonly OwnName[],
  index: Pick<PythonIndex, 'moduleOf' | 'outline'>,
): readonly ConfigurationProblem[] {
  return names.flatMap(({ name, path, range }) => {
    const missing = missingIn(name, index);
    if (!missing) return [];
    const message = `There is no \`${missing.name}\` in \`${missing.module}\`, so what is said of \`${name}\` has no effect.`;
    return [{ path, range, message, fatal: false }];
  });
}

interface Missing {
  readonly name: string;
  /** Path of the module that should have it. */
  readonly module: string;
}

function missingIn(name: string, index: Pick<PythonIndex, 'moduleOf' | 'outline'>): Missing | undefined {
  const parts = name.split('.');
  for (let length = parts.length; length > 0; length--) {
    const module = index.moduleOf('', parts.slice(0, length).join('.'));
    const outline = module === undefined ? undefined : index.outline(module);
    if (module === undefined) continue;
    const wanted = parts[length];
    const isThere = wanted === undefined || !outline || mayHave(outline, wanted);
    return isThere ? undefined : { name: wanted, module };
  }
  return undefined;
}

function mayHave({ names, stars, functions, classes }: PythonOutline, name: string): boolean {
  if (stars.length > 0 || Object.hasOwn(names, name)) return true;
  const defined = [...functions, ...classes].map(({ qualifiedName }) => qualifiedName);
  return defined.includes(name) || defined.includes('__getattr__');
}
