import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  endOfSubtree,
  firstChild,
  kindOf,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { enclosingFunction, type Binding, type Scope } from '../python/scopes.ts';
import { CHAINED } from './thread-knowledge.ts';

/** Tells which objects a function has made itself and shares with nobody while it runs. For one extraction only. */
export interface Ownership {
  /** Whether the object at the root of an expression (`rows` in `rows[0].name`) is the function's own. */
  isOwn(scope: Scope, expression: NodeIndex): boolean;
  /** Whether what a call gives back never leaves the function. */
  keeps(scope: Scope, call: NodeIndex): boolean;
}

/** Methods whose first parameter is an object that nobody else has yet. */
const MAKERS = /(?:^|\.)__(?:init|new|post_init|init_subclass|set_name)__$/;

/** Reads the ownership of one file's objects off its tree. */
export function createOwnership(file: PythonFile): Ownership {
  const { tree, text } = file.source;
  const { table, resolver } = file;
  const known = new Map<string, boolean>();

  function isOwn(scope: Scope, expression: NodeIndex): boolean {
    const root = rootOf(expression);
    switch (kindOf(tree, root)) {
      case Kind.identifier:
        return isOwnName(scope, textOf(tree, text, root));
      case Kind.call:
        return isFresh(scope, root);
      default:
        return isDisplay(kindOf(tree, root));
    }
  }

  /** What attributes, items and methods are taken from; a call of a function or class is a root of its own. */
  function rootOf(expression: NodeIndex): NodeIndex {
    let node = expression;
    for (;;) {
      const inner = innerOf(node);
      if (inner < 0) return node;
      node = inner;
    }
  }

  function innerOf(node: NodeIndex): NodeIndex {
    switch (kindOf(tree, node)) {
      case Kind.attribute:
        return childByField(tree, node, Field.object);
      case Kind.subscript:
        return childByField(tree, node, Field.value);
      case Kind.parenthesized_expression:
      case Kind.await:
        return firstChild(tree, node);
      case Kind.call: {
        const callee = childByField(tree, node, Field.function);
        // A method's result may be a part of its object: `self.orders.get(number)`.
        return kindOf(tree, callee) === Kind.attribute && !isLibrary(callee) ? callee : -1;
      }
      default:
        return -1;
    }
  }

  /** `json.load`: the root of the callee is a module, so that no object is behind the call. */
  function isLibrary(callee: NodeIndex): boolean {
    const symbol = resolver.valueOf(callee)?.symbol;
    return symbol !== undefined && /^[^:.(]/.test(symbol) && !symbol.includes('()');
  }

  function isOwnName(scope: Scope, name: string): boolean {
    const key = `${scope.index} ${name}`;
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    // A name that is made of itself is no news about it.
    known.set(key, false);
    const own = computeOwnName(scope, name);
    known.set(key, own);
    return own;
  }

  function computeOwnName(scope: Scope, name: string): boolean {
    if (scope.delegated.has(name)) return false;
    if (scope.receiver === name && MAKERS.test(scope.qualifiedName)) return true;
    const bindings = scope.bindings.get(name) ?? [];
    return bindings.length > 0 && bindings.every(binding => isOwnBinding(scope, binding));
  }

  function isOwnBinding(scope: Scope, binding: Binding): boolean {
    if (binding.kind === 'assignment' || binding.kind === 'with') return isFresh(scope, binding.value);
    return binding.kind === 'error';
  }

  /** Whether evaluating an expression gives an object that nobody had before. */
  function isFresh(scope: Scope, node: NodeIndex): boolean {
    const kind = kindOf(tree, node);
    if (isDisplay(kind)) return true;
    if (kind === Kind.parenthesized_expression) return isFresh(scope, firstChild(tree, node));
    if (kind === Kind.identifier) return isOwnName(scope, textOf(tree, text, node));
    if (kind !== Kind.call) return false;
    const callee = childByField(tree, node, Field.function);
    const symbol = resolver.valueOf(callee)?.symbol;
    if (symbol === undefined) return kindOf(tree, callee) === Kind.attribute && isOwn(scope, callee);
    if (symbol.startsWith(':')) return isClassOfFile(symbol.slice(1));
    if (symbol.startsWith('.')) return false;
    if (isLibrary(callee)) return !GETTERS.test(symbol);
    // An object that is called, such as a session maker, makes another one; so do pools and engines.
    return symbol.endsWith('()') || CONNECTS.test(symbol) || isOwn(scope, callee);
  }

  function isClassOfFile(qualifiedName: string): boolean {
    return file.facts.classes.some(one => one.qualifiedName === qualifiedName);
  }

  /** Whether the value of an expression is returned, yielded or put where others find it. */
  function isHandedOut(scope: Scope, expression: NodeIndex, depth: number): boolean {
    let child = expression;
    for (let node = parentOf(tree, child); node >= 0; child = node, node = parentOf(tree, node)) {
      switch (kindOf(tree, node)) {
        case Kind.parenthesized_expression:
        case Kind.as_pattern:
        case Kind.await:
          continue;
        case Kind.attribute:
          return isPartHandedOut(scope, node, depth);
        case Kind.with_item:
          return isNameHandedOut(scope, node, depth);
        case Kind.assignment:
          return tree.fields[child] !== Field.right || isTargetHandedOut(scope, node, depth);
        case Kind.argument_list:
          return isArgumentHandedOut(scope, parentOf(tree, node), depth);
        case Kind.expression_statement:
        case Kind.for_statement:
        case Kind.subscript:
        case Kind.comparison_operator:
        case Kind.if_statement:
        case Kind.while_statement:
        case Kind.not_operator:
          return false;
        default:
          return true;
      }
    }
    return true;
  }

  /** A method that gives back data ends the trail; one that gives back a cursor or a query goes on. */
  function isPartHandedOut(scope: Scope, attribute: NodeIndex, depth: number): boolean {
    const call = parentOf(tree, attribute);
    if (kindOf(tree, call) !== Kind.call) return false;
    const method = textOf(tree, text, childByField(tree, attribute, Field.attribute));
    return CHAINED.has(method) && isHandedOut(scope, call, depth);
  }

  /** `closing(connection)` hands it on; other functions are taken to use it and be done. */
  function isArgumentHandedOut(scope: Scope, outer: NodeIndex, depth: number): boolean {
    const symbol = resolver.valueOf(childByField(tree, outer, Field.function))?.symbol ?? '';
    return /closing$/.test(symbol) && isHandedOut(scope, outer, depth);
  }

  function isTargetHandedOut(scope: Scope, assignment: NodeIndex, depth: number): boolean {
    const target = childByField(tree, assignment, Field.left);
    return kindOf(tree, target) !== Kind.identifier || isVariableHandedOut(scope, target, depth);
  }

  function isNameHandedOut(scope: Scope, item: NodeIndex, depth: number): boolean {
    const pattern = firstChild(tree, item);
    if (kindOf(tree, pattern) !== Kind.as_pattern) return false;
    for (let node = pattern; node < endOfSubtree(tree, pattern); node++) {
      if (kindOf(tree, node) === Kind.as_pattern_target) {
        const target = firstChild(tree, node);
        return kindOf(tree, target) !== Kind.identifier || isVariableHandedOut(scope, target, depth);
      }
    }
    return false;
  }

  function isVariableHandedOut(scope: Scope, target: NodeIndex, depth: number): boolean {
    const name = textOf(tree, text, target);
    if (depth > MAX_DEPTH || scope.delegated.has(name)) return true;
    for (let node = scope.node; node < endOfSubtree(tree, scope.node); node++) {
      if (node === target || kindOf(tree, node) !== Kind.identifier || textOf(tree, text, node) !== name) continue;
      if (!isUse(node)) continue;
      const isElsewhere = enclosingFunction(table.scopes, table.scopeOf[node] ?? 0) !== scope;
      if (isElsewhere || isHandedOut(scope, node, depth + 1)) return true;
    }
    return false;
  }

  /** Names of attributes, keywords and targets are spelled the same and are no uses. */
  function isUse(node: NodeIndex): boolean {
    const field = tree.fields[node];
    const parent = kindOf(tree, parentOf(tree, node));
    if (parent === Kind.attribute) return field === Field.object;
    if (parent === Kind.keyword_argument) return field === Field.value;
    return field !== Field.left && parent !== Kind.as_pattern_target;
  }

  return { isOwn, keeps: (scope, call) => !isHandedOut(scope, call, 0) };
}

const MAX_DEPTH = 3;

/** Functions of libraries that give back what they gave others before. */
const GETTERS = /^(?:logging\.getLogger|sys\.|os\.environ|builtins\.(?:getattr|next|vars|globals|iter|min|max)$)/;

const CONNECTS = /\.(?:acquire|begin|connect|connection|cursor|raw_connection)$/;

const DISPLAYS: ReadonlySet<number> = new Set([
  Kind.list,
  Kind.dictionary,
  Kind.set,
  Kind.tuple,
  Kind.string,
  Kind.concatenated_string,
  Kind.integer,
  Kind.float,
  Kind.none,
  Kind.true,
  Kind.false,
  Kind.list_comprehension,
  Kind.set_comprehension,
  Kind.dictionary_comprehension,
  Kind.binary_operator,
]);

/** Displays, comprehensions and what operators compute are new objects. */
function isDisplay(kind: number): boolean {
  return DISPLAYS.has(kind);
}
