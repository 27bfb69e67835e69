import type { Value } from '../../core/python-facts.ts';
import type { PythonSource } from '../../core/source-file.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, endOfSubtree, firstChild, kindOf, type NodeIndex } from '../../syntax/python/tree.ts';

const DEPENDS: ReadonlySet<string> = new Set([
  'fastapi.Depends',
  'fastapi.Security',
  'fastapi.params.Depends',
  'fastapi.param_functions.Depends',
]);

/** What FastAPI calls to fill a parameter: `get_db` of `db=Depends(get_db)` and of `db: Annotated[Session, Depends(get_db)]`. */
export function dependencyOf(
  source: PythonSource,
  parameter: NodeIndex,
  valueOf: (node: NodeIndex) => Value | undefined,
): Value | undefined {
  const { tree } = source;
  const written = childByField(tree, parameter, Field.value);
  const marker = isDepends(written) ? written : dependsIn(childByField(tree, parameter, Field.type));
  const list = marker < 0 ? -1 : childByField(tree, marker, Field.arguments);
  if (kindOf(tree, list) !== Kind.argument_list) return undefined;
  const first = firstChild(tree, list);
  return first < 0 || kindOf(tree, first) === Kind.keyword_argument ? undefined : valueOf(first);

  function isDepends(node: NodeIndex): boolean {
    if (node < 0 || kindOf(tree, node) !== Kind.call) return false;
    return DEPENDS.has(valueOf(childByField(tree, node, Field.function))?.symbol ?? '');
  }

  function dependsIn(annotation: NodeIndex): NodeIndex {
    if (annotation < 0) return -1;
    for (let node = annotation; node < endOfSubtree(tree, annotation); node++) if (isDepends(node)) return node;
    return -1;
  }
}
