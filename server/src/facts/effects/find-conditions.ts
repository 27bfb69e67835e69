import type { CallCondition } from '../../core/python-outline.ts';
import type { SyntaxTree } from '../../core/syntax-tree.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  childrenOf,
  firstChild,
  kindOf,
  nextSibling,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import type { Scope } from '../python/scopes.ts';

/**
 * What the parameters of a function have to be for some of its calls to run (`if path: read(path)`), as far as the
 * function asks for that alone.
 * @param scope of the function
 * @param calls nodes and indices of calls of the function
 */
export function findConditions(
  file: PythonFile,
  scope: Scope,
  calls: Iterable<readonly [node: NodeIndex, index: number]>,
): readonly CallCondition[] {
  const { parameters } = file.facts.functions[file.numbers.functions.get(scope.node) ?? -1] ?? { parameters: [] };
  const positional = parameters.filter(({ kind }) => kind === 'positional');
  if (parameters.length === 0 || (parameters.length === 1 && scope.receiver !== undefined)) return [];

  // Many calls stand behind the same questions.
  const answers = new Map<string, readonly Answer[]>();
  const answersTo = (question: Question): readonly Answer[] => {
    const key = `${question.node} ${question.answer}`;
    const known = answers.get(key);
    const found = known ?? conditionsOf(file, scope, question);
    if (!known) answers.set(key, found);
    return found;
  };
  // And in the same blocks, which would be gone through once for every call.
  const exits = new Map<NodeIndex, readonly Question[]>();
  const exitsAbove = (block: NodeIndex, statement: NodeIndex): readonly Question[] => {
    const found = exits.get(statement) ?? exitsBefore(file, block, statement);
    exits.set(statement, found);
    return found;
  };
  const found: CallCondition[] = [];
  for (const [node, call] of calls) {
    for (const question of questionsAround(file, scope.node, node, exitsAbove)) {
      for (const condition of answersTo(question)) {
        const position = positional.findIndex(({ name }) => name === condition.parameter);
        found.push({ call, ...condition, ...(position >= 0 && { position }) });
      }
    }
  }
  return found;
}

/** What a condition says of one parameter. */
type Answer = Omit<CallCondition, 'call' | 'position'>;

/** A condition around a call, or before it, and how it was answered when the call runs. */
interface Question {
  /** Node of the condition. */
  readonly node: NodeIndex;
  readonly answer: boolean;
}

function questionsAround(
  file: PythonFile,
  owner: NodeIndex,
  call: NodeIndex,
  exitsAbove: (block: NodeIndex, statement: NodeIndex) => readonly Question[],
): readonly Question[] {
  const { tree } = file.source;
  const found: Question[] = [];
  for (let child = call, node = parentOf(tree, call); node > owner; child = node, node = parentOf(tree, node)) {
    const kind = kindOf(tree, node);
    if (kind === Kind.if_statement || kind === Kind.elif_clause) {
      const field = tree.fields[child];
      if (field === Field.condition) continue;
      found.push({ node: childByField(tree, node, Field.condition), answer: field === Field.consequence });
    } else if (kind === Kind.conditional_expression) {
      const [body = -1, condition = -1] = childrenOf(tree, node);
      if (child !== condition) found.push({ node: condition, answer: child === body });
    } else if (kind === Kind.block) {
      found.push(...exitsAbove(node, child));
    }
  }
  return found;
}

/** `if not path: return`, before a statement of the same block. */
function exitsBefore(file: PythonFile, block: NodeIndex, statement: NodeIndex): readonly Question[] {
  const { tree } = file.source;
  const found: Question[] = [];
  for (let node = firstChild(tree, block); node >= 0 && node < statement; node = nextSibling(tree, node)) {
    if (kindOf(tree, node) !== Kind.if_statement || childByField(tree, node, Field.alternative) >= 0) continue;
    const last = childrenOf(tree, childByField(tree, node, Field.consequence)).at(-1) ?? -1;
    const isExit = kindOf(tree, last) === Kind.return_statement || kindOf(tree, last) === Kind.raise_statement;
    if (isExit) found.push({ node: childByField(tree, node, Field.condition), answer: false });
  }
  return found;
}

function text({ source }: PythonFile, node: NodeIndex): string {
  return textOf(source.tree, source.text, node);
}

const PART = /^(?<not>not\s+)?(?<name>\w+)(?:\s+is\s+(?<isNot>not\s+)?None)?$/;

/** What an answer says of parameters: all parts of an `and` hold where it is yes, none of an `or` where it is no. */
function conditionsOf(file: PythonFile, scope: Scope, { node, answer }: Question): readonly Answer[] {
  const parts = text(file, node).split(answer ? /\band\b/ : /\bor\b/);
  return parts.flatMap(part => {
    const match = PART.exec(part.trim());
    const { not, name = '', isNot } = match?.groups ?? {};
    const parameter = match && parameterOf(file, scope, name, node);
    if (!match || !parameter || (not !== undefined && part.includes(' is '))) return [];
    const asksForMissing = not !== undefined || (part.includes(' is ') && isNot === undefined);
    const when = asksForMissing === answer ? 'missing' : 'given';
    const byDefault = defaultOf(file, parameter.node);
    return [{ parameter: name, when, ...(byDefault && { byDefault: byDefault === when }) } as const];
  });
}

/** A name that is a parameter, and still holds what the caller has given. */
function parameterOf(
  { source: { tree } }: PythonFile,
  scope: Scope,
  name: string,
  question: NodeIndex,
): { readonly node: NodeIndex } | undefined {
  const [first, ...others] = scope.bindings.get(name) ?? [];
  if (first?.kind !== 'parameter' || name === scope.receiver) return undefined;
  const isUntouched = others.every(({ node }) => node > question) && (others.length === 0 || !isInLoop(tree, question));
  return isUntouched ? first : undefined;
}

function isInLoop(tree: SyntaxTree, question: NodeIndex): boolean {
  for (let node = question; node >= 0; node = parentOf(tree, node)) {
    const kind = kindOf(tree, node);
    if (kind === Kind.for_statement || kind === Kind.while_statement) return true;
    if (kind === Kind.function_definition) return false;
  }
  return false;
}

/** What a parameter is where the argument is left out. */
function defaultOf(file: PythonFile, parameter: NodeIndex): 'given' | 'missing' | undefined {
  const { tree } = file.source;
  for (let node = parameter; node >= 0; node = parentOf(tree, node)) {
    const kind = kindOf(tree, node);
    if (kind === Kind.parameters || kind === Kind.function_definition) return undefined;
    if (kind !== Kind.default_parameter && kind !== Kind.typed_default_parameter) continue;
    const value = text(file, childByField(tree, node, Field.value));
    if (/^(?:None|False|0|""|''|\(\)|\[\]|\{\})$/.test(value)) return 'missing';
    return /^(?:True|\d+|(["']).+\1)$/s.test(value) ? 'given' : undefined;
  }
  return undefined;
}
