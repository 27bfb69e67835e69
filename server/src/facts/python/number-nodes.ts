import type { SyntaxTree } from '../../core/syntax-tree.ts';
import { Kind } from '../../syntax/python/kinds.ts';
import type { NodeIndex } from '../../syntax/python/tree.ts';
import { numberedNodes } from './numbered-nodes.ts';
import type { NodeNumbers } from './python-file.ts';

/** Numbers the nodes that facts refer to, each kind in source order, and lists those that extractors start from. */
export function numberNodes(tree: SyntaxTree): NodeNumbers {
  const [calls, functions, classes, loops, tries] = [newList(), newList(), newList(), newList(), newList()];
  const [imports, comments, strings, exceptClauses, withItems] = [
    newList(),
    newList(),
    newList(),
    newList(),
    newList(),
  ];
  const { kinds, size } = tree;
  for (let node = 0; node < size; node++) {
    // Nine of ten nodes are of no such kind.
    switch (ROLES[kinds[node] ?? 0] ?? Role.none) {
      case Role.none:
        break;
      case Role.call:
        calls.push(node);
        break;
      case Role.function:
        functions.push(node);
        break;
      case Role.class:
        classes.push(node);
        break;
      case Role.loop:
        loops.push(node);
        break;
      case Role.try:
        tries.push(node);
        break;
      case Role.import:
        imports.push(node);
        break;
      case Role.comment:
        comments.push(node);
        break;
      case Role.string:
        strings.push(node);
        break;
      case Role.exceptClause:
        exceptClauses.push(node);
        break;
      default:
        withItems.push(node);
    }
  }
  return {
    calls: numberedNodes(calls),
    functions: numberedNodes(functions),
    classes: numberedNodes(classes),
    loops: numberedNodes(loops),
    tries: numberedNodes(tries),
    imports,
    comments,
    strings,
    exceptClauses,
    withItems,
  };
}

const Role = {
  none: 0,
  call: 1,
  function: 2,
  class: 3,
  loop: 4,
  try: 5,
  import: 6,
  comment: 7,
  string: 8,
  exceptClause: 9,
  withItem: 10,
} as const;

const ROLES = new Uint8Array(256);
for (const [role, kinds] of [
  [Role.call, [Kind.call]],
  [Role.function, [Kind.function_definition, Kind.lambda]],
  [Role.class, [Kind.class_definition]],
  [Role.loop, [Kind.for_statement, Kind.while_statement]],
  [Role.try, [Kind.try_statement]],
  [Role.import, [Kind.import_statement, Kind.import_from_statement]],
  [Role.comment, [Kind.comment]],
  [Role.string, [Kind.string, Kind.concatenated_string]],
  [Role.exceptClause, [Kind.except_clause]],
  [Role.withItem, [Kind.with_item]],
] as const) {
  for (const kind of kinds) ROLES[kind] = role;
}

function newList(): NodeIndex[] {
  return [];
}
