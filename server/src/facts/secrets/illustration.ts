import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, kindOf, parentOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { nameOf } from './place.ts';
import { runsOf } from './words.ts';

/** Names of what shows a value to readers, or stands in for one in a test. */
const ILLUSTRATIONS: ReadonlySet<string> = new Set([
  'example',
  'examples',
  'sample',
  'samples',
  'demo',
  'test',
  'tests',
  'mock',
  'fake',
  'dummy',
  'fixture',
  'fixtures',
  'description',
  'help',
  'doc',
  'docs',
  'documentation',
  'placeholder',
  'placeholders',
  'responses',
  'openapi',
]);

/** Whether a node is shown, not used: in an example of a schema, a help text, a function or class for tests. */
export function isIllustration(file: PythonFile, from: NodeIndex): boolean {
  const { tree } = file.source;
  for (let node = parentOf(tree, from); node > 0; node = parentOf(tree, node)) {
    const name = nameOf(file, holderName(file, node));
    if (name !== undefined && runsOf(name).some(word => ILLUSTRATIONS.has(word.toLowerCase()))) return true;
    if (name === 'json_schema_extra' || name === 'schema_extra') return true;
  }
  return false;
}

/** Node that names what another one defines or passes, or -1. */
function holderName({ source: { tree } }: PythonFile, node: NodeIndex): NodeIndex {
  switch (kindOf(tree, node)) {
    case Kind.keyword_argument:
    case Kind.function_definition:
    case Kind.class_definition:
      return childByField(tree, node, Field.name);
    case Kind.pair:
      return childByField(tree, node, Field.key);
    case Kind.assignment:
      return childByField(tree, node, Field.left);
    default:
      return -1;
  }
}

/** Whether a literal is a statement of its own: a docstring, or a comment in disguise. */
export function isBareStatement({ source: { tree } }: PythonFile, literal: NodeIndex): boolean {
  return kindOf(tree, parentOf(tree, literal)) === Kind.expression_statement;
}

/** Whether a literal stands for a member of an enumeration. */
export function isEnumMember({ source: { tree, text }, table }: PythonFile, literal: NodeIndex): boolean {
  const scope = table.scopes[table.scopeOf[literal] ?? 0];
  if (scope?.kind !== 'class') return false;
  const bases = childByField(tree, scope.node, Field.superclasses);
  return /\b\w*(?:Enum|Choices|Flag)\b/.test(bases < 0 ? '' : textOf(tree, text, bases));
}
