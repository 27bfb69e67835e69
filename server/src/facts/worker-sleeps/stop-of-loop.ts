import type { WorkerStop } from '../../core/facts/worker-sleep.ts';
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
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { enclosingFunction, type Scope } from '../python/scopes.ts';
import { isFlagSetElsewhere } from './flags.ts';
import { operandsOf } from './seconds.ts';

const EVENTS: ReadonlySet<string> = new Set(['threading.Event', 'multiprocessing.Event']);
const STOP_NAME = /stop|shut_?down|exit|quit|terminat|cancel|halt|finish|done|closing|abort/i;

/** What ends a `while` loop from outside; undefined when nothing does, or it can't be told. */
export function stopOfLoop(file: PythonFile, loop: NodeIndex): WorkerStop | undefined {
  const { tree, text } = file.source;
  const condition = childByField(tree, loop, Field.condition);
  const tested = [...eventsInCondition(file, condition), ...eventsThatLeave(file, loop)];
  const names = new Set(tested.map(node => textOf(tree, text, node)));
  const expression = onlyOne([...names]) ?? onlyOne([...names].filter(name => STOP_NAME.test(name)));
  if (expression !== undefined) return { kind: 'testedEvent', expression };
  if (names.size > 0) return undefined;

  const flag = parts(file, condition).find(part => isFlagSetElsewhere(file, part));
  const endless = isConstantTrue(file, condition) && !isLeft(file, loop);
  if (flag === undefined && !endless) return undefined;
  const event = onlyStopEvent(file, loop);
  if (event !== undefined) return { kind: 'unreadEvent', expression: event, endless };
  return flag === undefined ? undefined : { kind: 'flag', expression: textOf(tree, text, flag) };
}

/** Operands that are read for their truth: of `and`, `or`, `not` and parentheses. */
function parts(file: PythonFile, node: NodeIndex): readonly NodeIndex[] {
  switch (kindOf(file.source.tree, node)) {
    case Kind.boolean_operator:
    case Kind.not_operator:
    case Kind.parenthesized_expression:
      return operandsOf(file, node).flatMap(child => parts(file, child));
    case Kind.identifier:
    case Kind.attribute:
      return [node];
    default:
      return [];
  }
}

/** `while not stop.is_set() and …`: events whose being set makes the condition false. */
function eventsInCondition(file: PythonFile, node: NodeIndex): readonly NodeIndex[] {
  const { tree } = file.source;
  switch (kindOf(tree, node)) {
    case Kind.parenthesized_expression:
      return operandsOf(file, node).flatMap(child => eventsInCondition(file, child));
    case Kind.boolean_operator:
      return kindOf(tree, childByField(tree, node, Field.operator)) === Kind.and
        ? operandsOf(file, node).flatMap(child => eventsInCondition(file, child))
        : [];
    case Kind.not_operator:
      return eventsAsked(file, childByField(tree, node, Field.argument));
    default:
      return [];
  }
}

/** `stop.is_set() or …`: events whose being set makes the expression true. */
function eventsAsked(file: PythonFile, node: NodeIndex): readonly NodeIndex[] {
  const { tree, text } = file.source;
  switch (kindOf(tree, node)) {
    case Kind.parenthesized_expression:
      return operandsOf(file, node).flatMap(child => eventsAsked(file, child));
    case Kind.boolean_operator:
      return kindOf(tree, childByField(tree, node, Field.operator)) === Kind.or
        ? operandsOf(file, node).flatMap(child => eventsAsked(file, child))
        : [];
    case Kind.call: {
      const callee = childByField(tree, node, Field.function);
      if (kindOf(tree, callee) !== Kind.attribute) return [];
      const method = textOf(tree, text, childByField(tree, callee, Field.attribute));
      const object = childByField(tree, callee, Field.object);
      return ['is_set', 'isSet', 'wait'].includes(method) && isEvent(file, object) ? [object] : [];
    }
    default:
      return [];
  }
}

/** `if stop.is_set(): break`: events that make a branch leave the loop. */
function eventsThatLeave(file: PythonFile, loop: NodeIndex): readonly NodeIndex[] {
  const { tree } = file.source;
  return nodesOfLoop(file, loop)
    .filter(node => kindOf(tree, node) === Kind.if_statement)
    .filter(node => {
      const consequence = childByField(tree, node, Field.consequence);
      return operandsOf(file, consequence).some(statement => leaves(file, loop, statement));
    })
    .flatMap(node => eventsAsked(file, childByField(tree, node, Field.condition)));
}

function leaves(file: PythonFile, loop: NodeIndex, statement: NodeIndex): boolean {
  const { tree } = file.source;
  const kind = kindOf(tree, statement);
  if (kind === Kind.return_statement || kind === Kind.raise_statement) return true;
  return kind === Kind.break_statement && loopAround(file, statement) === loop;
}

function loopAround({ source: { tree } }: PythonFile, node: NodeIndex): NodeIndex {
  let current = parentOf(tree, node);
  while (current >= 0 && ![Kind.while_statement, Kind.for_statement].some(kind => kind === kindOf(tree, current))) {
    current = parentOf(tree, current);
  }
  return current;
}

/** Whether any statement leaves the loop: a loop that ends by itself retries or waits for something. */
function isLeft(file: PythonFile, loop: NodeIndex): boolean {
  return nodesOfLoop(file, loop).some(
    node => kindOf(file.source.tree, node) !== Kind.raise_statement && leaves(file, loop, node),
  );
}

/** Nodes of a loop's body that the loop itself runs. */
function nodesOfLoop({ source: { tree }, table }: PythonFile, loop: NodeIndex): readonly NodeIndex[] {
  const owner = enclosingFunction(table.scopes, table.scopeOf[loop] ?? 0);
  const nodes: NodeIndex[] = [];
  for (let node = loop + 1; node < endOfSubtree(tree, loop); node++) {
    if (enclosingFunction(table.scopes, table.scopeOf[node] ?? 0) === owner) nodes.push(node);
  }
  return nodes;
}

/** A name or attribute that holds a thread's or process's event. */
function isEvent({ source: { tree }, resolver }: PythonFile, node: NodeIndex): boolean {
  if (kindOf(tree, node) === Kind.attribute) {
    const object = childByField(tree, node, Field.object);
    if (kindOf(tree, object) !== Kind.identifier && kindOf(tree, object) !== Kind.attribute) return false;
  } else if (kindOf(tree, node) !== Kind.identifier) return false;
  return isEventSymbol(resolver.valueOf(node)?.symbol);
}

function isEventSymbol(symbol: string | undefined): boolean {
  return symbol?.endsWith('()') === true && EVENTS.has(canonicalName(symbol) ?? '');
}

/** `self._stop` of the method that a loop stands in, when its class has one event of such a name. */
function onlyStopEvent(file: PythonFile, loop: NodeIndex): string | undefined {
  const method = enclosingFunction(file.table.scopes, file.table.scopeOf[loop] ?? 0);
  const owner = method && file.table.scopes[method.parent];
  if (method?.receiver === undefined || owner?.kind !== 'class') return undefined;
  const name = onlyOne(stopEvents(file, owner));
  return name === undefined ? undefined : `${method.receiver}.${name}`;
}

function stopEvents({ resolver }: PythonFile, owner: Scope): string[] {
  return [...owner.attributes.keys()].filter(
    name => STOP_NAME.test(name) && isEventSymbol(resolver.attributeOf(owner, name)?.symbol),
  );
}

function isConstantTrue({ source: { tree, text } }: PythonFile, node: NodeIndex): boolean {
  const inner = kindOf(tree, node) === Kind.parenthesized_expression ? firstChild(tree, node) : node;
  return kindOf(tree, inner) === Kind.true || textOf(tree, text, inner) === '1';
}

function onlyOne<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
