import type { PythonSource } from '../../core/source-file.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  ancestorOfKind,
  childByField,
  firstChild,
  kindOf,
  nextSibling,
  NO_NODE,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import { bindImport } from './bind-import.ts';
import { bindTarget } from './bind-target.ts';

export type ScopeKind = 'module' | 'class' | 'function' | 'lambda' | 'comprehension';

/** One way in which a name gets a value. Nodes are indices into the file's tree. */
export type Binding =
  | { readonly kind: 'import'; readonly node: NodeIndex; readonly symbol: string }
  | { readonly kind: 'definition'; readonly node: NodeIndex; readonly symbol: string }
  | { readonly kind: 'parameter'; readonly node: NodeIndex; readonly annotation: NodeIndex; readonly position: number }
  | { readonly kind: 'assignment'; readonly node: NodeIndex; readonly value: NodeIndex; readonly annotation: NodeIndex }
  | { readonly kind: 'with'; readonly node: NodeIndex; readonly value: NodeIndex; readonly isAsync: boolean }
  | { readonly kind: 'error'; readonly node: NodeIndex; readonly type: NodeIndex }
  | { readonly kind: 'opaque'; readonly node: NodeIndex };

export interface Scope {
  readonly index: number;
  readonly kind: ScopeKind;
  /** The definition, lambda, comprehension or module node. */
  readonly node: NodeIndex;
  /** Enclosing scope, -1 for the module. */
  readonly parent: number;
  readonly bindings: Map<string, Binding[]>;
  /** Names that `global` or `nonlocal` hand to an outer scope, with the scope that owns them. */
  readonly delegated: Map<string, number>;
  /** Dotted name inside the file, empty for the module. */
  readonly qualifiedName: string;
  /** Attributes that methods set on their first parameter; for class scopes. */
  readonly attributes: Map<string, Binding[]>;
  /** Name of the first parameter of a method that is neither static nor nested; else undefined. */
  readonly receiver: string | undefined;
  /** Whether {@link receiver} is the class itself. */
  readonly receivesClass: boolean;
}

/** All scopes of a file and the scope that each node is evaluated in. */
export interface ScopeTable {
  readonly scopes: readonly Scope[];
  /** Scope index by node index. */
  readonly scopeOf: Int32Array;
  /** Whether a `from m import *` may bring in any name. */
  readonly hasStarImport: boolean;
}

/** Finds every scope and every binding in one pre-order pass. */
export function buildScopes(source: PythonSource): ScopeTable {
  const { tree, text } = source;
  const scopeOf = new Int32Array(tree.size);
  const scopes: Scope[] = [newScope(0, 'module', 0, -1, '')];
  let hasStarImport = false;
  // The scope that a definition's inside opens, by the definition's node.
  const opened = new Map<NodeIndex, number>();

  const open = (kind: ScopeKind, node: NodeIndex, parent: number, name: string): void => {
    const outer = scopes[parent];
    const index = scopes.length;
    scopes.push({
      ...newScope(index, kind, node, parent, qualify(outer, name)),
      ...receiverOf(source, outer, kind, node),
    });
    opened.set(node, index);
  };

  for (let node = 0; node < tree.size; node++) {
    const parent = parentOf(tree, node);
    const scope = node === 0 ? 0 : scopeForChild(source, node, parent, scopeOf[parent] ?? 0, opened);
    scopeOf[node] = scope;
    switch (kindOf(tree, node)) {
      case Kind.function_definition:
      case Kind.class_definition: {
        const isClass = tree.kinds[node] === Kind.class_definition;
        const name = textOf(tree, text, childByField(tree, node, Field.name));
        open(isClass ? 'class' : 'function', node, scope, name);
        add(scopes, scope, name, { kind: 'definition', node, symbol: ':' + qualify(scopes[scope], name) });
        break;
      }
      case Kind.lambda:
        open('lambda', node, scope, '<lambda>');
        break;
      case Kind.list_comprehension:
      case Kind.set_comprehension:
      case Kind.dictionary_comprehension:
      case Kind.generator_expression:
        open('comprehension', node, scope, '<comprehension>');
        break;
      case Kind.import_statement:
      case Kind.import_from_statement:
      case Kind.future_import_statement:
        for (const { alias, symbol } of bindImport(source, node)) {
          if (alias === '*') hasStarImport = true;
          else add(scopes, scope, alias, { kind: 'import', node, symbol });
        }
        break;
      case Kind.global_statement:
      case Kind.nonlocal_statement:
        delegate(source, scopes, scope, node);
        break;
      default:
        bindTarget(
          source,
          node,
          (name, binding) => {
            add(scopes, bindingScope(scopes, scope, binding), name, binding);
          },
          (name, binding) => {
            addAttribute(source, scopes, scope, name, binding);
          },
        );
    }
  }
  return { scopes, scopeOf, hasStarImport };
}

function newScope(index: number, kind: ScopeKind, node: NodeIndex, parent: number, qualifiedName: string): Scope {
  return {
    index,
    kind,
    node,
    parent,
    bindings: new Map(),
    delegated: new Map(),
    qualifiedName,
    attributes: new Map(),
    receiver: undefined,
    receivesClass: false,
  };
}

function qualify(outer: Scope | undefined, name: string): string {
  if (!outer || outer.qualifiedName === '') return name;
  const separator = outer.kind === 'class' ? '.' : '.<locals>.';
  return outer.qualifiedName + separator + name;
}

/** Decorators, superclasses and return types are evaluated outside; body and parameters inside. */
function scopeForChild(
  source: PythonSource,
  node: NodeIndex,
  parent: NodeIndex,
  outer: number,
  opened: Map<NodeIndex, number>,
): number {
  const inner = opened.get(parent);
  if (inner === undefined) return outer;
  const { kinds, fields } = source.tree;
  const parentKind = kinds[parent];
  if (parentKind === Kind.class_definition) return fields[node] === Field.body ? inner : outer;
  if (parentKind === Kind.function_definition) {
    return fields[node] === Field.body || fields[node] === Field.parameters ? inner : outer;
  }
  return inner;
}

function receiverOf(
  source: PythonSource,
  outer: Scope | undefined,
  kind: ScopeKind,
  node: NodeIndex,
): Pick<Scope, 'receiver' | 'receivesClass'> {
  const none = { receiver: undefined, receivesClass: false };
  if (kind !== 'function' || outer?.kind !== 'class') return none;
  const { tree, text } = source;
  const decorated = parentOf(tree, node);
  let receivesClass = false;
  if (tree.kinds[decorated] === Kind.decorated_definition) {
    for (let child = firstChild(tree, decorated); child >= 0; child = nextSibling(tree, child)) {
      if (tree.kinds[child] !== Kind.decorator) continue;
      const decorator = textOf(tree, text, firstChild(tree, child));
      if (decorator === 'staticmethod') return none;
      if (decorator === 'classmethod') receivesClass = true;
    }
  }
  const parameters = childByField(tree, node, Field.parameters);
  const first = parameters < 0 ? NO_NODE : firstChild(tree, parameters);
  if (first < 0) return none;
  const name =
    tree.kinds[first] === Kind.identifier
      ? first
      : tree.kinds[first] === Kind.typed_parameter
        ? firstChild(tree, first)
        : NO_NODE;
  if (name < 0 || tree.kinds[name] !== Kind.identifier) return none;
  return { receiver: textOf(tree, text, name), receivesClass };
}

function add(scopes: readonly Scope[], scope: number, name: string, binding: Binding): void {
  const target = scopes[scopes[scope]?.delegated.get(name) ?? scope];
  if (!target) return;
  const known = target.bindings.get(name);
  if (known) known.push(binding);
  else target.bindings.set(name, [binding]);
}

/** `:=` inside a comprehension binds in the function around it. */
function bindingScope(scopes: readonly Scope[], scope: number, binding: Binding): number {
  if (binding.kind !== 'assignment') return scope;
  let current = scopes[scope];
  while (current?.kind === 'comprehension') current = scopes[current.parent];
  return current?.index ?? scope;
}

function delegate(source: PythonSource, scopes: readonly Scope[], scope: number, statement: NodeIndex): void {
  const { tree, text } = source;
  const isGlobal = tree.kinds[statement] === Kind.global_statement;
  for (let child = firstChild(tree, statement); child >= 0; child = nextSibling(tree, child)) {
    const name = textOf(tree, text, child);
    const owner = isGlobal ? 0 : ownerOfNonlocal(scopes, scopes[scope]?.parent ?? 0, name);
    scopes[scope]?.delegated.set(name, owner);
    // A second writer makes the outer name's value a matter of time.
  }
}

function ownerOfNonlocal(scopes: readonly Scope[], from: number, name: string): number {
  for (let scope = scopes[from]; scope && scope.index > 0; scope = scopes[scope.parent]) {
    if (scope.kind === 'function' && scope.bindings.has(name)) return scope.index;
  }
  return from;
}

/** Files `self.name = …` under the class of the method that it stands in. */
function addAttribute(
  source: PythonSource,
  scopes: readonly Scope[],
  scope: number,
  attributeNode: NodeIndex,
  binding: Binding,
): void {
  const { tree, text } = source;
  const object = childByField(tree, attributeNode, Field.object);
  if (tree.kinds[object] !== Kind.identifier) return;
  const method = enclosingFunction(scopes, scope);
  if (!method || method.receiver !== textOf(tree, text, object)) return;
  const owner = scopes[method.parent];
  if (!owner) return;
  const name = textOf(tree, text, childByField(tree, attributeNode, Field.attribute));
  const known = owner.attributes.get(name);
  if (known) known.push(binding);
  else owner.attributes.set(name, [binding]);
}

/** The function that a scope's code runs in; comprehensions belong to the one around them. */
export function enclosingFunction(scopes: readonly Scope[], scope: number): Scope | undefined {
  let current = scopes[scope];
  while (current?.kind === 'comprehension') current = scopes[current.parent];
  return current?.kind === 'function' || current?.kind === 'lambda' ? current : undefined;
}

/** The nearest block that a node's statement stands in; the module node when there is none. */
export function blockOf(source: PythonSource, node: NodeIndex): NodeIndex {
  const block = ancestorOfKind(source.tree, node, Kind.block);
  return block < 0 ? 0 : block;
}
