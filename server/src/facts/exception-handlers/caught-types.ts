import type { HandlerBreadth } from '../../core/facts/exception-handler.ts';
import type { SyntaxTree } from '../../core/syntax-tree.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  childrenOf,
  firstChild,
  kindOf,
  NO_NODE,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';

/** What the head of an `except` clause says. */
export interface CaughtTypes {
  readonly breadth: HandlerBreadth;
  readonly types: readonly (string | undefined)[];
  readonly errorName: string | undefined;
  /** Offset after the head, before the colon. */
  readonly headEnd: number;
}

/** Reads `except A`, `except (A, B) as e`, `except* A` and a bare `except`. */
export function readExceptHead(file: PythonFile, clause: NodeIndex): CaughtTypes {
  const { tree, text } = file.source;
  const start = tree.starts[clause] ?? 0;
  const values = childrenOf(tree, clause).filter(child => tree.fields[child] === Field.value || isNamed(tree, child));
  const last = values.at(-1);
  if (last === undefined) {
    return { breadth: 'bare', types: [], errorName: undefined, headEnd: start + 'except'.length };
  }
  const isAliased = kindOf(tree, last) === Kind.as_pattern;
  const target = isAliased ? childByField(tree, last, Field.alias) : NO_NODE;
  const expressions = values.map(value => (kindOf(tree, value) === Kind.as_pattern ? firstChild(tree, value) : value));
  const types = expressions.flatMap(expression => typesOf(file, expression));
  return {
    breadth: breadthOf(types),
    types,
    errorName: target < 0 ? undefined : textOf(tree, text, target),
    headEnd: tree.ends[last] ?? start,
  };
}

/** Types after the first of `except A, B:`, which the grammar leaves without a field. */
function isNamed(tree: SyntaxTree, node: NodeIndex): boolean {
  const kind = kindOf(tree, node);
  return kind !== Kind.block && kind !== Kind.comment && kind !== Kind['*'] && kind !== Kind.ERROR;
}

/** How much a list of resolved types catches; one broad type is enough. */
export function breadthOf(types: readonly (string | undefined)[]): HandlerBreadth {
  const has = (...names: readonly string[]): boolean => types.some(type => type !== undefined && names.includes(type));
  if (has('builtins.BaseException', 'builtins.BaseExceptionGroup')) return 'baseException';
  if (has('builtins.Exception', 'builtins.ExceptionGroup')) return 'exception';
  return types.length === 0 || types.includes(undefined) ? 'unknown' : 'narrow';
}

/** Canonical names of the types in an expression: one type, a tuple, or a name that stands for a tuple. */
export function typesOf(file: PythonFile, expression: NodeIndex): readonly (string | undefined)[] {
  const { tree } = file.source;
  switch (kindOf(tree, expression)) {
    case Kind.tuple:
      return childrenOf(tree, expression)
        .filter(child => kindOf(tree, child) !== Kind.comment)
        .flatMap(child => typesOf(file, child));
    case Kind.parenthesized_expression:
      return typesOf(file, firstChild(tree, expression));
    case Kind.list_splat: {
      const [tuple] = childrenOf(tree, expression).filter(child => kindOf(tree, child) !== Kind['*']);
      return tuple === undefined ? [undefined] : typesOf(file, tuple);
    }
    default: {
      const symbol = file.resolver.valueOf(expression)?.symbol;
      if (symbol === 'builtins.tuple()') return typesOfConstant(file, expression);
      return [symbol === undefined ? undefined : canonicalName(symbol)];
    }
  }
}

/** `RETRYABLE = (A, B)` at the top of the module. */
function typesOfConstant(file: PythonFile, name: NodeIndex): readonly (string | undefined)[] {
  const { tree, text } = file.source;
  const bindings = file.table.scopes[0]?.bindings.get(textOf(tree, text, name)) ?? [];
  const [only, ...others] = bindings;
  if (only?.kind !== 'assignment' || others.length > 0 || kindOf(tree, only.value) !== Kind.tuple) return [undefined];
  // A tuple that names itself would never end.
  const isInside = only.value <= name && name < (tree.nexts[only.value] ?? 0);
  return isInside || parentOf(tree, only.value) < 0 ? [undefined] : typesOf(file, only.value);
}
