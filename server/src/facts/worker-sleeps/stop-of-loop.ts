import type { WorkerStop } from '../../core/facts/worker-sleep.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, firstChild, kindOf, parentOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { enclosingFunction, type Scope } from '../python/scopes.ts';
import { decidingParts, nodesOfLoop, type DecidingPart } from './deciding-parts.ts';
import { isFlagSetElsewhere } from './flags.ts';
import { operandsOf } from './seconds.ts';

const EVENTS: ReadonlySet<string> = new Set(['threading.Event', 'multiprocessing.Event']);
/** Contexts and managers of processes make events as well. */
const MADE_EVENT = /^multiprocessing\.(?:get_context|Manager|managers\.SyncManager)\(\)\.Event\(\)$/;
const STOP_NAME = /stop|shut_?down|exit|quit|terminat|cancel|halt|finish|done|closing|abort|kill/i;

/** What ends a loop from outside; undefined when nothing does, or it can't be told. */
export function stopOfLoop(file: PythonFile, loop: NodeIndex): WorkerStop | undefined {
  const { tree, text } = file.source;
  const isWhile = kindOf(tree, loop) === Kind.while_statement;
  const condition = isWhile ? childByField(tree, loop, Field.condition) : -1;
  const heads = isWhile ? decidingParts(file, condition, false) : [];
  const branches = branchesThatLeave(file, loop);
  const tested = [...heads, ...branches.flatMap(({ parts }) => parts)].flatMap(part => eventOf(file, part));
  const names = new Set(tested.map(({ node }) => textOf(tree, text, node)));
  const expression = onlyOne([...names]) ?? onlyOne([...names].filter(name => STOP_NAME.test(name)));
  if (expression !== undefined) {
    const isCertain = tested.every(({ node, known }) => known || textOf(tree, text, node) !== expression);
    return { kind: 'testedEvent', expression, known: isCertain };
  }
  if (names.size > 0) return undefined;

  const quiet = branches.filter(({ raises }) => !raises).flatMap(({ parts }) => parts);
  const flag = [...heads, ...quiet].find(part => isFlagSetElsewhere(file, part));
  const endless = isWhile && isConstantTrue(file, condition) && !isLeft(file, loop);
  if (flag === undefined && !endless) return undefined;
  const event = onlyStopEvent(file, loop);
  if (event !== undefined) return { kind: 'unreadEvent', expression: event, endless };
  return flag === undefined ? undefined : { kind: 'flag', expression: textOf(tree, text, flag.node) };
}

/** Parts of the conditions under which a branch leaves a loop: `if stop.is_set(): break`. */
function branchesThatLeave(
  file: PythonFile,
  loop: NodeIndex,
): readonly { readonly parts: readonly DecidingPart[]; readonly raises: boolean }[] {
  const { tree } = file.source;
  return nodesOfLoop(file, loop)
    .filter(node => kindOf(tree, node) === Kind.if_statement || kindOf(tree, node) === Kind.elif_clause)
    .flatMap(node => {
      const statements = operandsOf(file, childByField(tree, node, Field.consequence));
      const exit = statements.find(statement => leaves(file, loop, statement));
      if (exit === undefined) return [];
      const parts = decidingParts(file, childByField(tree, node, Field.condition), true);
      return [{ parts, raises: kindOf(tree, exit) === Kind.raise_statement }];
    });
}

/** The event that a part asks whether it is set, and whether it certainly is one. */
function eventOf(
  file: PythonFile,
  { node, when }: DecidingPart,
): readonly { readonly node: NodeIndex; readonly known: boolean }[] {
  const { tree, text } = file.source;
  const callee = kindOf(tree, node) === Kind.call ? childByField(tree, node, Field.function) : -1;
  if (!when || kindOf(tree, callee) !== Kind.attribute) return [];
  const method = textOf(tree, text, childByField(tree, callee, Field.attribute));
  const object = childByField(tree, callee, Field.object);
  if (!['is_set', 'isSet', 'wait'].includes(method) || !isPlainName(file, object)) return [];
  const symbol = symbolOfObject(file, callee, method);
  if (isEventSymbol(symbol)) return [{ node: object, known: true }];
  // Nothing else is asked `is_set()`, and nobody says that it is an event of asyncio.
  const name = textOf(tree, text, object).split('.').at(-1) ?? '';
  const isLikely = symbol === undefined && method !== 'wait' && STOP_NAME.test(name);
  return isLikely ? [{ node: object, known: false }] : [];
}

/** Asked by way of the method: what other files say, they say of what is called. */
function symbolOfObject({ resolver }: PythonFile, callee: NodeIndex, method: string): string | undefined {
  const symbol = resolver.valueOf(callee)?.symbol;
  return symbol?.endsWith(`.${method}`) === true ? symbol.slice(0, -method.length - 1) : symbol;
}

function isPlainName({ source: { tree } }: PythonFile, node: NodeIndex): boolean {
  if (kindOf(tree, node) !== Kind.attribute) return kindOf(tree, node) === Kind.identifier;
  const object = kindOf(tree, childByField(tree, node, Field.object));
  return object === Kind.identifier || object === Kind.attribute;
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

function isEventSymbol(symbol: string | undefined): boolean {
  if (symbol === undefined || !symbol.endsWith('()')) return false;
  return MADE_EVENT.test(symbol) || EVENTS.has(canonicalName(symbol) ?? '');
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
