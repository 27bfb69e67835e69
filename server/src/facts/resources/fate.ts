import type { ResourceFate } from '../../core/facts/resource.ts';
import type { ResourceKind } from '../../knowledge/resources.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  endOfSubtree,
  kindOf,
  nextSibling,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import type { ResourceUses } from './uses.ts';

/** What becomes of a resource that a local variable holds, from all its uses. */
export function fateOf(
  file: PythonFile,
  opener: NodeIndex,
  name: string,
  uses: ResourceUses,
  kind: ResourceKind,
): ResourceFate {
  const closesByWith = uses.entered.some(({ closing }) => closing || kind.context !== 'none');
  if (closesByWith) return 'closed';
  if (uses.escapes) return 'handedOver';
  const isIdle = kind.evidence !== undefined && !kind.evidence.some(attribute => uses.attributes.has(attribute));
  if (uses.closes.length === 0) return isIdle || runsForever(file, opener) ? 'unknown' : 'leaked';
  // Ending a process or a pool is the very use of it: there is no path on which it would be left over by mistake.
  if (kind.evidence !== undefined) return 'closed';

  const places = uses.closes.map(close => placeOfClose(file, opener, close, name));
  if (places.includes('always')) return 'closed';
  const isOnErrorToo = places.includes('onError') && places.some(place => place !== 'onError');
  if (isOnErrorToo) return 'closed';
  return places.includes('straight') ? 'closedWithoutError' : 'unknown';
}

type ClosePlace = 'always' | 'onError' | 'straight' | 'sometimes';

function placeOfClose(file: PythonFile, opener: NodeIndex, close: NodeIndex, name: string): ClosePlace {
  const { tree, text } = file.source;
  const home = blockAround(file, opener);
  for (let child = close, node = parentOf(tree, close); node >= 0; child = node, node = parentOf(tree, node)) {
    switch (kindOf(tree, node)) {
      case Kind.finally_clause:
        return 'always';
      case Kind.except_clause:
        return 'onError';
      case Kind.block:
      case Kind.module:
        if (node !== home) break;
        return nextStatement(file, opener) === child && kindOf(tree, child) !== Kind.try_statement
          ? 'always'
          : 'straight';
      case Kind.if_statement:
      case Kind.elif_clause: {
        const condition = textOf(tree, text, childByField(tree, node, Field.condition));
        if (!new RegExp(`\\b${name}\\b`).test(condition)) return 'sometimes';
        break;
      }
      case Kind.for_statement:
      case Kind.while_statement:
      case Kind.case_clause:
        return 'sometimes';
      case Kind.else_clause:
        // That of a `try` statement runs unless there is an error.
        if (kindOf(tree, parentOf(tree, node)) === Kind.try_statement) break;
        return 'sometimes';
    }
  }
  return 'sometimes';
}

function blockAround({ source: { tree } }: PythonFile, node: NodeIndex): NodeIndex {
  let current = parentOf(tree, node);
  while (current > 0 && kindOf(tree, current) !== Kind.block) current = parentOf(tree, current);
  return Math.max(current, 0);
}

/** The statement right after the one that a node stands in. */
function nextStatement(file: PythonFile, node: NodeIndex): NodeIndex {
  const { tree } = file.source;
  const home = blockAround(file, node);
  let statement = node;
  while (parentOf(tree, statement) !== home) statement = parentOf(tree, statement);
  let next = nextSibling(tree, statement);
  while (kindOf(tree, next) === Kind.comment) next = nextSibling(tree, next);
  return next;
}

/** Whether an endless loop follows in the function: what serves it lives as long as the program. */
function runsForever({ source: { tree, text } }: PythonFile, opener: NodeIndex): boolean {
  let scope = parentOf(tree, opener);
  while (scope > 0 && kindOf(tree, scope) !== Kind.function_definition) scope = parentOf(tree, scope);
  for (let node = opener; node < endOfSubtree(tree, Math.max(scope, 0)); node++) {
    if (kindOf(tree, node) !== Kind.while_statement) continue;
    const condition = textOf(tree, text, childByField(tree, node, Field.condition));
    if (condition === 'True' || condition === '1') return true;
  }
  return false;
}
