import type { SecretFact } from '../../core/facts/secret.ts';
import { secretKnowledge } from '../../knowledge/secrets.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, childrenOf, kindOf, parentOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { isSettingsClass } from './settings-class.ts';

/** Where a literal stands, and under which name. */
export interface Place {
  /** As written: `api_key`, `Authorization`; undefined for a place without a name. */
  readonly name: string | undefined;
  readonly role: SecretFact['role'];
  /** Whether an expression may stand there that is evaluated once, as the literal is. */
  readonly isReplaceable: boolean;
}

const NOWHERE: Place = { name: undefined, role: 'value', isReplaceable: false };
const FALLBACK: Place = { name: undefined, role: 'fallback', isReplaceable: false };
/** Kinds of elements that no list of secrets has. */
const PLAIN_VALUES: ReadonlySet<number> = new Set([Kind.none, Kind.true, Kind.false, Kind.integer, Kind.float]);

/** Finds the name that a literal's value goes by: through parentheses, `.encode()`, and wrappers such as `SecretStr`. */
export function placeOf(file: PythonFile, literal: NodeIndex): Place {
  const { tree } = file.source;
  let inContainer = false;
  for (let child = literal, node = parentOf(tree, literal); node > 0; child = node, node = parentOf(tree, node)) {
    switch (kindOf(tree, node)) {
      case Kind.parenthesized_expression:
        continue;
      case Kind.attribute:
        if (!isEncoded(file, node)) return NOWHERE;
        node = parentOf(tree, node);
        continue;
      case Kind.list:
      case Kind.set:
      case Kind.tuple:
      case Kind.expression_list: {
        const target = targetInRow(file, node, child);
        if (target !== undefined) return { name: nameOf(file, target), role: 'value', isReplaceable: true };
        if (isPasswordOfPair(file, node, child)) return { name: 'password', role: 'value', isReplaceable: true };
        if (isRecord(file, node)) return NOWHERE;
        inContainer = true;
        continue;
      }
      case Kind.argument_list: {
        const call = parentOf(tree, node);
        const found = placeOfArgument(file, call, child);
        if (found !== 'wrapped') return found;
        node = call;
        continue;
      }
      default:
        return atHolder(file, node, child, inContainer);
    }
  }
  return NOWHERE;
}

function atHolder(file: PythonFile, node: NodeIndex, child: NodeIndex, inContainer: boolean): Place {
  const { tree } = file.source;
  const isReplaceable = !inContainer;
  switch (kindOf(tree, node)) {
    case Kind.assignment:
      return atAssignment(file, node, child, inContainer);
    case Kind.named_expression:
      return { name: nameOf(file, childByField(tree, node, Field.name)), role: 'value', isReplaceable };
    case Kind.keyword_argument: {
      const name = nameOf(file, childByField(tree, node, Field.name));
      const call = parentOf(tree, parentOf(tree, node));
      const isFallback = name === 'default' || name === 'fallback' || isOneOf(file, call, secretKnowledge.fallbacks);
      return isFallback ? FALLBACK : { name, role: 'value', isReplaceable };
    }
    case Kind.pair:
      if (tree.fields[child] !== Field.value) return NOWHERE;
      return { name: nameOf(file, childByField(tree, node, Field.key)), role: 'value', isReplaceable };
    case Kind.default_parameter:
    case Kind.typed_default_parameter:
      return { name: nameOf(file, childByField(tree, node, Field.name)), role: 'parameter', isReplaceable: false };
    case Kind.comparison_operator:
      return atComparison(file, node, child);
    case Kind.boolean_operator:
    case Kind.conditional_expression:
      return FALLBACK;
    case Kind.return_statement:
      return { name: nameOfResult(file, node), role: 'value', isReplaceable };
    default:
      return NOWHERE;
  }
}

function atAssignment(file: PythonFile, node: NodeIndex, child: NodeIndex, inContainer: boolean): Place {
  const { tree, text } = file.source;
  if (tree.fields[child] !== Field.right) return NOWHERE;
  const target = childByField(tree, node, Field.left);
  const isEnvironment = kindOf(tree, target) === Kind.subscript && /\benviron\b/.test(textOf(tree, text, target));
  const scope = file.table.scopes[file.table.scopeOf[node] ?? 0];
  const isSetting = scope?.kind === 'class' && isSettingsClass(file, scope.node);
  return {
    name: nameOf(file, target),
    role: isSetting ? 'fallback' : 'value',
    isReplaceable: !inContainer && !isEnvironment,
  };
}

/** `token == "…"`. */
function atComparison(file: PythonFile, node: NodeIndex, child: NodeIndex): Place {
  const { tree } = file.source;
  const [first, operator, last] = childrenOf(tree, node);
  const isEquality = operator !== undefined && [Kind['=='], Kind['!=']].some(kind => kind === kindOf(tree, operator));
  const other = first === child ? last : first;
  return isEquality && other !== undefined
    ? { name: nameOf(file, other), role: 'value', isReplaceable: true }
    : NOWHERE;
}

function placeOfArgument(file: PythonFile, call: NodeIndex, child: NodeIndex): Place | 'wrapped' {
  const { tree } = file.source;
  const values = childrenOf(tree, childByField(tree, call, Field.arguments)).filter(
    node => kindOf(tree, node) !== Kind.comment,
  );
  if (isOneOf(file, call, secretKnowledge.fallbacks)) return values[0] === child ? NOWHERE : FALLBACK;
  if (isOneOf(file, call, secretKnowledge.wrappers)) return values[0] === child ? 'wrapped' : NOWHERE;
  const known = secretKnowledge.arguments.get(calleeOf(file, call) ?? '');
  const name = known && values[known.at] === child ? known.name : undefined;
  return { name, role: 'value', isReplaceable: true };
}

/** `password` of `user, password = "shop", "…"`. */
function targetInRow({ source: { tree } }: PythonFile, row: NodeIndex, child: NodeIndex): NodeIndex | undefined {
  const holder = parentOf(tree, row);
  if (kindOf(tree, holder) !== Kind.assignment || tree.fields[row] !== Field.right) return undefined;
  const pattern = childByField(tree, holder, Field.left);
  const isRow = kindOf(tree, pattern) === Kind.pattern_list || kindOf(tree, pattern) === Kind.tuple_pattern;
  const [targets, values] = [pattern, row].map(node =>
    childrenOf(tree, node).filter(each => kindOf(tree, each) !== Kind.comment),
  );
  if (!isRow || !targets || !values || targets.length !== values.length) return undefined;
  const isSpread = targets.some(target => kindOf(tree, target) === Kind.list_splat_pattern);
  return isSpread ? undefined : targets[values.indexOf(child)];
}

/** `api_key` of `def get_api_key(): return "…"`. */
function nameOfResult({ source: { tree, text } }: PythonFile, statement: NodeIndex): string | undefined {
  let node = statement;
  while (node > 0 && kindOf(tree, node) !== Kind.function_definition && kindOf(tree, node) !== Kind.lambda)
    node = parentOf(tree, node);
  if (kindOf(tree, node) !== Kind.function_definition) return undefined;
  return textOf(tree, text, childByField(tree, node, Field.name)).replace(/^_*(?:get|fetch|load|read)_/, '');
}

function isEncoded({ source: { tree, text } }: PythonFile, attribute: NodeIndex): boolean {
  const method = textOf(tree, text, childByField(tree, attribute, Field.attribute));
  return kindOf(tree, parentOf(tree, attribute)) === Kind.call && ['encode', 'strip'].includes(method);
}

/** The second of `auth=("user", "…")`. */
function isPasswordOfPair(file: PythonFile, tuple: NodeIndex, child: NodeIndex): boolean {
  const { tree } = file.source;
  const holder = parentOf(tree, tuple);
  if (kindOf(tree, holder) !== Kind.keyword_argument && kindOf(tree, holder) !== Kind.assignment) return false;
  const values = childrenOf(tree, tuple).filter(node => kindOf(tree, node) !== Kind.comment);
  const [target] = childrenOf(tree, holder);
  return values.length === 2 && values[1] === child && /^(?:\w+_)?auth$/i.test(nameOf(file, target ?? -1) ?? '');
}

/** Whether a sequence holds a number, a boolean or `None`: then its name is that of the whole, not of each part. */
function isRecord({ source: { tree } }: PythonFile, sequence: NodeIndex): boolean {
  return childrenOf(tree, sequence).some(node => PLAIN_VALUES.has(kindOf(tree, node)));
}

function isOneOf(file: PythonFile, call: NodeIndex, names: ReadonlySet<string>): boolean {
  const callee = calleeOf(file, call);
  return callee !== undefined && names.has(callee);
}

function calleeOf({ source: { tree }, resolver }: PythonFile, call: NodeIndex): string | undefined {
  const symbol = resolver.valueOf(childByField(tree, call, Field.function))?.symbol;
  return symbol === undefined ? undefined : canonicalName(symbol);
}

/** `token` of `token`, `self.token`, `config["token"]` and `"token"`. */
export function nameOf(file: PythonFile, node: NodeIndex): string | undefined {
  const { tree, text } = file.source;
  switch (kindOf(tree, node)) {
    case Kind.identifier:
      return textOf(tree, text, node);
    case Kind.attribute:
      return textOf(tree, text, childByField(tree, node, Field.attribute));
    case Kind.subscript:
      return nameOf(file, childByField(tree, node, Field.subscript));
    case Kind.string: {
      const name = textOf(tree, text, node).replace(/^\w*(?:"""|'''|["'])|(?:"""|'''|["'])$/g, '');
      // Longer keys and such with other signs are values themselves.
      return /^[A-Za-z][\w.-]{0,60}$/.test(name) ? name : undefined;
    }
    case Kind.call:
      return /^(?:get|pop)$/.test(nameOf(file, childByField(tree, node, Field.function)) ?? '')
        ? nameOf(file, childrenOf(tree, childByField(tree, node, Field.arguments))[0] ?? -1)
        : undefined;
    default:
      return undefined;
  }
}
