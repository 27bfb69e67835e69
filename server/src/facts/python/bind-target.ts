import type { PythonSource } from '../../core/source-file.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  childrenOf,
  firstChild,
  kindOf,
  nextSibling,
  NO_NODE,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import type { Binding } from './scopes.ts';

type BindName = (name: string, binding: Binding) => void;
type BindAttribute = (attributeNode: NodeIndex, binding: Binding) => void;

/** Kinds of nodes that {@link bindTarget} looks into. */
export const BINDING_KINDS: readonly number[] = [
  Kind.assignment,
  Kind.named_expression,
  Kind.augmented_assignment,
  Kind.for_statement,
  Kind.for_in_clause,
  Kind.type_alias_statement,
  Kind.delete_statement,
  Kind.as_pattern,
  Kind.case_pattern,
  Kind.splat_pattern,
  Kind.parameters,
  Kind.lambda_parameters,
];

/** Reports the names and `self` attributes that one statement or clause gives a value; nothing for other nodes. */
export function bindTarget(
  source: PythonSource,
  node: NodeIndex,
  bindName: BindName,
  bindAttribute: BindAttribute,
): void {
  const { tree, text } = source;
  const opaque = (target: NodeIndex): void => {
    bindAll(source, target, bindName, bindAttribute, name => ({ kind: 'opaque', node: name }));
  };
  switch (kindOf(tree, node)) {
    case Kind.assignment:
      bindAssignment(source, node, bindName, bindAttribute);
      break;
    case Kind.named_expression: {
      const value = childByField(tree, node, Field.value);
      bindName(textOf(tree, text, childByField(tree, node, Field.name)), {
        kind: 'assignment',
        node,
        value,
        annotation: NO_NODE,
      });
      break;
    }
    case Kind.augmented_assignment:
    case Kind.for_statement:
    case Kind.for_in_clause:
    case Kind.type_alias_statement:
      opaque(childByField(tree, node, Field.left));
      break;
    case Kind.delete_statement:
      for (const child of childrenOf(tree, node)) opaque(child);
      break;
    case Kind.as_pattern:
      bindAsPattern(source, node, bindName, bindAttribute, opaque);
      break;
    case Kind.case_pattern:
    case Kind.splat_pattern:
      bindCapture(source, node, bindName);
      break;
    case Kind.parameters:
    case Kind.lambda_parameters:
      bindParameters(source, node, bindName);
      break;
    default:
  }
}

function bindAssignment(source: PythonSource, node: NodeIndex, bindName: BindName, bindAttribute: BindAttribute): void {
  const { tree } = source;
  const left = childByField(tree, node, Field.left);
  const annotation = childByField(tree, node, Field.type);
  let value = childByField(tree, node, Field.right);
  // `a = b = value`: the right side is an assignment of its own.
  while (kindOf(tree, value) === Kind.assignment) value = childByField(tree, value, Field.right);
  bindPattern(source, left, value, annotation, node, bindName, bindAttribute);
}

/** Pairs targets with values where both sides are written out; everything else is opaque. */
function bindPattern(
  source: PythonSource,
  target: NodeIndex,
  value: NodeIndex,
  annotation: NodeIndex,
  statement: NodeIndex,
  bindName: BindName,
  bindAttribute: BindAttribute,
): void {
  const { tree, text } = source;
  const kind = kindOf(tree, target);
  const binding: Binding = { kind: 'assignment', node: statement, value, annotation };
  if (kind === Kind.identifier) {
    bindName(textOf(tree, text, target), binding);
  } else if (kind === Kind.attribute) {
    bindAttribute(target, binding);
  } else if (isSequence(kind)) {
    const targets = childrenOf(tree, target).filter(child => kindOf(tree, child) !== Kind.comment);
    const values = isSequence(kindOf(tree, value))
      ? childrenOf(tree, value).filter(child => kindOf(tree, child) !== Kind.comment)
      : [];
    const isPaired =
      targets.length === values.length && [...targets, ...values].every(child => !isStarred(kindOf(tree, child)));
    targets.forEach((child, index) => {
      const paired = isPaired ? values[index] : undefined;
      if (paired === undefined)
        bindAll(source, child, bindName, bindAttribute, name => ({ kind: 'opaque', node: name }));
      else bindPattern(source, child, paired, NO_NODE, statement, bindName, bindAttribute);
    });
  } else {
    bindAll(source, target, bindName, bindAttribute, name => ({ kind: 'opaque', node: name }));
  }
}

function isSequence(kind: number): boolean {
  return [
    Kind.pattern_list,
    Kind.tuple_pattern,
    Kind.list_pattern,
    Kind.expression_list,
    Kind.tuple,
    Kind.list,
  ].includes(kind);
}

function isStarred(kind: number): boolean {
  return kind === Kind.list_splat_pattern || kind === Kind.list_splat;
}

/** Every name and attribute in a target, however nested; subscripts bind nothing. */
function bindAll(
  source: PythonSource,
  target: NodeIndex,
  bindName: BindName,
  bindAttribute: BindAttribute,
  make: (node: NodeIndex) => Binding,
): void {
  const { tree, text } = source;
  if (target < 0) return;
  const kind = kindOf(tree, target);
  if (kind === Kind.identifier) bindName(textOf(tree, text, target), make(target));
  else if (kind === Kind.attribute) bindAttribute(target, make(target));
  else if (kind !== Kind.subscript && kind !== Kind.call) {
    for (const child of childrenOf(tree, target)) bindAll(source, child, bindName, bindAttribute, make);
  }
}

/** `with value as target` and `except type as name`; `as` in a `case` captures. */
function bindAsPattern(
  source: PythonSource,
  node: NodeIndex,
  bindName: BindName,
  bindAttribute: BindAttribute,
  opaque: (target: NodeIndex) => void,
): void {
  const { tree, text } = source;
  const alias = childByField(tree, node, Field.alias);
  const value = firstChild(tree, node);
  const parent = parentOf(tree, node);
  const target = kindOf(tree, alias) === Kind.as_pattern_target ? firstChild(tree, alias) : alias;
  if (kindOf(tree, parent) === Kind.except_clause && kindOf(tree, target) === Kind.identifier) {
    bindName(textOf(tree, text, target), { kind: 'error', node, type: value });
  } else if (kindOf(tree, parent) === Kind.with_item) {
    bindWithTarget(source, node, value, target, bindName, bindAttribute, opaque);
  } else {
    opaque(target >= 0 ? target : nextSibling(tree, value));
  }
}

function bindWithTarget(
  source: PythonSource,
  node: NodeIndex,
  value: NodeIndex,
  target: NodeIndex,
  bindName: BindName,
  bindAttribute: BindAttribute,
  opaque: (target: NodeIndex) => void,
): void {
  const { tree, text } = source;
  let statement = parentOf(tree, node);
  while (statement >= 0 && kindOf(tree, statement) !== Kind.with_statement) statement = parentOf(tree, statement);
  const isAsync = statement >= 0 && kindOf(tree, firstChild(tree, statement)) === Kind.async;
  const binding: Binding = { kind: 'with', node, value, isAsync };
  if (kindOf(tree, target) === Kind.identifier) bindName(textOf(tree, text, target), binding);
  else if (kindOf(tree, target) === Kind.attribute) bindAttribute(target, binding);
  else opaque(target);
}

/** `case name:`, `case Order(id=name)`, `*rest` and `**rest` capture; a dotted name compares. */
function bindCapture(source: PythonSource, pattern: NodeIndex, bindName: BindName): void {
  const { tree, text } = source;
  for (const child of childrenOf(tree, pattern)) {
    const kind = kindOf(tree, child);
    if (kind === Kind.dotted_name) {
      const isCapture = nextSibling(tree, firstChild(tree, child)) < 0;
      if (isCapture) bindName(textOf(tree, text, child), { kind: 'opaque', node: child });
    } else if (kind === Kind.identifier && kindOf(tree, pattern) === Kind.splat_pattern) {
      bindName(textOf(tree, text, child), { kind: 'opaque', node: child });
    } else if (kind === Kind.keyword_pattern || kind === Kind.other) {
      // Alternatives (`a | b`) have no kind of their own; patterns inside of sequences and classes come by themselves.
      bindCapture(source, child, bindName);
    }
  }
}

function bindParameters(source: PythonSource, parameters: NodeIndex, bindName: BindName): void {
  const { tree, text } = source;
  let position = 0;
  for (const child of childrenOf(tree, parameters)) {
    const kind = kindOf(tree, child);
    const name = parameterName(source, child);
    if (name < 0) continue;
    const isStarred = isStarredParameter(source, child);
    const annotation = childByField(tree, child, Field.type);
    const isPlain = kind === Kind.identifier || !isStarred;
    bindName(
      textOf(tree, text, name),
      isPlain ? { kind: 'parameter', node: child, annotation, position } : { kind: 'opaque', node: child },
    );
    position++;
  }
}

/** Node of a parameter's name, or {@link NO_NODE} for separators and comments. */
export function parameterName(source: PythonSource, parameter: NodeIndex): NodeIndex {
  const { tree } = source;
  switch (kindOf(tree, parameter)) {
    case Kind.identifier:
      return parameter;
    case Kind.default_parameter:
    case Kind.typed_default_parameter:
      return childByField(tree, parameter, Field.name);
    case Kind.typed_parameter:
    case Kind.list_splat_pattern:
    case Kind.dictionary_splat_pattern: {
      const inner = firstChild(tree, parameter);
      return kindOf(tree, inner) === Kind.identifier ? inner : parameterName(source, inner);
    }
    default:
      return NO_NODE;
  }
}

/** Whether a parameter is `*args` or `**kwargs`, annotated or not. */
export function isStarredParameter(source: PythonSource, parameter: NodeIndex): boolean {
  const { tree } = source;
  const kind = kindOf(tree, parameter);
  if (kind === Kind.list_splat_pattern || kind === Kind.dictionary_splat_pattern) return true;
  return kind === Kind.typed_parameter && isStarredParameter(source, firstChild(tree, parameter));
}
