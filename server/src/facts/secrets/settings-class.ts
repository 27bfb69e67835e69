import { secretKnowledge } from '../../knowledge/secrets.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, childrenOf, kindOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';

/** Classes of a file that derive from each other are no deeper than that. */
const MAX_DEPTH = 5;

/** Whether the environment overrides the fields of a class: it derives from a settings class of this file or a library. */
export function isSettingsClass(file: PythonFile, definition: NodeIndex, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const { tree, text } = file.source;
  return childrenOf(tree, childByField(tree, definition, Field.superclasses)).some(base => {
    const symbol = file.resolver.valueOf(base)?.symbol;
    if (symbol !== undefined && secretKnowledge.settings.has(canonicalName(symbol) ?? '')) return true;
    // Bases of other files are known by name only; what goes by such a name counts as settings, so as to stay silent.
    if (/settings$/i.test(textOf(tree, text, base))) return true;
    const local = symbol?.startsWith(':') === true ? classNamed(file, symbol.slice(1)) : undefined;
    return local !== undefined && isSettingsClass(file, local, depth + 1);
  });
}

function classNamed({ table, source: { tree } }: PythonFile, name: string): NodeIndex | undefined {
  return table.scopes.find(
    ({ kind, qualifiedName, node }) =>
      kind === 'class' && qualifiedName === name && kindOf(tree, node) === Kind.class_definition,
  )?.node;
}
