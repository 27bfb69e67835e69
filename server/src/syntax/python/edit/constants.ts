import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit } from '../../../core/text.ts';
import { Field, Kind } from '../kinds.ts';
import { childByField, childrenOf, firstChild, kindOf, textOf, type NodeIndex } from '../tree.ts';
import { addAfterImports } from './add-import.ts';
import { importsOf } from './import-list.ts';
import { isBinding, isDeferred, occurrencesOf, scopeAround, scopesSeenFrom } from './names.ts';

/** A name of the module that holds one value for good. */
export interface ModuleConstant {
  readonly name: string;
  /** Source text of the number; undefined for a name that is imported, and for a number that is read from a setting. */
  readonly number: string | undefined;
}

/**
 * Numbers and imported names that the module binds once, that mean the same at `offset`, and whose name is accepted;
 * in source order.
 */
export function constantsSeenFrom(
  source: PythonSource,
  offset: number,
  accepts: (name: string) => boolean,
): readonly ModuleConstant[] {
  return [...numbersOf(source), ...importedConstants(source)]
    .filter(({ name, end }) => accepts(name) && (end <= offset || isDeferred(source, offset)))
    .filter(({ name, isAssigned }) => hasOneMeaning(source, name, offset, isAssigned ? 1 : 0))
    .map(({ name, number }) => ({ name, number }));
}

/**
 * Edits that add `name = value` after the imports; with edits of `ensureImport` in one list they come last. Undefined
 * when the name occurs in the file, or one of `offsets`, where it is to be used, would run before.
 */
export function addConstant(
  source: PythonSource,
  name: string,
  value: string,
  offsets: readonly number[],
): readonly TextEdit[] | undefined {
  const isTaken = occurrencesOf(source, name).length > 0;
  if (isTaken) return undefined;
  const edits = addAfterImports(source, `${name} = ${value}`);
  const runsBefore = offsets.every(
    offset => edits.every(({ range }) => range.end <= offset) || isDeferred(source, offset),
  );
  return runsBefore ? edits : undefined;
}

interface Candidate extends ModuleConstant {
  readonly end: number;
  /** Assigned here, not imported. */
  readonly isAssigned: boolean;
}

function numbersOf(source: PythonSource): Candidate[] {
  const { tree, text } = source;
  return childrenOf(tree, 0).flatMap((statement): Candidate[] => {
    const assignment = kindOf(tree, statement) === Kind.expression_statement ? firstChild(tree, statement) : -1;
    if (kindOf(tree, assignment) !== Kind.assignment) return [];
    const left = childByField(tree, assignment, Field.left);
    const right = childByField(tree, assignment, Field.right);
    const isNumber = kindOf(tree, right) === Kind.integer || kindOf(tree, right) === Kind.float;
    if (!(isNumber || makesNumber(source, right)) || kindOf(tree, left) !== Kind.identifier) return [];
    const number = isNumber ? textOf(tree, text, right) : undefined;
    return [{ name: textOf(tree, text, left), number, end: tree.ends[statement] ?? 0, isAssigned: true }];
  });
}

/** `float(os.environ["HTTP_TIMEOUT"])` */
function makesNumber({ tree, text }: PythonSource, value: NodeIndex): boolean {
  if (kindOf(tree, value) !== Kind.call) return false;
  const callee = textOf(tree, text, childByField(tree, value, Field.function));
  return callee === 'float' || callee === 'int';
}

function importedConstants(source: PythonSource): Candidate[] {
  return importsOf(source)
    .filter(({ scope, unconditional, name }) => scope === 0 && unconditional && name !== undefined)
    .map(({ localName, statement }) => ({
      name: localName,
      number: undefined,
      end: source.tree.ends[statement] ?? 0,
      isAssigned: false,
    }));
}

/** Whether a name is bound nowhere else in a scope that can be seen from a place. */
function hasOneMeaning(source: PythonSource, name: string, offset: number, assignments: number): boolean {
  const scopes: readonly NodeIndex[] = [...scopesSeenFrom(source, offset), 0];
  const bindings = occurrencesOf(source, name).filter(
    node => isBinding(source, node) && scopes.includes(scopeAround(source, node)),
  );
  const imports = importsOf(source).filter(({ localName, scope }) => localName === name && scopes.includes(scope));
  return bindings.length === assignments && imports.length === 1 - assignments;
}
