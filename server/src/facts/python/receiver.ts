import type { PythonSource } from '../../core/source-file.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  firstChild,
  nextSibling,
  NO_NODE,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import type { Scope, ScopeKind } from './scopes.ts';

/** The first parameter of a method, unless it is static, and whether it is the class. */
export function receiverOf(
  source: PythonSource,
  outer: Scope | undefined,
  kind: ScopeKind,
  node: NodeIndex,
): Pick<Scope, 'receiver' | 'receivesClass'> {
  const none = { receiver: undefined, receivesClass: false };
  if (kind !== 'function' || outer?.kind !== 'class') return none;
  const { tree, text } = source;
  const decorated = parentOf(tree, node);
  let receivesClass = false;
  if (tree.kinds[decorated] === Kind.decorated_definition) {
    for (let child = firstChild(tree, decorated); child >= 0; child = nextSibling(tree, child)) {
      if (tree.kinds[child] !== Kind.decorator) continue;
      const decorator = textOf(tree, text, firstChild(tree, child));
      if (decorator === 'staticmethod') return none;
      if (decorator === 'classmethod') receivesClass = true;
    }
  }
  const parameters = childByField(tree, node, Field.parameters);
  const first = parameters < 0 ? NO_NODE : firstChild(tree, parameters);
  if (first < 0) return none;
  const name =
    tree.kinds[first] === Kind.identifier
      ? first
      : tree.kinds[first] === Kind.typed_parameter
        ? firstChild(tree, first)
        : NO_NODE;
  if (name < 0 || tree.kinds[name] !== Kind.identifier) return none;
  return { receiver: textOf(tree, text, name), receivesClass };
}
