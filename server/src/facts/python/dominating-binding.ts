import type { PythonSource } from '../../core/source-file.ts';
import { Kind } from '../../syntax/python/kinds.ts';
import { endOfSubtree, kindOf, parentOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { Binding } from './scopes.ts';

/**
 * The one of several bindings of a name that has certainly run last when control reaches `at`, or undefined.
 *
 * It stands before `at` in a block around `at`, no other binding stands between them, and no loop around `at` that
 * does not hold it too can bring another binding back.
 */
export function dominatingBinding(
  source: PythonSource,
  bindings: readonly Binding[],
  at: NodeIndex,
): Binding | undefined {
  const { tree } = source;
  const use = tree.starts[at] ?? 0;
  let latest: Binding | undefined;
  for (const binding of bindings) {
    const isBefore = bindingEnd(source, binding) <= use;
    if (isBefore && (!latest || bindingEnd(source, binding) > bindingEnd(source, latest))) latest = binding;
  }
  if (!latest) return undefined;
  if (!isAncestor(source, homeOf(source, latest), at)) return undefined;
  // A statement that holds `at` binds only after it has evaluated it.
  for (let loop = loopAround(source, at); loop >= 0; loop = loopAround(source, loop)) {
    if (contains(source, loop, latest.node)) break;
    if (bindings.some(other => other !== latest && contains(source, loop, other.node))) return undefined;
  }
  return latest;
}

/** Offset from which on the binding holds: the end of an assignment, the end of a `with` header. */
export function bindingEnd(source: PythonSource, binding: Binding): number {
  return source.tree.ends[binding.node] ?? 0;
}

/** Around `:=`: short circuits, branches and comprehensions may never evaluate it. */
const MAY_BE_LEFT_OUT: ReadonlySet<number> = new Set([
  Kind.boolean_operator,
  Kind.conditional_expression,
  Kind.elif_clause,
  Kind.case_clause,
  Kind.list_comprehension,
  Kind.set_comprehension,
  Kind.dictionary_comprehension,
  Kind.generator_expression,
]);

/** The node inside of which the binding is sure to have run once control is past it. */
export function homeOf(source: PythonSource, binding: Binding): NodeIndex {
  const { tree } = source;
  let node = parentOf(tree, binding.node);
  while (node >= 0) {
    const kind = kindOf(tree, node);
    if (kind === Kind.block || kind === Kind.module || kind === Kind.function_definition || kind === Kind.lambda)
      return node;
    if (kind === Kind.with_statement || kind === Kind.except_clause) {
      // `with … as x` holds after the statement as well; `except … as e` only inside of it.
      if (kind === Kind.except_clause || binding.kind === 'with')
        return kind === Kind.except_clause ? node : parentOf(tree, node);
    }
    if (MAY_BE_LEFT_OUT.has(kind)) return node;
    node = parentOf(tree, node);
  }
  return 0;
}

function loopAround(source: PythonSource, node: NodeIndex): NodeIndex {
  const { tree } = source;
  for (let current = parentOf(tree, node); current >= 0; current = parentOf(tree, current)) {
    const kind = kindOf(tree, current);
    if (kind === Kind.for_statement || kind === Kind.while_statement) return current;
    if (kind === Kind.function_definition || kind === Kind.lambda) return -1;
  }
  return -1;
}

function contains(source: PythonSource, outer: NodeIndex, inner: NodeIndex): boolean {
  return outer <= inner && inner < endOfSubtree(source.tree, outer);
}

function isAncestor(source: PythonSource, ancestor: NodeIndex, node: NodeIndex): boolean {
  return contains(source, ancestor, node);
}
