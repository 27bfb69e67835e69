import type { Value } from '../../core/python-facts.ts';
import type { PythonSource } from '../../core/source-file.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  childrenOf,
  decoratorsOf,
  endOfSubtree,
  firstChild,
  kindOf,
  nextSibling,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import { isTransparent, resolveAnnotation } from './annotation.ts';
import { canonicalName, hasKnownResult } from './canonical-name.ts';
import { BUILTIN_NAMES } from './builtins.ts';
import { createCycleWatch } from './cycle-watch.ts';
import { dominatingBinding } from './dominating-binding.ts';
import { dependencyOf } from './dependency.ts';
import type { NumberedNodes } from './numbered-nodes.ts';
import { enclosingFunction, type Binding, type Scope, type ScopeTable } from './scopes.ts';
import { common, follow, literalValue } from './values.ts';

/** Answers what expressions of one file evaluate to. Unknown is `undefined`, never a guess. */
export interface Resolver {
  /** Value of an expression node. */
  valueOf(node: NodeIndex): Value | undefined;
  /** What an instance of an annotation is: `httpx.Client()` for `Optional["httpx.Client"]`. */
  instanceOf(annotation: NodeIndex): Value | undefined;
  /** What a name means at a place. */
  lookup(name: string, at: NodeIndex): Value | undefined;
  /** Value of a binding, whatever else the name is bound to. */
  valueOfBinding(binding: Binding): Value | undefined;
  /** Common value of an attribute of a class of this file, found in its body and methods. */
  attributeOf(classScope: Scope, name: string): Value | undefined;
  /** Values of the `return` statements of a function of this file; `undefined` entries are unknown. */
  returnsOf(functionScope: Scope): readonly (Value | undefined)[];
  /**
   * Whether an answer that was given so far may depend on the questions before it, as happens where values lead to each
   * other. Otherwise each answer is what it would be as the first one.
   */
  isOrderSensitive(): boolean;
}

/** Values that are known through more others than this are unknown: nobody writes such code, and the stack ends. */
const MAX_DEPTH = 200;

/** How far the value of a node is; from `known` on, where it is found. */
const State = { open: 0, inProgress: 1, unknown: 2, known: 3 } as const;

/**
 * @param calls number of each call node, as in {@link PythonFacts.calls}
 */
export function createResolver(source: PythonSource, table: ScopeTable, calls: Pick<NumberedNodes, 'get'>): Resolver {
  const { tree, text } = source;
  const { scopes, scopeOf } = table;
  const states = new Int32Array(tree.size);
  const known: Value[] = [];
  const annotationsInProgress = new Set<NodeIndex>();
  // A key for each node, and behind them one for what each scope's function returns.
  const cycles = createCycleWatch(tree.size + scopes.length);
  /** How many values are in progress. */
  let depth = 0;
  const scopeByName = new Map<string, Scope>();
  for (const scope of scopes) {
    if (scope.kind === 'class' || scope.kind === 'function') scopeByName.set(scope.qualifiedName, scope);
  }
  const returns = new Map<number, readonly (Value | undefined)[]>();

  function valueOf(node: NodeIndex): Value | undefined {
    if (node < 0) return undefined;
    const state = states[node] ?? State.unknown;
    if (state !== State.open) {
      cycles.meet(node);
      // A name that is defined through itself has no value that one could tell.
      return state < State.known ? undefined : known[state - State.known];
    }
    if (depth >= MAX_DEPTH / 2) cycles.giveUp();
    if (depth >= MAX_DEPTH) return undefined;
    states[node] = State.inProgress;
    depth++;
    const entered = cycles.enter(node);
    const value = compute(node);
    cycles.leave(node, entered, value !== undefined);
    depth--;
    states[node] = value ? State.known + known.length : State.unknown;
    if (value) known.push(value);
    return value;
  }

  function compute(node: NodeIndex): Value | undefined {
    switch (kindOf(tree, node)) {
      case Kind.identifier:
        return lookup(textOf(tree, text, node), node);
      case Kind.attribute:
        return valueOfAttribute(node);
      case Kind.call:
        return valueOfCall(node);
      case Kind.await:
      case Kind.parenthesized_expression:
        return valueOf(firstOperand(node));
      case Kind.named_expression:
        return valueOf(childByField(tree, node, Field.value));
      case Kind.boolean_operator:
        return common([valueOf(childByField(tree, node, Field.left)), valueOf(childByField(tree, node, Field.right))]);
      case Kind.conditional_expression:
        return valueOfConditional(node);
      case Kind.binary_operator:
        return valueOfDivision(node);
      case Kind.subscript:
        return valueOfTypeAlias(node) ?? valueOfItem(node) ?? valueOfGeneric(node);
      default:
        return literalValue(kindOf(tree, node));
    }
  }

  function firstOperand(node: NodeIndex): NodeIndex {
    let child = firstChild(tree, node);
    while (kindOf(tree, child) === Kind.comment) child = nextSibling(tree, child);
    return child;
  }

  /** `folder / "file.txt"` is a path again; what other operators give is unknown. */
  function valueOfDivision(node: NodeIndex): Value | undefined {
    if (kindOf(tree, childByField(tree, node, Field.operator)) !== Kind['/']) return undefined;
    const left = valueOf(childByField(tree, node, Field.left));
    return left && isPath(left) ? { symbol: 'pathlib.Path()' } : undefined;
  }

  /** `Session` for `Annotated[Session, …]`: as good as the class where it serves as an annotation. */
  function valueOfTypeAlias(node: NodeIndex): Value | undefined {
    const head = valueOf(childByField(tree, node, Field.value));
    if (!head || !isTransparent(head.symbol)) return undefined;
    const instance = instanceOf(node);
    return instance?.symbol.endsWith('()') === true ? follow(instance, instance.symbol.slice(0, -2)) : undefined;
  }

  /** `client["shop"]`, where it is known what items a library's object has. */
  function valueOfItem(node: NodeIndex): Value | undefined {
    const holder = valueOf(childByField(tree, node, Field.value));
    // What stands in brackets after a class are types.
    const name = holder?.symbol.includes('()') === true ? canonicalName(holder.symbol) : undefined;
    if (!holder || name === undefined || !hasKnownResult(`${name}.__getitem__`)) return undefined;
    return { ...holder, symbol: `${holder.symbol}.__getitem__()` };
  }

  /** `Repository` for `Repository[Order](…)`, told from an item of a mapping by how classes are written. */
  function valueOfGeneric(node: NodeIndex): Value | undefined {
    const isCalled = tree.fields[node] === Field.function;
    const head = isCalled ? valueOf(childByField(tree, node, Field.value)) : undefined;
    const argument = childByField(tree, node, Field.subscript);
    const isItem = [Kind.string, Kind.integer].some(kind => kind === kindOf(tree, argument));
    return head && !isItem && /(?:^|[.:])[A-Z]\w*[a-z]\w*$/.test(head.symbol) ? head : undefined;
  }

  function valueOfConditional(node: NodeIndex): Value | undefined {
    const [whenTrue, , whenFalse] = childrenOf(tree, node).filter(child => kindOf(tree, child) !== Kind.comment);
    const branches = [whenTrue, whenFalse].filter(branch => branch !== undefined);
    const solid = branches.filter(branch => kindOf(tree, branch) !== Kind.none);
    return common(solid.map(valueOf));
  }

  function valueOfAttribute(node: NodeIndex): Value | undefined {
    const objectNode = childByField(tree, node, Field.object);
    const name = textOf(tree, text, childByField(tree, node, Field.attribute));
    const method = methodOfReceiver(objectNode);
    const receiver = method && scopes[method.parent];
    if (receiver) return attributeOf(receiver, name) ?? inherited(receiver, name, method.receivesClass);
    const object = valueOf(objectNode);
    if (!object) return undefined;
    const instanceClass = localClassOf(object.symbol);
    if (instanceClass)
      return attributeOf(instanceClass, name) ?? inherited(instanceClass, name, !object.symbol.endsWith('()'));
    const isFolder = name === 'parent' && isPath(object);
    return isFolder ? { symbol: 'pathlib.Path()' } : { ...object, symbol: `${object.symbol}.${name}` };
  }

  /** What a class does not define itself may come from a base class in another file. */
  function inherited(owner: Scope, name: string, isClass: boolean): Value | undefined {
    if (owner.kind !== 'class' || owner.attributes.has(name) || owner.bindings.has(name)) return undefined;
    if (childByField(tree, owner.node, Field.superclasses) < 0) return undefined;
    return { symbol: `:${owner.qualifiedName}${isClass ? '' : '()'}.${name}`, deferred: true };
  }

  /** The method whose `self` or `cls` a node names, unless the method re-binds it. */
  function methodOfReceiver(node: NodeIndex): Scope | undefined {
    if (kindOf(tree, node) !== Kind.identifier) return undefined;
    const name = textOf(tree, text, node);
    for (let scope = scopes[scopeOf[node] ?? 0]; scope; scope = scopes[scope.parent]) {
      const bindings = scope.kind === 'class' ? undefined : scope.bindings.get(name);
      if (!bindings) continue;
      return scope.receiver === name && bindings.length === 1 ? scope : undefined;
    }
    return undefined;
  }

  /** The class of this file that `:Name` or `:Name()` stands for. */
  function localClassOf(symbol: string): Scope | undefined {
    if (!symbol.startsWith(':')) return undefined;
    const scope = scopeByName.get(symbol.endsWith('()') ? symbol.slice(1, -2) : symbol.slice(1));
    return scope?.kind === 'class' ? scope : undefined;
  }

  function attributeOf(classScope: Scope, name: string): Value | undefined {
    const bindings = [...(classScope.attributes.get(name) ?? []), ...(classScope.bindings.get(name) ?? [])];
    if (bindings.length === 0) return undefined;
    const definition = bindings.find(binding => binding.kind === 'definition');
    if (definition) return bindings.length === 1 ? propertyOrMethod(definition) : undefined;
    return commonOfBindings(bindings);
  }

  function propertyOrMethod(definition: Binding & { kind: 'definition' }): Value | undefined {
    const scope = scopeByName.get(definition.symbol.slice(1));
    if (!scope || scope.kind === 'class') return { symbol: definition.symbol };
    const decorators = decoratorsOf(tree, scope.node).map(decorator => valueOf(decorator)?.symbol);
    const isProperty = decorators.some(
      symbol => symbol === 'builtins.property' || symbol === 'functools.cached_property',
    );
    if (isProperty) return common(returnsOf(scope)) ?? { symbol: `${definition.symbol}()` };
    return { symbol: definition.symbol };
  }

  function valueOfCall(node: NodeIndex): Value | undefined {
    const callee = valueOf(childByField(tree, node, Field.function));
    if (!callee) return undefined;
    const index = calls.get(node);
    if (callee.symbol === 'functools.partial' && index !== undefined) return valueOfPartial(node, index);
    if (callee.symbol === 'contextlib.closing' || callee.symbol === 'contextlib.aclosing')
      return valueOf(firstArgument(node));
    const functionScope = callee.symbol.startsWith(':') ? scopeByName.get(callee.symbol.slice(1)) : undefined;
    if (functionScope?.kind === 'function' && decoratorsOf(tree, functionScope.node).length === 0) {
      const returned = common(returnsOf(functionScope));
      if (returned) return returned;
    }
    return { ...follow(callee, `${callee.symbol}()`), ...(index === undefined ? {} : { origin: index }) };
  }

  function firstArgument(call: NodeIndex): NodeIndex {
    const list = childByField(tree, call, Field.arguments);
    return kindOf(tree, list) === Kind.argument_list ? firstChild(tree, list) : -1;
  }

  function valueOfPartial(node: NodeIndex, index: number): Value | undefined {
    const target = valueOf(firstArgument(node));
    return target && { ...target, partial: index };
  }

  function returnsOf(scope: Scope): readonly (Value | undefined)[] {
    const key = tree.size + scope.index;
    const done = returns.get(scope.index);
    if (done) {
      cycles.meet(key);
      return done;
    }
    const entered = cycles.enter(key);
    // Recursion sees an unknown value, which keeps the result unknown.
    returns.set(scope.index, [undefined]);
    const annotation = childByField(tree, scope.node, Field.return_type);
    const values = collectReturns(scope);
    const annotated = annotation < 0 ? undefined : instanceOf(annotation);
    const result =
      values.length > 0 && values.every(value => value !== undefined) ? values : annotated ? [annotated] : values;
    cycles.leave(key, entered, common(result) !== undefined);
    returns.set(scope.index, result);
    return result;
  }

  function collectReturns(scope: Scope): (Value | undefined)[] {
    const values: (Value | undefined)[] = [];
    const end = endOfSubtree(tree, scope.node);
    for (let node = scope.node; node < end; node++) {
      const kind = tree.kinds[node];
      if (kind !== Kind.yield && kind !== Kind.return_statement) continue;
      if (enclosingFunction(scopes, scopeOf[node] ?? 0)?.index !== scope.index) continue;
      // What a generator function returns is not what calling it gives.
      if (kind === Kind.yield) return [undefined];
      const value = firstOperand(node);
      if (value >= 0 && kindOf(tree, value) !== Kind.none) values.push(valueOf(value));
    }
    return values;
  }

  function lookup(name: string, at: NodeIndex): Value | undefined {
    const start = scopes[scopeOf[at] ?? 0];
    for (let scope = start; scope; scope = scopes[scope.parent]) {
      if (scope.kind === 'class' && scope !== start) continue;
      const owner = scope.delegated.has(name) ? scopes[scope.delegated.get(name) ?? 0] : scope;
      const bindings = owner?.bindings.get(name);
      if (!owner || !bindings) continue;
      const isSameScope =
        owner === start || (start?.kind === 'comprehension' && enclosingFunction(scopes, start.index) === owner);
      const dominating = bindings.length > 1 && isSameScope ? dominatingBinding(source, bindings, at) : undefined;
      return dominating ? valueOfBinding(dominating) : commonOfBindings(bindings);
    }
    if (table.hasStarImport) return { symbol: `:${name}`, deferred: true };
    return BUILTIN_NAMES.has(name) ? { symbol: `builtins.${name}` } : undefined;
  }

  /** The value that all bindings agree on; `x = None` before the real value does not count. */
  function commonOfBindings(bindings: readonly Binding[]): Value | undefined {
    const solid = bindings.filter(binding => !isPlaceholder(binding));
    return common((solid.length > 0 ? solid : bindings).map(valueOfBinding));
  }

  function isPlaceholder(binding: Binding): boolean {
    return binding.kind === 'assignment' && kindOf(tree, binding.value) === Kind.none && binding.annotation < 0;
  }

  function valueOfBinding(binding: Binding): Value | undefined {
    switch (binding.kind) {
      case 'import':
      case 'definition':
        return { symbol: binding.symbol };
      case 'parameter':
        return (binding.annotation < 0 ? undefined : instanceOf(binding.annotation)) ?? valueOfParameter(binding);
      case 'assignment': {
        const value = kindOf(tree, binding.value) === Kind.none ? undefined : valueOf(binding.value);
        if (binding.annotation < 0) return value;
        return value && !FIELD_MAKERS.has(value.symbol) ? value : instanceOf(binding.annotation);
      }
      case 'with': {
        const value = valueOf(binding.value);
        return value && { ...value, symbol: `${value.symbol}.${binding.isAsync ? '__aenter__' : '__enter__'}()` };
      }
      case 'error': {
        const type = kindOf(tree, binding.type) === Kind.tuple ? undefined : valueOf(binding.type);
        return type && follow(type, `${type.symbol}()`);
      }
      case 'opaque':
        return undefined;
    }
  }

  /** `self`, `cls`, and what a web framework passes in; the index alone can follow these. */
  function valueOfParameter(binding: Binding & { kind: 'parameter' }): Value | undefined {
    const method = scopes[scopeOf[binding.node] ?? 0];
    const owner = method && scopes[method.parent];
    if (binding.position === 0 && method?.receiver !== undefined && owner?.kind === 'class')
      return { symbol: `:${owner.qualifiedName}${method.receivesClass ? '' : '()'}`, deferred: true };
    const dependency = dependencyOf(source, binding.node, valueOf);
    return dependency && { symbol: `${dependency.symbol}.<depends>()`, deferred: true };
  }

  function instanceOf(annotation: NodeIndex): Value | undefined {
    // `date: "date | None"` names itself.
    if (annotationsInProgress.has(annotation)) {
      cycles.giveUp();
      return undefined;
    }
    annotationsInProgress.add(annotation);
    const value = resolveAnnotation(source, annotation, valueOf, name => lookup(name, annotation));
    annotationsInProgress.delete(annotation);
    return value;
  }

  const { isOrderSensitive } = cycles;
  return { valueOf, instanceOf, lookup, valueOfBinding, attributeOf, returnsOf, isOrderSensitive };
}

/** What stands for a field in the body of a class whose annotation says what instances hold. */
const FIELD_MAKERS: ReadonlySet<string> = new Set(
  [
    'dataclasses.field',
    'pydantic.Field',
    'pydantic.PrivateAttr',
    'sqlmodel.Field',
    'attr.ib',
    'attr.field',
    'attrs.field',
    'fastapi.Depends',
  ].map(maker => `${maker}()`),
);

function isPath({ symbol }: Value): boolean {
  return canonicalName(symbol) === 'pathlib.Path';
}
