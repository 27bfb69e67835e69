import type { NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import type { Scope } from '../python/scopes.ts';

/** The module, class, function or lambda that a node's code runs in; comprehensions belong to the one around them. */
export function scopeAround({ table: { scopes, scopeOf } }: PythonFile, node: NodeIndex): Scope | undefined {
  let scope = scopes[scopeOf[node] ?? 0];
  while (scope?.kind === 'comprehension') scope = scopes[scope.parent];
  return scope;
}

/** The same where it is a function: neither of its outside, nor of a lambda or a class inside. */
export function functionAround(file: PythonFile, node: NodeIndex): Scope | undefined {
  const scope = scopeAround(file, node);
  return scope?.kind === 'function' ? scope : undefined;
}
