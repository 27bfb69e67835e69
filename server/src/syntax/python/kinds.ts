/**
 * Node types of tree-sitter-python 0.25.0 that anything looks at, numbered for {@link SyntaxTree.kinds}.
 * Anonymous tokens are kept only where they decide a meaning (`async`, operators).
 */
const NAMES = [
  'other',
  'ERROR',
  'module',
  'comment',
  // Statements.
  'expression_statement',
  'assignment',
  'augmented_assignment',
  'return_statement',
  'raise_statement',
  'pass_statement',
  'break_statement',
  'continue_statement',
  'delete_statement',
  'global_statement',
  'nonlocal_statement',
  'assert_statement',
  'import_statement',
  'import_from_statement',
  'future_import_statement',
  'if_statement',
  'elif_clause',
  'else_clause',
  'for_statement',
  'while_statement',
  'try_statement',
  'except_clause',
  'finally_clause',
  'with_statement',
  'with_clause',
  'with_item',
  'function_definition',
  'class_definition',
  'decorated_definition',
  'decorator',
  'match_statement',
  'case_clause',
  'type_alias_statement',
  'block',
  // Expressions.
  'identifier',
  'attribute',
  'call',
  'argument_list',
  'keyword_argument',
  'list_splat',
  'dictionary_splat',
  'subscript',
  'slice',
  'await',
  'yield',
  'lambda',
  'lambda_parameters',
  'parenthesized_expression',
  'tuple',
  'list',
  'dictionary',
  'set',
  'pair',
  'string',
  'string_start',
  'string_content',
  'string_end',
  'interpolation',
  'concatenated_string',
  'integer',
  'float',
  'true',
  'false',
  'none',
  'ellipsis',
  'unary_operator',
  'binary_operator',
  'boolean_operator',
  'not_operator',
  'comparison_operator',
  'conditional_expression',
  'named_expression',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
  'for_in_clause',
  'if_clause',
  'expression_list',
  'as_pattern',
  'as_pattern_target',
  'escape_sequence',
  'line_continuation',
  // Patterns, parameters, names.
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'list_splat_pattern',
  'dictionary_splat_pattern',
  'case_pattern',
  'class_pattern',
  'keyword_pattern',
  'dict_pattern',
  'splat_pattern',
  'parameters',
  'typed_parameter',
  'default_parameter',
  'typed_default_parameter',
  'keyword_separator',
  'positional_separator',
  'type',
  'generic_type',
  'type_parameter',
  'union_type',
  'member_type',
  'constrained_type',
  'splat_type',
  'dotted_name',
  'aliased_import',
  'relative_import',
  'import_prefix',
  'wildcard_import',
  'exec_statement',
  'print_statement',
  // Anonymous tokens.
  'async',
  'or',
  'and',
  'not',
  'in',
  'not in',
  'is',
  'is not',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '**',
  '@',
  '|',
  '&',
  '^',
  '<<',
  '>>',
  '~',
  '+=',
  '-=',
  '*=',
  '/=',
  '//=',
  '%=',
  '**=',
  '|=',
  '&=',
  '^=',
  '<<=',
  '>>=',
  '@=',
] as const;

export type KindName = (typeof NAMES)[number];

/** Number of each kind. */
// The entries are exactly the names, which `fromEntries` cannot express.
export const Kind = Object.freeze(Object.fromEntries(NAMES.map((name, index) => [name, index]))) as Readonly<
  Record<KindName, number>
>;

const FIELD_NAMES = [
  '',
  'alias',
  'alternative',
  'argument',
  'arguments',
  'attribute',
  'body',
  'cause',
  'code',
  'condition',
  'consequence',
  'definition',
  'expression',
  'function',
  'guard',
  'key',
  'left',
  'module_name',
  'name',
  'object',
  'operator',
  'operators',
  'parameters',
  'return_type',
  'right',
  'subject',
  'subscript',
  'superclasses',
  'type',
  'type_conversion',
  'type_parameters',
  'value',
  'format_specifier',
] as const;

export type FieldName = Exclude<(typeof FIELD_NAMES)[number], ''>;

/** Number of each field. */
// As above.
export const Field = Object.freeze(Object.fromEntries(FIELD_NAMES.map((name, index) => [name, index]))) as Readonly<
  Record<FieldName, number>
>;

/** Tables from the grammar's own numbers to ours. */
export interface GrammarTables {
  /** Our kind by the grammar's symbol id; 255 for tokens that the flat tree leaves out. */
  readonly kinds: Uint8Array;
  readonly fields: Uint8Array;
}

export const LEFT_OUT = 255;

/**
 * @param types names of the grammar's symbols by id, as `language.types` gives them
 * @param isNamed whether a symbol id is a named node
 */
export function grammarTables(
  types: readonly (string | null | undefined)[],
  fields: readonly (string | null | undefined)[],
  isNamed: (id: number) => boolean,
): GrammarTables {
  const byName = new Map<string, number>(NAMES.map((name, index) => [name, index]));
  const kinds = new Uint8Array(65536).fill(LEFT_OUT);
  types.forEach((type, id) => {
    if (typeof type !== 'string') return;
    const known = byName.get(type);
    // `lambda`, `await`, `yield` … are both keywords and nodes: only the node counts.
    const keyword = !isNamed(id);
    const isKeptToken = keyword && known !== undefined && known >= Kind.async;
    if (keyword && !isKeptToken) return;
    kinds[id] = known ?? Kind.other;
  });
  kinds[65535] = Kind.ERROR;
  const byField = new Map<string, number>(FIELD_NAMES.map((name, index) => [name, index]));
  const fieldTable = new Uint8Array(256);
  fields.forEach((field, id) => {
    if (typeof field === 'string') fieldTable[id] = byField.get(field) ?? 0;
  });
  return { kinds, fields: fieldTable };
}
