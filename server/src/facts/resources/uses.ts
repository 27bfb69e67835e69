import type { ResourceKind } from '../../knowledge/resources.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { endOfSubtree, kindOf, parentOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import type { Scope } from '../python/scopes.ts';
import { flowOf } from './flow.ts';
import { scopeAround } from './scope.ts';

/** What a function does with a resource that a local variable holds. */
export interface ResourceUses {
  /** Identifiers that use it, or something that depends on it, in source order; those that close it included. */
  readonly places: readonly NodeIndex[];
  /** Calls that close it. */
  readonly closes: readonly NodeIndex[];
  /** `with` statements that it is the subject of. */
  readonly entered: readonly { readonly statement: NodeIndex; readonly closing: boolean }[];
  /** Attributes of it that are used. */
  readonly attributes: ReadonlySet<string>;
  /** Somebody else may close it, or nobody can tell. */
  readonly escapes: boolean;
}

/** Further names through which a resource is followed: `reader = csv.reader(file)`, `rows = cursor.execute(…)`. */
const MAX_DEPTH = 3;

/** Finds all uses of a local variable of a function, and of the variables that depend on it. */
export function findUses(file: PythonFile, scope: Scope, name: string, kind: ResourceKind, depth = 0): ResourceUses {
  const { tree, text } = file.source;
  const places: NodeIndex[] = [];
  const closes: NodeIndex[] = [];
  const entered: { statement: NodeIndex; closing: boolean }[] = [];
  const attributes = new Set<string>();
  let escapes = false;

  for (let node = scope.node; node < endOfSubtree(tree, scope.node); node++) {
    if (kindOf(tree, node) !== Kind.identifier || textOf(tree, text, node) !== name || !isVariable(file, node))
      continue;
    if (scopeAround(file, node) !== scope) {
      escapes = true;
      continue;
    }
    if (isTarget(file, node)) continue;
    places.push(node);
    const flow = flowOf(file, node, kind);
    switch (flow.kind) {
      case 'used':
      case 'iterated':
        if (flow.attribute !== undefined) attributes.add(flow.attribute);
        break;
      case 'closed':
        closes.push(flow.call);
        break;
      case 'entered':
        entered.push(flow);
        break;
      case 'named': {
        const isFollowed = !flow.direct && depth < MAX_DEPTH && flow.name !== name;
        if (!isFollowed || scope.bindings.get(flow.name)?.length !== 1 || scope.delegated.has(flow.name))
          escapes = true;
        else {
          const inner = findUses(file, scope, flow.name, DEPENDENT, depth + 1);
          places.push(...inner.places);
          escapes ||= inner.escapes;
        }
        break;
      }
      case 'escapes':
        escapes = true;
    }
  }
  return { places, closes, entered, attributes, escapes };
}

/** What depends on a resource has no close of its own that would matter. */
export const DEPENDENT: ResourceKind = { openers: [], what: '', name: '', close: [], context: 'none' };

function isVariable({ source: { tree } }: PythonFile, node: NodeIndex): boolean {
  const parent = kindOf(tree, parentOf(tree, node));
  const field = tree.fields[node];
  const isName = field === Field.name && NAMED.has(parent);
  return !isName && !(parent === Kind.attribute && field === Field.attribute);
}

/** What a `name` field names besides variables. */
const NAMED: ReadonlySet<number> = new Set([Kind.keyword_argument, Kind.function_definition, Kind.class_definition]);

/** Names on the left of an assignment, and after `as`. */
function isTarget({ source: { tree } }: PythonFile, node: NodeIndex): boolean {
  const parent = parentOf(tree, node);
  const field = tree.fields[node];
  switch (kindOf(tree, parent)) {
    case Kind.as_pattern_target:
      return true;
    case Kind.named_expression:
      return field === Field.name;
    case Kind.assignment:
      return field === Field.left;
    case Kind.pattern_list:
    case Kind.tuple_pattern:
      return kindOf(tree, parentOf(tree, parent)) === Kind.assignment;
    default:
      return false;
  }
}
