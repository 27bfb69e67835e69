import type { PythonSource } from '../../../core/source-file.ts';
import { Field, Kind } from '../kinds.ts';
import { childByField, endOfSubtree, kindOf, parentOf, textOf, type NodeIndex } from '../tree.ts';

/** Nodes that open a scope of their own. */
const SCOPES: ReadonlySet<number> = new Set([
  Kind.module,
  Kind.function_definition,
  Kind.class_definition,
  Kind.lambda,
  Kind.list_comprehension,
  Kind.set_comprehension,
  Kind.dictionary_comprehension,
  Kind.generator_expression,
]);

/** Identifiers of a name that stand for the variable, not for an attribute or a keyword of a call; those of imports included. */
export function occurrencesOf(source: PythonSource, name: string): NodeIndex[] {
  const { tree, text } = source;
  const found: NodeIndex[] = [];
  for (let node = 0; node < tree.size; node++) {
    if ((tree.ends[node] ?? 0) - (tree.starts[node] ?? 0) !== name.length) continue;
    if (isVariable(source, node) && textOf(tree, text, node) === name) found.push(node);
  }
  return found;
}

/** {@link occurrencesOf} for all names at once. */
export function occurrencesByName(source: PythonSource): ReadonlyMap<string, readonly NodeIndex[]> {
  const { tree, text } = source;
  const found = new Map<string, NodeIndex[]>();
  for (let node = 0; node < tree.size; node++) {
    if (!isVariable(source, node)) continue;
    const name = textOf(tree, text, node);
    const others = found.get(name);
    if (others) others.push(node);
    else found.set(name, [node]);
  }
  return found;
}

function isVariable({ tree }: PythonSource, node: NodeIndex): boolean {
  if (kindOf(tree, node) !== Kind.identifier) return false;
  const parent = parentOf(tree, node);
  const isAttribute = kindOf(tree, parent) === Kind.attribute && tree.fields[node] === Field.attribute;
  const isKeyword = kindOf(tree, parent) === Kind.keyword_argument && tree.fields[node] === Field.name;
  return !isAttribute && !isKeyword;
}

/** Whether an identifier gives the name a value (or takes it away), other than by an import. */
export function isBinding({ tree }: PythonSource, identifier: NodeIndex): boolean {
  let child = identifier;
  for (let node = parentOf(tree, identifier); node >= 0; child = node, node = parentOf(tree, node)) {
    const field = tree.fields[child];
    switch (kindOf(tree, node)) {
      case Kind.pattern_list:
      case Kind.tuple_pattern:
      case Kind.list_pattern:
      case Kind.list_splat_pattern:
      case Kind.dictionary_splat_pattern:
      case Kind.expression_list:
      case Kind.tuple:
      case Kind.list:
      case Kind.parenthesized_expression:
      case Kind.typed_parameter:
        if (kindOf(tree, node) === Kind.typed_parameter && field === Field.type) return false;
        continue;
      case Kind.assignment:
      case Kind.augmented_assignment:
      case Kind.for_statement:
      case Kind.for_in_clause:
        return field === Field.left;
      case Kind.named_expression:
      case Kind.function_definition:
      case Kind.class_definition:
      case Kind.default_parameter:
      case Kind.typed_default_parameter:
        return field === Field.name;
      case Kind.parameters:
      case Kind.lambda_parameters:
      case Kind.as_pattern_target:
      case Kind.global_statement:
      case Kind.nonlocal_statement:
      case Kind.delete_statement:
      case Kind.type_parameter:
      case Kind.case_pattern:
      case Kind.splat_pattern:
      case Kind.keyword_pattern:
        return true;
      default:
        return false;
    }
  }
  return false;
}

/**
 * The scope in which a node is evaluated. What `global` and `nonlocal` name belongs to the module: that is as far out as
 * it can be.
 */
export function scopeAround({ tree }: PythonSource, identifier: NodeIndex): NodeIndex {
  const kind = kindOf(tree, parentOf(tree, identifier));
  if (kind === Kind.global_statement || kind === Kind.nonlocal_statement) return 0;
  let child = identifier;
  for (let node = parentOf(tree, identifier); node > 0; child = node, node = parentOf(tree, node)) {
    if (!SCOPES.has(kindOf(tree, node))) continue;
    if (isInside(kindOf(tree, node), tree.fields[child] ?? 0)) return node;
  }
  return 0;
}

/** A definition's name, decorators, defaults and base classes belong to the scope around it. */
function isInside(kind: number, field: number): boolean {
  if (kind === Kind.class_definition) return field === Field.body;
  if (kind === Kind.function_definition) return field === Field.body || field === Field.parameters;
  return true;
}

/** Scopes whose names can be seen at a place, innermost first; classes only when the place is directly in their body. */
export function scopesSeenFrom(source: PythonSource, offset: number): NodeIndex[] {
  const { tree } = source;
  const seen: NodeIndex[] = [];
  for (let scope = scopeAround(source, deepestAt(source, offset)); ; scope = scopeAround(source, scope)) {
    if (kindOf(tree, scope) !== Kind.class_definition || seen.length === 0) seen.push(scope);
    if (scope === 0) return seen;
  }
}

/** The deepest node that starts at or before an offset and ends after it. */
export function deepestAt({ tree }: PythonSource, offset: number): NodeIndex {
  let found = 0;
  for (let node = 1; node < tree.size;) {
    const holds = (tree.starts[node] ?? 0) <= offset && offset < (tree.ends[node] ?? 0);
    if (holds) found = node;
    node = holds ? node + 1 : endOfSubtree(tree, node);
    if ((tree.starts[node] ?? 0) > offset) break;
  }
  return found;
}

/** Whether a place runs later than the code around the function that it is in. */
export function isDeferred(source: PythonSource, offset: number): boolean {
  const { tree } = source;
  return scopesSeenFrom(source, offset).some(scope => {
    const kind = kindOf(tree, scope);
    if (kind === Kind.lambda) return true;
    const body = childByField(tree, scope, Field.body);
    return kind === Kind.function_definition && (tree.starts[body] ?? 0) <= offset;
  });
}
