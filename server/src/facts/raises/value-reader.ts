import { raiseKnowledge } from '../../knowledge/raises.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  childrenOf,
  firstChild,
  kindOf,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { dominatingBinding } from '../python/dominating-binding.ts';
import type { Binding } from '../python/scopes.ts';
import { canonicalCallable, classOfValue, isOfLibrary } from './canonical.ts';

/** What the values of one file may be, as far as exceptions depend on it. */
export interface ValueReader {
  /** Canonical name of the class of a value: `builtins.dict`; undefined when unknown. */
  classOf(node: NodeIndex): string | undefined;
  /** Decoded JSON, TOML or YAML, or a part of it: any of `dict`, `list`, `str`, a number, `None`. */
  isData(node: NodeIndex): boolean;
  /** Something says that the value may be `None`. */
  mayBeNone(node: NodeIndex): boolean;
  /** A literal, a tuple of literals, or a name that stands for nothing else. */
  isLiteral(node: NodeIndex): boolean;
  /** An instance of a class of the program, by the class's name (PEP 8): its operators may be the program's. */
  isOfProgram(node: NodeIndex): boolean;
  /** The dictionary of a `**` parameter. */
  isRest(node: NodeIndex): boolean;
  /** A class, module or function: something with a name that is no instance. */
  isDefinition(node: NodeIndex): boolean;
  /** Nothing says what the value is: not its class, nor that it belongs to the object whose method runs. */
  isForeign(node: NodeIndex): boolean;
}

/** More names than anybody follows by eye. */
const MAX_DEPTH = 8;

/** For one extraction only. */
export function createValueReader(file: PythonFile): ValueReader {
  const { source, resolver, table } = file;
  const { tree, text } = source;

  function classOf(node: NodeIndex): string | undefined {
    const known = classOfValue(resolver.valueOf(node)?.symbol);
    return known ?? starredParameter(node);
  }

  /** `*args` is a tuple, `**kwargs` a dictionary. */
  function starredParameter(node: NodeIndex): string | undefined {
    if (kindOf(tree, node) !== Kind.identifier) return undefined;
    const [only, ...others] = bindingsOf(node);
    if (only?.kind !== 'parameter' || others.length > 0) return undefined;
    for (let around = only.node; around >= 0; around = parentOf(tree, around)) {
      const kind = kindOf(tree, around);
      if (kind === Kind.list_splat_pattern) return 'builtins.tuple';
      if (kind === Kind.dictionary_splat_pattern) return 'builtins.dict';
      if (kind === Kind.parameters || kind === Kind.lambda_parameters) return undefined;
    }
    return undefined;
  }

  function bindingsOf(identifier: NodeIndex): readonly Binding[] {
    const name = textOf(tree, text, identifier);
    for (let scope = table.scopes[table.scopeOf[identifier] ?? 0]; scope; scope = table.scopes[scope.parent]) {
      const owner = scope.delegated.has(name) ? table.scopes[scope.delegated.get(name) ?? 0] : scope;
      const bindings = owner?.bindings.get(name);
      if (bindings) return bindings;
    }
    return [];
  }

  /** The binding that has certainly run last, else all. */
  function reaching(identifier: NodeIndex): readonly Binding[] {
    const bindings = bindingsOf(identifier);
    const own = table.scopes[table.scopeOf[identifier] ?? 0]?.bindings.get(textOf(tree, text, identifier));
    const last = bindings === own ? dominatingBinding(source, bindings, identifier) : undefined;
    return last ? [last] : bindings;
  }

  function isData(node: NodeIndex, depth = 0): boolean {
    if (node < 0 || depth > MAX_DEPTH) return false;
    switch (kindOf(tree, node)) {
      case Kind.parenthesized_expression:
      case Kind.await:
        return isData(operandOf(node), depth + 1);
      case Kind.named_expression:
        return isData(childByField(tree, node, Field.value), depth + 1);
      case Kind.subscript:
        return isData(childByField(tree, node, Field.value), depth + 1);
      case Kind.call:
        return isDataCall(node, depth);
      case Kind.identifier:
        return bindingsOf(node).some(binding => isDataBinding(binding, depth));
      case Kind.boolean_operator:
        return childrenOf(tree, node).some(child => isData(child, depth + 1));
      default:
        return false;
    }
  }

  function isDataCall(call: NodeIndex, depth: number): boolean {
    const callee = childByField(tree, call, Field.function);
    const symbol = resolver.valueOf(callee)?.symbol;
    const name = symbol === undefined ? undefined : canonicalCallable(symbol);
    if (name !== undefined && raiseKnowledge.data.has(name)) return true;
    if (kindOf(tree, callee) !== Kind.attribute) return false;
    const method = textOf(tree, text, childByField(tree, callee, Field.attribute));
    return (
      /^(get|pop|setdefault|items|values|copy)$/.test(method) &&
      isData(childByField(tree, callee, Field.object), depth + 1)
    );
  }

  function isDataBinding(binding: Binding, depth: number): boolean {
    if (binding.kind === 'assignment') return isData(binding.value, depth + 1);
    if (binding.kind !== 'opaque') return false;
    // The target of a loop, or a part of it.
    let node = binding.node;
    for (let around = parentOf(tree, node); around >= 0; node = around, around = parentOf(tree, around)) {
      const kind = kindOf(tree, around);
      if (kind === Kind.for_statement || kind === Kind.for_in_clause) {
        return tree.fields[node] === Field.left && isData(childByField(tree, around, Field.right), depth + 1);
      }
      if (kind !== Kind.pattern_list && kind !== Kind.tuple_pattern) return false;
    }
    return false;
  }

  function mayBeNone(node: NodeIndex, depth = 0): boolean {
    if (node < 0 || depth > MAX_DEPTH) return false;
    switch (kindOf(tree, node)) {
      case Kind.none:
        return true;
      case Kind.parenthesized_expression:
      case Kind.await:
        return mayBeNone(operandOf(node), depth + 1);
      case Kind.named_expression:
        return mayBeNone(childByField(tree, node, Field.value), depth + 1);
      case Kind.conditional_expression: {
        const [whenTrue = -1, , whenFalse = -1] = solidChildren(node);
        return mayBeNone(whenTrue, depth + 1) || mayBeNone(whenFalse, depth + 1);
      }
      case Kind.boolean_operator:
        // `x or fallback`: the last operand decides.
        return mayBeNone(childByField(tree, node, Field.right), depth + 1);
      case Kind.call:
        return isOptionalCall(node);
      case Kind.identifier:
        return reaching(node).some(binding => isOptionalBinding(binding, depth));
      case Kind.attribute:
        return isOptionalAttribute(node, depth);
      default:
        return isData(node);
    }
  }

  /** `self.client`, where the class says `self.client = None` somewhere. */
  function isOptionalAttribute(node: NodeIndex, depth: number): boolean {
    const object = childByField(tree, node, Field.object);
    if (kindOf(tree, object) !== Kind.identifier) return false;
    const receiver = textOf(tree, text, object);
    const name = textOf(tree, text, childByField(tree, node, Field.attribute));
    for (let scope = table.scopes[table.scopeOf[node] ?? 0]; scope; scope = table.scopes[scope.parent]) {
      if (scope.receiver !== receiver) continue;
      const owner = table.scopes[scope.parent];
      const bindings = [...(owner?.attributes.get(name) ?? []), ...(owner?.bindings.get(name) ?? [])];
      return bindings.some(binding => isOptionalBinding(binding, depth + 1));
    }
    return false;
  }

  function isOptionalCall(call: NodeIndex): boolean {
    const symbol = resolver.valueOf(childByField(tree, call, Field.function))?.symbol;
    const name = symbol === undefined ? undefined : canonicalCallable(symbol);
    if (name === undefined || !raiseKnowledge.maybeNone.has(name)) return isData(call);
    // `get(key, default)`.
    const given = solidChildren(childByField(tree, call, Field.arguments));
    return !/\.(get|getenv)$/.test(name) || given.length < 2 || kindOf(tree, given[1] ?? -1) === Kind.none;
  }

  function isOptionalBinding(binding: Binding, depth: number): boolean {
    switch (binding.kind) {
      case 'assignment':
        return mayBeNone(binding.value, depth + 1) || isOptionalAnnotation(binding.annotation);
      case 'parameter':
        return isOptionalAnnotation(binding.annotation) || hasNoneAsDefault(binding.node);
      case 'opaque':
        return isDataBinding(binding, depth);
      case 'definition':
      case 'error':
      case 'import':
      case 'with':
        return false;
    }
  }

  function isOptionalAnnotation(annotation: NodeIndex): boolean {
    return annotation >= 0 && /\bNone\b|\bOptional\b/.test(textOf(tree, text, annotation));
  }

  function hasNoneAsDefault(parameter: NodeIndex): boolean {
    for (let node = parameter; node >= 0; node = parentOf(tree, node)) {
      const kind = kindOf(tree, node);
      if (kind === Kind.default_parameter || kind === Kind.typed_default_parameter) {
        return kindOf(tree, childByField(tree, node, Field.value)) === Kind.none;
      }
      if (kind === Kind.parameters || kind === Kind.lambda_parameters) return false;
    }
    return false;
  }

  function isLiteral(node: NodeIndex, depth = 0): boolean {
    if (node < 0 || depth > MAX_DEPTH) return false;
    const kind = kindOf(tree, node);
    if (kind === Kind.string) return !childrenOf(tree, node).some(child => kindOf(tree, child) === Kind.interpolation);
    if (kind === Kind.tuple) return solidChildren(node).every(child => isLiteral(child, depth + 1));
    if (kind !== Kind.identifier) return LITERALS.has(kind);
    const bindings = bindingsOf(node);
    const isBound = bindings.length > 0 && bindings.every(({ kind }) => kind === 'assignment');
    return isBound && bindings.every(each => each.kind === 'assignment' && isLiteral(each.value, depth + 1));
  }

  function isOfProgram(node: NodeIndex): boolean {
    const symbol = node < 0 ? undefined : resolver.valueOf(node)?.symbol;
    if (symbol === undefined || classOfValue(symbol) !== undefined || isOfLibrary(symbol)) return false;
    return /(^|[.:])_*[A-Z]\w*[a-z]\w*\(\)$/.test(symbol);
  }

  function isRest(node: NodeIndex): boolean {
    return starredParameter(node) === 'builtins.dict';
  }

  function isDefinition(node: NodeIndex): boolean {
    const symbol = resolver.valueOf(node)?.symbol;
    return symbol !== undefined && !symbol.endsWith('()');
  }

  function isForeign(node: NodeIndex): boolean {
    if (resolver.valueOf(node) !== undefined || classOf(node) !== undefined) return false;
    return !SOLID_VALUES.has(kindOf(tree, node)) && !/^(self|cls)\b/.test(textOf(tree, text, node));
  }

  function operandOf(node: NodeIndex): NodeIndex {
    return solidChildren(node)[0] ?? -1;
  }

  function solidChildren(node: NodeIndex): NodeIndex[] {
    if (node < 0 || firstChild(tree, node) < 0) return [];
    return childrenOf(tree, node).filter(child => kindOf(tree, child) !== Kind.comment);
  }

  return {
    classOf,
    isData: node => isData(node),
    mayBeNone: node => mayBeNone(node),
    isLiteral: node => isLiteral(node),
    isOfProgram,
    isRest,
    isDefinition,
    isForeign,
  };
}

const LITERALS: ReadonlySet<number> = new Set([Kind.integer, Kind.float, Kind.none, Kind.true, Kind.false]);

/** Operators on text and numbers: what they give has the attributes that it is asked for. */
const SOLID_VALUES: ReadonlySet<number> = new Set([
  Kind.binary_operator,
  Kind.comparison_operator,
  Kind.not_operator,
  Kind.generator_expression,
]);
