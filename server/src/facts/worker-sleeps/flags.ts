import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, kindOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { enclosingFunction, type Binding, type Scope } from '../python/scopes.ts';
import { classOfReceiver } from './seconds.ts';

/** Whether a name or attribute that a loop reads is set to `True` or `False` by another function than the loop's own. */
export function isFlagSetElsewhere(file: PythonFile, node: NodeIndex): boolean {
  const { source, table } = file;
  const own = enclosingFunction(table.scopes, table.scopeOf[node] ?? 0);
  return bindingsOfFlag(file, node)
    .filter(binding => isBoolean(file, binding))
    .some(binding => {
      const setter = enclosingFunction(table.scopes, table.scopeOf[binding.node] ?? 0);
      if (!setter || setter === own) return false;
      // What the constructor sets is the state before the start.
      return textOf(source.tree, source.text, childByField(source.tree, setter.node, Field.name)) !== '__init__';
    });
}

function bindingsOfFlag(file: PythonFile, node: NodeIndex): readonly Binding[] {
  const { tree, text } = file.source;
  if (kindOf(tree, node) === Kind.attribute) {
    const owner = classOfReceiver(file, childByField(tree, node, Field.object));
    return owner?.attributes.get(textOf(tree, text, childByField(tree, node, Field.attribute))) ?? [];
  }
  const name = textOf(tree, text, node);
  return scopeOfName(file, name, node)?.bindings.get(name) ?? [];
}

/** The scope that owns a name; `global` and `nonlocal` of other functions file their assignments there. */
function scopeOfName({ table }: PythonFile, name: string, node: NodeIndex): Scope | undefined {
  const start = table.scopes[table.scopeOf[node] ?? 0];
  for (let scope = start; scope; scope = table.scopes[scope.parent]) {
    if (scope.kind === 'class' && scope !== start) continue;
    if (scope.delegated.has(name)) return table.scopes[scope.delegated.get(name) ?? 0];
    if (scope.bindings.has(name)) return scope;
  }
  return undefined;
}

function isBoolean({ source: { tree } }: PythonFile, binding: Binding): boolean {
  if (binding.kind !== 'assignment') return false;
  const kind = kindOf(tree, binding.value);
  return kind === Kind.true || kind === Kind.false;
}
