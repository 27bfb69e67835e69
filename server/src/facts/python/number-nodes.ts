import type { SyntaxTree } from '../../core/syntax-tree.ts';
import { Kind } from '../../syntax/python/kinds.ts';
import type { NodeIndex } from '../../syntax/python/tree.ts';
import { numberedNodes } from './numbered-nodes.ts';
import type { NodeNumbers } from './python-file.ts';

/** Numbers the nodes that facts refer to, each kind in source order, and lists those that extractors start from. */
export function numberNodes({ kinds, size }: SyntaxTree): NodeNumbers {
  const lists = LISTS.map((): NodeIndex[] => []);
  const listed = (list: List): readonly NodeIndex[] => lists[LISTS.indexOf(list)] ?? [];
  const writes = lists[LISTS.indexOf('writes')];
  for (let node = 0; node < size; node++) {
    const kind = kinds[node] ?? 0;
    const list = LIST_OF[kind] ?? NONE;
    // Nine of ten nodes are of no such kind.
    if (list === NONE) continue;
    lists[list]?.push(node);
    if (kind === Kind.for_statement) writes?.push(node);
  }
  return {
    calls: numberedNodes(listed('calls')),
    functions: numberedNodes(listed('functions')),
    classes: numberedNodes(listed('classes')),
    loops: numberedNodes(listed('loops')),
    tries: numberedNodes(listed('tries')),
    imports: listed('imports'),
    comments: listed('comments'),
    strings: listed('strings'),
    exceptClauses: listed('exceptClauses'),
    withItems: listed('withItems'),
    ifStatements: listed('ifStatements'),
    returns: listed('returns'),
    yields: listed('yields'),
    writes: listed('writes'),
  };
}

type List = keyof NodeNumbers;

/** Kinds of the nodes in each list; a loop over targets is a write besides. */
const KINDS: Readonly<Record<List, readonly number[]>> = {
  calls: [Kind.call],
  functions: [Kind.function_definition, Kind.lambda],
  classes: [Kind.class_definition],
  loops: [Kind.for_statement, Kind.while_statement],
  tries: [Kind.try_statement],
  imports: [Kind.import_statement, Kind.import_from_statement],
  comments: [Kind.comment],
  strings: [Kind.string, Kind.concatenated_string],
  exceptClauses: [Kind.except_clause],
  withItems: [Kind.with_item],
  ifStatements: [Kind.if_statement],
  returns: [Kind.return_statement],
  yields: [Kind.yield],
  writes: [
    Kind.assignment,
    Kind.augmented_assignment,
    Kind.delete_statement,
    Kind.named_expression,
    Kind.as_pattern_target,
  ],
};

// `KINDS` has every list, and nothing else.
const LISTS = Object.keys(KINDS) as readonly List[];
const NONE = 255;
const LIST_OF = new Uint8Array(256).fill(NONE);
LISTS.forEach((list, index) => {
  for (const kind of KINDS[list]) LIST_OF[kind] = index;
});
