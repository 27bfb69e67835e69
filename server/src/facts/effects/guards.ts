import type { CallFact } from '../../core/python-facts.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  childrenOf,
  endOfSubtree,
  kindOf,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import { numberedNodes, type NumberedNode, type NumberedNodes } from '../python/numbered-nodes.ts';
import type { PythonFile } from '../python/python-file.ts';
import { enclosingFunction, type Scope } from '../python/scopes.ts';

/**
 * Of some calls of a file, in source order, those that callers of their function can't count on, by index: those that run
 * for the first caller only (`if _client is None: _client = connect()`), and all of a function that asks whether an event
 * loop runs before it waits.
 */
export function findGuardedCalls(file: PythonFile, wanted: readonly NumberedNode[]): ReadonlySet<number> {
  const { calls, functions } = file.facts;
  const regions = onceRegions(file, numberedNodes(wanted.map(([node]) => node)));
  const askers = new Set(calls.filter(asksForLoop).map(call => call.function));
  const found = new Set<number>();
  if (regions.length === 0 && askers.size === 0) return found;
  for (const [node, index] of wanted) {
    const isOnce = regions.some(({ start, end }) => node >= start && node < end);
    const owner = calls[index]?.function ?? -1;
    if (isOnce || (askers.has(owner) && functions[owner]?.isAsync === false)) found.add(index);
  }
  return found;
}

/** Whether a node stands in the handler of an `except`, of the same function. */
export function isInHandler({ source: { tree } }: PythonFile, node: NodeIndex): boolean {
  for (let at = node; at >= 0; at = parentOf(tree, at)) {
    const kind = kindOf(tree, at);
    if (kind === Kind.except_clause) return true;
    if (kind === Kind.function_definition || kind === Kind.lambda) return false;
  }
  return false;
}

const LOOP_QUESTIONS: ReadonlySet<string> = new Set([
  'asyncio.get_running_loop',
  'asyncio.get_event_loop',
  'asyncio.current_task',
  'anyio.get_current_task',
  'sniffio.current_async_library',
]);
const PLAIN_QUESTIONS = /^(?:asyncio\._get_running_loop|asyncio\.get_(?:running|event)_loop\(\)\.is_running)$/;
/** `in_event_loop()`, `is_async_context()`. */
const QUESTION_NAME = /(?:^|\.)_*(?:is|in|inside|has|running)_\w*(?:async|loop)\w*$/;

/** Outside of a loop the first ones raise, so that they are a question where a `try` stands around them. */
function asksForLoop({ callee, calleeText, tries, awaited }: CallFact): boolean {
  if (callee !== undefined && LOOP_QUESTIONS.has(callee.symbol)) return tries.length > 0;
  return (callee !== undefined && PLAIN_QUESTIONS.test(callee.symbol)) || (!awaited && QUESTION_NAME.test(calleeText));
}

/** Nodes from `start` up to `end`, exclusive. */
interface Region {
  readonly start: NodeIndex;
  readonly end: NodeIndex;
}

/** What runs as long as a shared name holds nothing, and gives it something; as far as wanted nodes stand in it. */
function onceRegions(file: PythonFile, wanted: NumberedNodes): readonly Region[] {
  const { tree } = file.source;
  const regions: Region[] = [];
  for (const node of file.numbers.ifStatements) {
    const asked = kindOf(tree, childByField(tree, node, Field.condition));
    const region =
      (ASKS_FOR_EMPTY.has(asked) ? branchThatFills(file, node, wanted) : undefined) ??
      (ASKS_FOR_FILLED.has(asked) ? restThatFills(file, node) : undefined);
    if (region) regions.push(region);
  }
  return regions;
}

/** Kinds of the conditions that {@link emptyNames} and {@link filledName} read something from. */
const ASKS_FOR_EMPTY: ReadonlySet<number> = new Set([
  Kind.not_operator,
  Kind.comparison_operator,
  Kind.boolean_operator,
]);
const ASKS_FOR_FILLED: ReadonlySet<number> = new Set([Kind.identifier, Kind.attribute, Kind.comparison_operator]);

/** `if name is None: name = …`. */
function branchThatFills(file: PythonFile, node: NodeIndex, wanted: NumberedNodes): Region | undefined {
  const { tree } = file.source;
  const body = childByField(tree, node, Field.consequence);
  const region = { start: body, end: endOfSubtree(tree, body) };
  if (wanted.countBefore(region.end) === wanted.countBefore(region.start)) return undefined;
  const names = emptyNames(conditionOf(file, node));
  return names.some(name => isFilled(file, node, region, name)) ? region : undefined;
}

/** `if name is not None: return name`, and what follows in the function. */
function restThatFills(file: PythonFile, node: NodeIndex): Region | undefined {
  const { tree } = file.source;
  if (!returns(file, node)) return undefined;
  const name = filledName(conditionOf(file, node));
  if (name === undefined) return undefined;
  const owner = enclosingFunction(file.table.scopes, file.table.scopeOf[node] ?? 0);
  if (!owner) return undefined;
  const region = { start: endOfSubtree(tree, node), end: endOfSubtree(tree, owner.node) };
  return isFilled(file, node, region, name) ? region : undefined;
}

function conditionOf({ source: { tree, text } }: PythonFile, node: NodeIndex): string {
  return textOf(tree, text, childByField(tree, node, Field.condition));
}

const EMPTY =
  /^(?:not\s+(?<plain>[\w.]+)|(?<none>[\w.]+)\s*(?:\bis|==)\s*None|not\s+hasattr\(\s*(?<owner>\w+)\s*,\s*["'](?<member>\w+)["']\s*\))$/;
const FILLED = /^(?:(?<plain>[\w.]+)|(?<some>[\w.]+)\s+is\s+not\s+None)$/;

/** Names that a condition asks to hold nothing; a condition with `or` may be true again. */
function emptyNames(condition: string): readonly string[] {
  if (/\bor\b/.test(condition)) return [];
  return condition.split(/\band\b/).flatMap(part => {
    const { plain, none, owner, member } = EMPTY.exec(part.trim())?.groups ?? {};
    const name = plain ?? none ?? (owner === undefined ? undefined : `${owner}.${member ?? ''}`);
    return name === undefined ? [] : [name];
  });
}

function filledName(condition: string): string | undefined {
  const { plain, some } = FILLED.exec(condition.trim())?.groups ?? {};
  return plain ?? some;
}

/** Whether a name that outlives the call is given something in a region, there or by a function that is called there. */
function isFilled(file: PythonFile, node: NodeIndex, region: Region, name: string): boolean {
  const owner = enclosingFunction(file.table.scopes, file.table.scopeOf[node] ?? 0);
  if (!owner) return false;
  const [root = '', ...members] = name.split('.');
  if (members.length === 0) {
    if (owner.delegated.has(name))
      return isAssigned(file, region, name) || isFilledByCall(file, region, name, undefined);
    return !owner.bindings.has(name) && isFilledByCall(file, region, name, undefined);
  }
  if (root !== owner.receiver) return !owner.bindings.has(root) && isAssigned(file, region, name);
  if (owner.qualifiedName.endsWith('.__init__')) return false;
  const member = members.length === 1 ? members[0] : undefined;
  return isAssigned(file, region, name) || (member !== undefined && isFilledByCall(file, region, name, member));
}

function isAssigned({ source: { tree, text }, numbers }: PythonFile, { start, end }: Region, name: string): boolean {
  return numbers.writes.some(
    node =>
      node >= start &&
      node < end &&
      kindOf(tree, node) === Kind.assignment &&
      textOf(tree, text, childByField(tree, node, Field.left)) === name,
  );
}

/**
 * Whether a function of the file that is called in a region gives a name something: `if _client is None: _connect()`.
 * @param member the name, where it is an attribute of the object whose methods are called
 */
function isFilledByCall(file: PythonFile, { start, end }: Region, name: string, member: string | undefined): boolean {
  const { calls } = file.numbers;
  for (let index = calls.countBefore(start); index < calls.countBefore(end); index++) {
    const symbol = file.facts.calls[index]?.callee?.symbol ?? '';
    const filler = symbol.startsWith(':') ? scopeNamed(file, symbol.slice(1)) : undefined;
    if (!filler) continue;
    const body = { start: filler.node, end: endOfSubtree(file.source.tree, filler.node) };
    if (member === undefined) {
      if (filler.delegated.has(name) && isAssigned(file, body, name)) return true;
    } else if (filler.receiver !== undefined && isAssigned(file, body, `${filler.receiver}.${member}`)) return true;
  }
  return false;
}

function scopeNamed({ facts, numbers, table }: PythonFile, qualifiedName: string): Scope | undefined {
  const found = facts.functions.filter(one => one.qualifiedName === qualifiedName);
  const node = found.length === 1 ? numbers.functions.nodes[found[0]?.index ?? -1] : undefined;
  return table.scopes.find(scope => scope.node === node);
}

function returns({ source: { tree } }: PythonFile, node: NodeIndex): boolean {
  const body = childByField(tree, node, Field.consequence);
  return kindOf(tree, childrenOf(tree, body).at(-1) ?? -1) === Kind.return_statement;
}
