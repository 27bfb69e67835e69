import type { GuardClause, TryGuard } from '../../core/facts/raises.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  childOfKind,
  childrenOf,
  endOfSubtree,
  kindOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import { readExceptHead } from '../exception-handlers/caught-types.ts';
import { walkOwn } from '../exception-handlers/walk-own.ts';
import type { PythonFile } from '../python/python-file.ts';
import { exceptionName } from './canonical.ts';

/** What each `try` statement of a file catches, by its number. */
export function readGuards(file: PythonFile): readonly TryGuard[] {
  const { tree } = file.source;
  return file.numbers.tries.nodes.map(statement => ({
    clauses: childrenOf(tree, statement)
      .filter(child => kindOf(tree, child) === Kind.except_clause)
      .map(clause => readClause(file, clause)),
  }));
}

function readClause(file: PythonFile, clause: NodeIndex): GuardClause {
  const { breadth, types, errorName } = readExceptHead(file, clause);
  const isBroad = breadth === 'bare' || breadth === 'baseException' || breadth === 'exception';
  return {
    types: types.map(type => (type === undefined ? undefined : exceptionName(type))),
    ...(isBroad && { broad: true }),
    ...(rethrows(file, childOfKind(file.source.tree, clause, Kind.block), errorName) && { rethrows: true }),
  };
}

/** Whether a handler has a bare `raise`, or raises the error by its name. */
function rethrows({ source: { tree, text } }: PythonFile, block: NodeIndex, errorName: string | undefined): boolean {
  let found = false;
  walkOwn(tree, block, node => {
    if (kindOf(tree, node) !== Kind.raise_statement) return true;
    const raised = node + 1 < endOfSubtree(tree, node) ? node + 1 : -1;
    const cause = childByField(tree, node, Field.cause);
    if (raised < 0 || raised === cause) found = true;
    else if (errorName !== undefined && isMadeOf(textOf(tree, text, raised), errorName)) found = true;
    return false;
  });
  return found;
}

/** `raise error`, `raise error.with_traceback(…)`, `raise error.__cause__`. */
function isMadeOf(raised: string, errorName: string): boolean {
  return raised === errorName || raised.startsWith(`${errorName}.`);
}
