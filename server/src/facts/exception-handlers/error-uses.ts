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
import type { LogReader } from './log-calls.ts';

/** Where the caught error goes. */
export interface ErrorUses {
  /** It, or something made of it, leaves the handler as a value. */
  readonly handedOn: boolean;
  /** The object itself does, with its traceback. */
  readonly handedOnWhole: boolean;
}

/** What becomes of one occurrence: `whole` is the object itself, `derived` something made of it, such as its text. */
type Fate = { readonly kind: 'nothing' } | { readonly kind: 'leaves'; readonly whole: boolean } | Alias;
interface Alias {
  readonly kind: 'alias';
  readonly name: string;
  readonly whole: boolean;
}
const NOTHING: Fate = { kind: 'nothing' };

/** Calls that only look at the error. */
const LOOKS = /^(isinstance|issubclass|type|hasattr|len|id|bool|callable)$/;
/** Calls that make something else of it. */
const TURNS = /^(str|repr|format|getattr|vars|dict|list|tuple|int)$|\.(format|join)$/;

/** Follows the error through a handler's block. `errorName` is undefined for a handler that gives it no name. */
export function followError(
  file: PythonFile,
  logs: LogReader,
  block: NodeIndex,
  errorName: string | undefined,
): ErrorUses {
  const { tree, text } = file.source;
  const uses = { handedOn: false, handedOnWhole: false };
  const followed = new Set<string>();

  const settle = (fate: Fate): void => {
    if (fate.kind === 'nothing') return;
    if (fate.kind === 'alias' && !isUsedElsewhere(fate.name)) {
      follow(fate.name, fate.whole);
      return;
    }
    uses.handedOn = true;
    if (fate.whole) uses.handedOnWhole = true;
  };

  const follow = (name: string, whole: boolean): void => {
    if (followed.has(name)) return;
    followed.add(name);
    for (let node = block; node < endOfSubtree(tree, block); node++) {
      if (isValueNamed(node, name)) settle(fateOf(node, whole));
    }
  };

  function isValueNamed(node: NodeIndex, name: string): boolean {
    if (kindOf(tree, node) !== Kind.identifier || textOf(tree, text, node) !== name) return false;
    const field = tree.fields[node];
    if (field === Field.attribute) return false;
    const isKeyword = field === Field.name && kindOf(tree, parentOf(tree, node)) === Kind.keyword_argument;
    return !isKeyword && !isAssignmentTarget(node);
  }

  function isAssignmentTarget(node: NodeIndex): boolean {
    return tree.fields[node] === Field.left && kindOf(tree, parentOf(tree, node)) === Kind.assignment;
  }

  /** Climbs from an occurrence to the statement that decides what becomes of it. */
  function fateOf(occurrence: NodeIndex, isWhole: boolean): Fate {
    let whole = isWhole;
    let child = occurrence;
    for (let node = parentOf(tree, child); node >= 0; child = node, node = parentOf(tree, node)) {
      const field = tree.fields[child];
      switch (kindOf(tree, node)) {
        case Kind.call:
          if (field === Field.function) whole = false;
          else {
            const fate = fateOfArgument(node);
            if (fate === 'looks') return NOTHING;
            if (fate === 'leaves') return { kind: 'leaves', whole };
            whole = false;
          }
          break;
        case Kind.argument_list:
        case Kind.keyword_argument:
        case Kind.parenthesized_expression:
        case Kind.tuple:
        case Kind.list:
        case Kind.dictionary:
        case Kind.pair:
        case Kind.await:
        case Kind.expression_list:
        case Kind.boolean_operator:
          break;
        case Kind.conditional_expression:
          if (isMiddle(node, child)) return NOTHING;
          break;
        case Kind.comparison_operator:
        case Kind.not_operator:
          return NOTHING;
        case Kind.return_statement:
        case Kind.yield:
          return { kind: 'leaves', whole };
        case Kind.raise_statement:
          return NOTHING;
        case Kind.assignment:
        case Kind.augmented_assignment:
          return fateOfAssignment(node, whole);
        case Kind.named_expression:
          return { kind: 'alias', name: textOf(tree, text, childByField(tree, node, Field.name)), whole };
        case Kind.for_statement:
        case Kind.with_item:
        case Kind.for_in_clause:
        case Kind.lambda:
          return { kind: 'leaves', whole };
        case Kind.block:
        case Kind.if_statement:
        case Kind.elif_clause:
        case Kind.while_statement:
        case Kind.expression_statement:
        case Kind.delete_statement:
        case Kind.assert_statement:
        case Kind.match_statement:
          return NOTHING;
        default:
          whole = false;
      }
    }
    return NOTHING;
  }

  function fateOfArgument(call: NodeIndex): 'looks' | 'turns' | 'leaves' {
    if (logs.readLogCall(call, undefined) || logs.isTraceback(call)) return 'looks';
    const callee = textOf(tree, text, childByField(tree, call, Field.function));
    if (LOOKS.test(callee)) return 'looks';
    return TURNS.test(callee) ? 'turns' : 'leaves';
  }

  function fateOfAssignment(assignment: NodeIndex, whole: boolean): Fate {
    const target = childByField(tree, assignment, Field.left);
    if (kindOf(tree, target) !== Kind.identifier) return { kind: 'leaves', whole };
    return { kind: 'alias', name: textOf(tree, text, target), whole };
  }

  /** `a if condition else b`: the second child decides and goes nowhere. */
  function isMiddle(conditional: NodeIndex, child: NodeIndex): boolean {
    return nextSibling(tree, conditional + 1) === child;
  }

  /** Whether code around the handler reads a name that the handler gives a value. */
  function isUsedElsewhere(name: string): boolean {
    const scope = file.table.scopes[file.table.scopeOf[block] ?? 0];
    if (!scope || scope.delegated.has(name) || scope.kind === 'module') return true;
    for (let node = scope.node; node < endOfSubtree(tree, scope.node); node++) {
      if (node === block) {
        node = endOfSubtree(tree, block) - 1;
        continue;
      }
      if (isValueNamed(node, name)) return true;
    }
    return false;
  }

  if (errorName !== undefined) follow(errorName, true);
  // `sys.exc_info()` and `traceback.format_exc()` need no name; within a log call they go nowhere else.
  for (let node = block; node >= 0 && node < endOfSubtree(tree, block); node++) {
    if (kindOf(tree, node) === Kind.call && logs.isTraceback(node)) settle(fateOf(node, true));
  }
  return uses;
}
