import type { ResourceFact, ResourceFate, ResourceWrap } from '../../core/facts/resource.ts';
import type { CallFact } from '../../core/python-facts.ts';
import type { ResourceKind } from '../../knowledge/resources.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, kindOf, parentOf, rangeOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import { knownName } from '../python/known-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import type { Scope } from '../python/scopes.ts';
import { fateOf } from './fate.ts';
import { flowOf, type Flow } from './flow.ts';
import { functionAround, scopeAround } from './scope.ts';
import { DEPENDENT, findUses, type ResourceUses } from './uses.ts';
import { planWrap, planWrapInPlace } from './plan-wrap.ts';

/** Calls of a Python file that open something which has to be closed, in source order. */
export function findResources(file: PythonFile): readonly ResourceFact[] {
  const { numbers, facts, knowledge } = file;
  const found: ResourceFact[] = [];
  // Calls of one file repeat the same symbols, and most are told by their last name already.
  const mayOpen = new Map<string, boolean>();
  for (const [node, index] of numbers.calls) {
    const call = facts.calls[index];
    const symbol = call?.callee?.symbol;
    if (!call || symbol === undefined) continue;
    let isOpener = mayOpen.get(symbol);
    if (isOpener === undefined) {
      // What a factory gives back has no name of its own.
      isOpener = symbol.endsWith('()') || knowledge.openerNames.has(lastNameOf(symbol));
      mayOpen.set(symbol, isOpener);
    }
    const opener = isOpener ? knownName(symbol, file) : undefined;
    const kind = opener === undefined ? undefined : knowledge.resourceKind(opener);
    if (opener !== undefined && kind && !holdsNothing(call)) found.push(factOf(file, node, opener, kind));
  }
  return found;
}

function lastNameOf(symbol: string): string {
  return symbol.slice(Math.max(symbol.lastIndexOf('.'), symbol.lastIndexOf(':')) + 1);
}

/** It holds nothing of its own: a database in memory, an archive that is read from memory or from an open file. */
function holdsNothing({ arguments: given }: CallFact): boolean {
  const [target, mode] = given;
  if (target?.literal !== undefined && /^["']:memory:["']$/.test(target.literal)) return true;
  const source = given.find(({ name }) => name === 'fileobj') ?? target;
  const isBuffer = /^(io\.BytesIO|builtins\.open)\(\)/.test(source?.value?.symbol ?? '') || source?.name === 'fileobj';
  const written = given.find(({ name }) => name === 'mode') ?? (mode?.name === undefined ? mode : undefined);
  const isRead = written === undefined || /^["']r/.test(written.literal ?? '');
  return isBuffer && isRead;
}

interface Verdict {
  readonly fate: ResourceFate;
  readonly variable?: string;
  readonly entered?: boolean;
  readonly wrap?: ResourceWrap | undefined;
  readonly ofModule?: true;
}

function factOf(file: PythonFile, call: NodeIndex, opener: string, kind: ResourceKind): ResourceFact {
  const { tree } = file.source;
  const { fate, variable, entered = false, wrap, ofModule } = judge(file, call, kind);
  return {
    range: rangeOf(tree, call),
    calleeRange: rangeOf(tree, childByField(tree, call, Field.function)),
    opener,
    what: kind.what,
    closeMethod: kind.close[0] ?? 'close',
    context: kind.context,
    entered,
    fate,
    variable,
    ...(wrap ? { wrap } : {}),
    ...(ofModule ? { ofModule } : {}),
  };
}

function judge(file: PythonFile, call: NodeIndex, kind: ResourceKind): Verdict {
  const flow = flowOf(file, call, kind);
  switch (flow.kind) {
    case 'escapes':
      return { fate: 'handedOver' };
    case 'closed':
      return { fate: 'closed' };
    case 'entered':
      return flow.closing || kind.context !== 'none'
        ? { fate: 'closed' }
        : judgeEntered(file, flow.statement, call, kind);
    case 'named':
      return (flow.direct ? judgeNamed : judgeDependent)(file, flow, call, kind);
    case 'iterated':
    case 'used':
      return judgeInPlace(file, flow, call, kind);
  }
}

function judgeNamed(file: PythonFile, flow: Flow & { kind: 'named' }, call: NodeIndex, kind: ResourceKind): Verdict {
  const { name } = flow;
  const scope = scopeAround(file, call);
  // What the body of a class holds is an attribute.
  if (scope?.kind !== 'function' && scope?.kind !== 'module') return { fate: 'handedOver', variable: name };
  if (!isOwnName(file, scope, name)) return { fate: 'unknown', variable: name };
  const uses = findUses(file, scope, name, kind);
  const fate = fateOf(file, call, name, uses, kind);
  if (scope.kind === 'module' && !isScript(fate, uses, kind)) return { fate: 'handedOver', variable: name };
  const isOpen = fate === 'leaked' || fate === 'closedWithoutError';
  const isSole = (scope.bindings.get(name)?.length ?? 0) === 1;
  const wrap = isOpen && isSole ? planWrap(file, { assignment: flow.assignment, call, name, uses, kind }) : undefined;
  return { fate, variable: name, wrap, ...(scope.kind === 'module' ? { ofModule: true } : {}) };
}

/**
 * Names of a module live as long as it does, and who closes them stands elsewhere, unless the module closes them itself,
 * or reads a file on the spot as a script does.
 */
function isScript(fate: ResourceFate, { places }: ResourceUses, { what }: ResourceKind): boolean {
  return fate === 'closedWithoutError' || (places.length > 0 && (what === 'file' || what === 'archive'));
}

/** `reader = csv.reader(open(path))`: what nobody has a name for, nobody can close, unless what depends on it does. */
function judgeDependent(
  file: PythonFile,
  flow: Flow & { kind: 'named' },
  call: NodeIndex,
  kind: ResourceKind,
): Verdict {
  const scope = functionAround(file, call);
  const isFollowed = kind.what === 'file' || kind.what === 'connection';
  if (!scope || !isFollowed || !isOwnName(file, scope, flow.name)) return { fate: 'unknown' };
  const { escapes, entered, attributes } = findUses(file, scope, flow.name, DEPENDENT);
  const mayClose = entered.length > 0 || CLOSE_METHODS.some(name => attributes.has(name));
  return { fate: escapes ? 'handedOver' : mayClose ? 'unknown' : 'leaked' };
}

const CLOSE_METHODS = ['close', 'aclose', 'detach', 'connection'];

/** Whether a scope binds a name once, and no other scope does; `name = None` and `del name` count for nothing. */
function isOwnName(file: PythonFile, scope: Scope, name: string): boolean {
  const { tree } = file.source;
  const bindings = (scope.bindings.get(name) ?? []).filter(binding => {
    if (binding.kind === 'assignment') return kindOf(tree, binding.value) !== Kind.none;
    return kindOf(tree, parentOf(tree, binding.node)) !== Kind.delete_statement;
  });
  return bindings.length === 1 && !scope.delegated.has(name) && !isDelegatedInside(file, scope, name);
}

/** `with sqlite3.connect(…) as connection`: the statement ends the transaction alone. */
function judgeEntered(file: PythonFile, statement: NodeIndex, call: NodeIndex, kind: ResourceKind): Verdict {
  const { tree, text } = file.source;
  const pattern = parentOf(tree, call);
  if (kindOf(tree, pattern) !== Kind.as_pattern) return { fate: 'unknown', entered: true };
  const alias = childByField(tree, pattern, Field.alias);
  const name = textOf(tree, text, alias);
  const scope = functionAround(file, call);
  const isOwn = scope?.bindings.get(name)?.length === 1 && !scope.delegated.has(name);
  if (!isOwn) return { fate: 'unknown', entered: true };
  const uses = findUses(file, scope, name, kind);
  const isClosed = uses.closes.length > 0 || uses.entered.some(({ closing }) => closing);
  if (uses.escapes) return { fate: 'handedOver', variable: name, entered: true };
  if (isClosed) return { fate: 'unknown', variable: name, entered: true };
  const until = tree.ends[statement] ?? 0;
  return {
    fate: 'leaked',
    variable: name,
    entered: true,
    wrap: { grade: 'suggested', variable: name, form: 'closing', until, closes: [] },
  };
}

function judgeInPlace(file: PythonFile, flow: Flow, call: NodeIndex, kind: ResourceKind): Verdict {
  const attribute = flow.kind === 'used' ? flow.attribute : undefined;
  if (flow.kind === 'iterated' && kind.what !== 'file') return { fate: 'unknown' };
  const isKnown = attribute === undefined ? kind.what === 'file' : kind.inPlace?.includes(attribute) === true;
  if (!isKnown) return { fate: 'unknown' };
  return { fate: 'leaked', wrap: planWrapInPlace(file, call, kind, attribute !== undefined) };
}

/** Whether a function inside re-binds the name with `nonlocal`. */
function isDelegatedInside({ table }: PythonFile, scope: Scope, name: string): boolean {
  return table.scopes.some(other => other.delegated.get(name) === scope.index);
}
