import type { ThreadConduct } from '../../core/python-outline.ts';
import { isThreadBound, type BlockingCallable, type FindBlockingCallable } from '../../knowledge/blocking.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, childrenOf, firstChild, kindOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { enclosingFunction, type Scope } from '../python/scopes.ts';
import { createOwnership, type Ownership } from './ownership.ts';
import { CHAINED, isRead, LOG_METHODS, MUTATORS, stateOf } from './thread-knowledge.ts';

const ORDER: readonly ThreadConduct[] = ['free', 'shared', 'bound', 'loop'];

/** The weaker of two promises. */
export function weaker(left: ThreadConduct, right: ThreadConduct): ThreadConduct {
  return ORDER.indexOf(left) >= ORDER.indexOf(right) ? left : right;
}

/**
 * What each function of a file does that matters when another thread runs it, by its index; calls of workspace functions
 * are left to the call graph.
 */
export function threadConducts(file: PythonFile): readonly ThreadConduct[] {
  const conducts: ThreadConduct[] = file.facts.functions.map(() => 'free');
  const ownership = createOwnership(file);
  const scopes = scopesByFunction(file);
  const known = new Map<string, SymbolConduct>();
  // A file calls the same few names again and again.
  const conductOf = (symbol: string): SymbolConduct => {
    const found = known.get(symbol) ?? conductOfSymbol(symbol, file.knowledge.blockingCallable);
    known.set(symbol, found);
    return found;
  };
  const note = (index: number, conduct: ThreadConduct): void => {
    const before = conducts[index];
    if (before !== undefined) conducts[index] = weaker(before, conduct);
  };
  for (const [node, index] of file.numbers.calls) {
    const call = file.facts.calls[index];
    // What nobody knows makes a function shared at most.
    if (!call || call.atDefinition || (!call.callee && conducts[call.function] !== 'free')) continue;
    const scope = scopes.get(call.function);
    const ofSymbol = call.callee && conductOf(call.callee.symbol);
    if (scope) note(call.function, conductOfCall(file, ofSymbol, node, scope, ownership));
  }
  noteWrites(file, ownership, conducts);
  // What is defined inside may be called inside, as a key function or a callback.
  for (const { index, parent, isAsync } of [...file.facts.functions].reverse()) {
    if (parent >= 0 && !isAsync) note(parent, conducts[index] ?? 'free');
  }
  return conducts;
}

/** Scopes of all functions but coroutines, which run in no other thread. */
function scopesByFunction({ table, numbers, facts }: PythonFile): ReadonlyMap<number, Scope> {
  const found = new Map<number, Scope>();
  for (const scope of table.scopes) {
    const index = numbers.functions.get(scope.node);
    if (index !== undefined && facts.functions[index]?.isAsync !== true) found.set(index, scope);
  }
  return found;
}

/** What a call does by the name of its callee; where that is not enough, the name is given. */
type SymbolConduct = ThreadConduct | { readonly name: string; readonly known: BlockingCallable | undefined };

function conductOfSymbol(symbol: string, blockingCallable: FindBlockingCallable): SymbolConduct {
  if (symbol.startsWith(':') || symbol.startsWith('.')) return 'free';
  const name = canonicalName(symbol) ?? symbol;
  return stateOf(name) ?? { name, known: blockingCallable(name) };
}

/** @param ofSymbol of the callee; undefined where nobody knows it */
function conductOfCall(
  { source: { tree, text } }: PythonFile,
  ofSymbol: SymbolConduct | undefined,
  node: NodeIndex,
  scope: Scope,
  ownership: Ownership,
): ThreadConduct {
  if (typeof ofSymbol === 'string') return ofSymbol;
  const callee = childByField(tree, node, Field.function);
  const method =
    kindOf(tree, callee) === Kind.attribute ? textOf(tree, text, childByField(tree, callee, Field.attribute)) : '';
  const isOwn = (): boolean => ownership.isOwn(scope, callee);
  if (!ofSymbol) return conductOfUnknown(method, isOwn);
  const { name, known } = ofSymbol;
  if (CONTAINER.test(name) && MUTATORS.has(method)) return isOwn() ? 'free' : 'shared';
  return conductOfThreadUse(name, known, method, isOwn, () => ownership.keeps(scope, node));
}

/**
 * Calls that the knowledge of threads speaks of.
 * @param keeps whether what the call gives back stays in the function
 */
function conductOfThreadUse(
  name: string,
  known: BlockingCallable | undefined,
  method: string,
  isOwn: () => boolean,
  keeps: () => boolean,
): ThreadConduct {
  const owner = name.slice(0, Math.max(0, name.lastIndexOf('.')));
  // An engine may be used from any thread; what it connects to may not.
  const isObject = isThreadBound(owner) && !CONNECTORS.has(owner);
  if (isObject) return isOwn() && (!CHAINED.has(method) || keeps()) ? 'free' : 'bound';
  if (known?.threads === 'own') return TAKES_CONNECTION.test(name) || !keeps() ? 'bound' : 'free';
  return known?.threads === 'one' && !isOwn() ? 'shared' : 'free';
}

const CONNECTORS: ReadonlySet<string> = new Set(['sqlalchemy.engine.Engine']);
const TAKES_CONNECTION = /^pandas\./;

const CONTAINER = /^(?:builtins\.(?:list|dict|set|bytearray)|collections\.\w+)\./;

/** A method of an object that nobody knows: harmless when its name says so, or when the object is the function's own. */
function conductOfUnknown(method: string, isOwn: () => boolean): ThreadConduct {
  if (method === '') return 'shared';
  if (isRead(method) || LOG_METHODS.has(method)) return 'free';
  return isOwn() ? 'free' : 'shared';
}

/**
 * Makes functions that were free until now shared where they write what others see: `self.name = …`, `table[key] = …`,
 * `del …` and names that `global` or `nonlocal` hand out.
 */
function noteWrites(file: PythonFile, ownership: Ownership, conducts: ThreadConduct[]): void {
  const { table, numbers } = file;
  for (const node of numbers.writes) {
    const scope = enclosingFunction(table.scopes, table.scopeOf[node] ?? 0);
    const index = scope && numbers.functions.get(scope.node);
    if (!scope || index === undefined || conducts[index] !== 'free') continue;
    if (targetsOf(file, node).some(target => isSharedTarget(file, target, scope, ownership)))
      conducts[index] = 'shared';
  }
}

function targetsOf({ source: { tree } }: PythonFile, write: NodeIndex): readonly NodeIndex[] {
  switch (kindOf(tree, write)) {
    case Kind.delete_statement:
      return childrenOf(tree, write);
    case Kind.named_expression:
      return [childByField(tree, write, Field.name)];
    case Kind.as_pattern_target:
      return [firstChild(tree, write)];
    default:
      return [childByField(tree, write, Field.left)];
  }
}

function isSharedTarget(file: PythonFile, target: NodeIndex, scope: Scope, ownership: Ownership): boolean {
  const { tree, text } = file.source;
  switch (kindOf(tree, target)) {
    case Kind.identifier:
      return scope.delegated.has(textOf(tree, text, target));
    case Kind.attribute:
    case Kind.subscript:
      return !ownership.isOwn(scope, target);
    case Kind.pattern_list:
    case Kind.tuple_pattern:
    case Kind.list_pattern:
    case Kind.expression_list:
    case Kind.list_splat_pattern:
    case Kind.parenthesized_expression:
      return childrenOf(tree, target).some(child => isSharedTarget(file, child, scope, ownership));
    default:
      return false;
  }
}
