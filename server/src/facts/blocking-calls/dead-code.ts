import type { PythonSource } from '../../core/source-file.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  firstChild,
  kindOf,
  nextSibling,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';

/** Whether nothing leads to a call: it stands behind a `return` of the same block, or under a condition that never holds. */
export function isDead({ tree, text }: PythonSource, call: NodeIndex): boolean {
  for (let child = call, node = parentOf(tree, call); node >= 0; child = node, node = parentOf(tree, node)) {
    switch (kindOf(tree, node)) {
      case Kind.function_definition:
      case Kind.lambda:
        return false;
      case Kind.block:
        for (let before = firstChild(tree, node); before >= 0 && before < child; before = nextSibling(tree, before)) {
          if (EXITS.has(kindOf(tree, before))) return true;
        }
        break;
      case Kind.if_statement:
      case Kind.while_statement: {
        const field = tree.fields[child];
        const isInside = field === Field.consequence || field === Field.body;
        if (isInside && NEVER.test(textOf(tree, text, childByField(tree, node, Field.condition)))) return true;
      }
    }
  }
  return false;
}

const EXITS: ReadonlySet<number> = new Set([
  Kind.return_statement,
  Kind.raise_statement,
  Kind.break_statement,
  Kind.continue_statement,
]);

const NEVER = /^(?:False|0|(?:\w+\.)?TYPE_CHECKING)$/;
