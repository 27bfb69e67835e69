import type { Value } from '../../core/python-facts.ts';
import type { PythonSource } from '../../core/source-file.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  childOfKind,
  childrenOf,
  firstChild,
  kindOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import { follow } from './values.ts';

/** Wrappers whose first argument is the real type (typing documentation, "Special forms"). */
const TRANSPARENT: ReadonlySet<string> = new Set(
  ['Optional', 'Annotated', 'ClassVar', 'Final', 'Required', 'NotRequired', 'ReadOnly', 'InitVar'].flatMap(name => [
    `typing.${name}`,
    `typing_extensions.${name}`,
    `dataclasses.${name}`,
  ]),
);

/** Whether a special form of typing stands for its first argument. */
export function isTransparent(symbol: string): boolean {
  return TRANSPARENT.has(symbol);
}

/**
 * What an instance of an annotation is, e.g. `httpx.Client()`; undefined for unions of several types and anything
 * else that does not name one class.
 */
export function resolveAnnotation(
  source: PythonSource,
  node: NodeIndex,
  valueOf: (node: NodeIndex) => Value | undefined,
  lookup: (name: string) => Value | undefined,
): Value | undefined {
  const { tree, text } = source;
  const again = (inner: NodeIndex): Value | undefined => resolveAnnotation(source, inner, valueOf, lookup);

  switch (kindOf(tree, node)) {
    case Kind.type:
    case Kind.parenthesized_expression:
      return again(firstChild(tree, node));
    case Kind.identifier:
    case Kind.attribute:
      return instance(valueOf(node));
    case Kind.member_type:
      return instance(resolveDotted(textOf(tree, text, node), lookup));
    case Kind.string:
      return resolveText(stringContent(source, node), lookup);
    case Kind.binary_operator:
    case Kind.union_type:
      return onlyType(
        childrenOf(tree, node).filter(child => kindOf(tree, child) !== Kind['|'] && !isNone(source, child)),
        again,
      );
    case Kind.generic_type: {
      const parameters = childOfKind(tree, node, Kind.type_parameter);
      return generic(valueOf(firstChild(tree, node)), firstChild(tree, parameters), again);
    }
    case Kind.subscript: {
      const parameter = childByField(tree, node, Field.subscript);
      return generic(valueOf(childByField(tree, node, Field.value)), parameter, again);
    }
    default:
      return undefined;
  }
}

function isNone(source: PythonSource, node: NodeIndex): boolean {
  const inner = kindOf(source.tree, node) === Kind.type ? firstChild(source.tree, node) : node;
  return kindOf(source.tree, inner) === Kind.none;
}

function onlyType(nodes: readonly NodeIndex[], resolve: (node: NodeIndex) => Value | undefined): Value | undefined {
  const [only, ...others] = nodes;
  return only !== undefined && others.length === 0 ? resolve(only) : undefined;
}

function generic(
  type: Value | undefined,
  parameter: NodeIndex,
  again: (node: NodeIndex) => Value | undefined,
): Value | undefined {
  if (!type) return undefined;
  if (TRANSPARENT.has(type.symbol)) return again(parameter);
  if (type.symbol === 'builtins.type' || type.symbol === 'typing.Type') return classOf(again(parameter));
  if (type.symbol.startsWith('typing.') || type.symbol.startsWith('collections.abc.')) return undefined;
  return instance(type);
}

/** `type[X]` holds the class itself. */
function classOf(instance: Value | undefined): Value | undefined {
  return instance?.symbol.endsWith('()') === true ? follow(instance, instance.symbol.slice(0, -2)) : undefined;
}

function instance(type: Value | undefined): Value | undefined {
  return type && follow(type, `${type.symbol}()`);
}

function stringContent(source: PythonSource, node: NodeIndex): string {
  const content = childOfKind(source.tree, node, Kind.string_content);
  return content < 0 ? '' : textOf(source.tree, source.text, content);
}

/** Annotations in strings: dotted names, `X | None` and `Optional[X]`; all other forms are unknown. */
function resolveText(text: string, lookup: (name: string) => Value | undefined): Value | undefined {
  const types = text
    .split('|')
    .map(part => part.trim())
    .filter(part => part !== 'None');
  const [only, ...others] = types;
  if (only === undefined || others.length > 0) return undefined;
  const optional = /^(?:typing\.)?Optional\[([\w.]+)\]$/.exec(only);
  const name = optional?.[1] ?? only;
  return /^[\w.]+$/.test(name) ? instance(resolveDotted(name, lookup)) : undefined;
}

function resolveDotted(name: string, lookup: (name: string) => Value | undefined): Value | undefined {
  const [head = '', ...rest] = name.split('.');
  const value = lookup(head);
  return value && { ...value, symbol: [value.symbol, ...rest].join('.') };
}
