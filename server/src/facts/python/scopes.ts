import type { PythonSource } from '../../core/source-file.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, firstChild, nextSibling, NO_NODE, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import { bindImport } from './bind-import.ts';
import { BINDING_KINDS, bindTarget } from './bind-target.ts';
import { receiverOf } from './receiver.ts';

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
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** Names that `global` or `nonlocal` hand to an outer scope, with the scope that owns them. */
  readonly delegated: ReadonlyMap<string, number>;
  /** Dotted name inside the file, empty for the module. */
  readonly qualifiedName: string;
  /** Attributes that methods set on their first parameter; for class scopes. */
  readonly attributes: ReadonlyMap<string, readonly Binding[]>;
  /** Name of the first parameter of a method that is neither static nor nested; else undefined. */
  readonly receiver: string | undefined;
  /** Whether {@link receiver} is the class itself. */
  readonly receivesClass: boolean;
}

/** A scope whose bindings are not complete yet. */
interface OpenScope extends Scope {
  readonly bindings: Map<string, Binding[]>;
  delegated: ReadonlyMap<string, number>;
  /** Only a class has some of its own. */
  readonly attributes: Map<string, Binding[]>;
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
  const { kinds, parents, size } = tree;
  const scopeOf = new Int32Array(size);
  const scopes: OpenScope[] = [newScope(0, 'module', 0, -1, '')];
  const nonlocals: NonlocalName[] = [];
  let hasStarImport = false;
  let scope = 0;
  // The scope that a definition's inside opens, by the definition's node.
  const opened = new Map<NodeIndex, number>();

  const open = (kind: ScopeKind, node: NodeIndex, name: string): void => {
    const outer = scopes[scope];
    const index = scopes.length;
    scopes.push({
      ...newScope(index, kind, node, scope, qualify(outer, name)),
      ...receiverOf(source, outer, kind, node),
    });
    opened.set(node, index);
  };
  const bindName = (name: string, binding: Binding): void => {
    add(scopes, bindingScope(scopes, scope, binding), name, binding);
  };
  const bindAttribute = (attribute: NodeIndex, binding: Binding): void => {
    addAttribute(source, scopes, scope, attribute, binding);
  };

  for (let node = 0; node < size; node++) {
    const parent = parents[node] ?? NO_NODE;
    const outer = parent < 0 ? 0 : (scopeOf[parent] ?? 0);
    scope = OPENS_SCOPE[kinds[parent] ?? 0] ? scopeForChild(source, node, parent, outer, opened) : outer;
    scopeOf[node] = scope;
    switch (ROLES[kinds[node] ?? 0] ?? Role.none) {
      case Role.none:
        break;
      case Role.definition: {
        const isClass = kinds[node] === Kind.class_definition;
        const name = textOf(tree, text, childByField(tree, node, Field.name));
        open(isClass ? 'class' : 'function', node, name);
        add(scopes, scope, name, { kind: 'definition', node, symbol: ':' + qualify(scopes[scope], name) });
        break;
      }
      case Role.lambda:
        open('lambda', node, '<lambda>');
        break;
      case Role.comprehension:
        open('comprehension', node, '<comprehension>');
        break;
      case Role.import:
        for (const { alias, symbol } of bindImport(source, node)) {
          if (alias === '*') hasStarImport = true;
          else add(scopes, scope, alias, { kind: 'import', node, symbol });
        }
        break;
      case Role.delegation:
        delegate(source, scopes, scope, node, nonlocals);
        break;
      default:
        bindTarget(source, node, bindName, bindAttribute);
    }
  }
  giveToOwners(scopes, nonlocals);
  return { scopes, scopeOf, hasStarImport };
}

/** What the pass does at a node. */
const Role = { none: 0, definition: 1, lambda: 2, comprehension: 3, import: 4, delegation: 5, target: 6 } as const;

const ROLES = tableOf([
  [Role.definition, [Kind.function_definition, Kind.class_definition]],
  [Role.lambda, [Kind.lambda]],
  [
    Role.comprehension,
    [Kind.list_comprehension, Kind.set_comprehension, Kind.dictionary_comprehension, Kind.generator_expression],
  ],
  [Role.import, [Kind.import_statement, Kind.import_from_statement, Kind.future_import_statement]],
  [Role.delegation, [Kind.global_statement, Kind.nonlocal_statement]],
  [Role.target, BINDING_KINDS],
]);

const OPENS_SCOPE = ROLES.map(role =>
  role === Role.definition || role === Role.lambda || role === Role.comprehension ? 1 : 0,
);

/** A value for each kind of node; 0 for those that are not listed. */
function tableOf(entries: readonly (readonly [value: number, kinds: readonly number[]])[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const [value, kinds] of entries) for (const kind of kinds) table[kind] = value;
  return table;
}

const NONE = new Map<string, never>();

function newScope(index: number, kind: ScopeKind, node: NodeIndex, parent: number, qualifiedName: string): OpenScope {
  return {
    index,
    kind,
    node,
    parent,
    bindings: new Map(),
    // Most scopes have none, and somebody who types waits for all of them.
    delegated: NONE,
    qualifiedName,
    attributes: kind === 'class' ? new Map<string, Binding[]>() : NONE,
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

function add(scopes: readonly OpenScope[], scope: number, name: string, binding: Binding): void {
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

/** A name of a `nonlocal` statement and the scope that the statement stands in. */
interface NonlocalName {
  readonly scope: OpenScope;
  readonly name: string;
}

function delegate(
  source: PythonSource,
  scopes: readonly OpenScope[],
  index: number,
  statement: NodeIndex,
  nonlocals: NonlocalName[],
): void {
  const { tree, text } = source;
  const scope = scopes[index];
  if (!scope) return;
  const isGlobal = tree.kinds[statement] === Kind.global_statement;
  for (let child = firstChild(tree, statement); child >= 0; child = nextSibling(tree, child)) {
    if (tree.kinds[child] !== Kind.identifier) continue;
    const name = textOf(tree, text, child);
    // The function around may bind the name further down: its owner is known only when all bindings are.
    if (!isGlobal) nonlocals.push({ scope, name });
    scope.delegated = new Map([...scope.delegated, [name, isGlobal ? 0 : index]]);
  }
}

/** Hands what `nonlocal` names were bound to over to the functions that own the names. */
function giveToOwners(scopes: readonly OpenScope[], nonlocals: readonly NonlocalName[]): void {
  for (const { scope, name } of nonlocals) {
    const owner = ownerOfNonlocal(scopes, scope, name);
    const bindings = scope.bindings.get(name) ?? [];
    scope.delegated = new Map([...scope.delegated, [name, owner.index]]);
    scope.bindings.delete(name);
    for (const binding of bindings) add(scopes, owner.index, name, binding);
  }
}

function ownerOfNonlocal(scopes: readonly Scope[], inner: Scope, name: string): Scope {
  for (let scope = scopes[inner.parent]; scope; scope = scopes[scope.parent]) {
    if (scope.kind === 'function' && scope.bindings.has(name) && !scope.delegated.has(name)) return scope;
  }
  return scopes[inner.parent] ?? inner;
}

/** Files `self.name = …` under the class of the method that it stands in. */
function addAttribute(
  source: PythonSource,
  scopes: readonly OpenScope[],
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
  // Only methods have a receiver.
  if (owner?.kind !== 'class') return;
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
