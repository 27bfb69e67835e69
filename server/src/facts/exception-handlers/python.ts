import type { ExceptionHandlerFact } from '../../core/facts/exception-handler.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  childOfKind,
  childrenOf,
  firstChild,
  kindOf,
  parentOf,
  rangeOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { enclosingFunction } from '../python/scopes.ts';
import { createBoundaryReader } from './boundary.ts';
import { breadthOf, readExceptHead, typesOf } from './caught-types.ts';
import { readConduct, SUPPRESSING, type HandlerReaders } from './conduct.ts';
import { createFlowReader } from './control-flow.ts';
import { coercesData } from './coerced-data.ts';
import { excuseOf, reachOf } from './excuse.ts';
import { mayEndProgram } from './exits.ts';
import { createLogReader } from './log-calls.ts';
import { createUsableLoggers, type UsableLoggers } from './usable-logger.ts';

/** Finds every `except` clause and every `with contextlib.suppress(…)` of one Python file, in source order. */
export function extractPythonExceptionHandlers(file: PythonFile): readonly ExceptionHandlerFact[] {
  const { tree } = file.source;
  const { exceptClauses, withItems: items } = file.numbers;
  const clauses = exceptClauses.filter(node => kindOf(tree, parentOf(tree, node)) === Kind.try_statement);
  if (clauses.length === 0 && items.length === 0) return [];

  const readers: HandlerReaders = { file, flow: createFlowReader(file), logs: createLogReader(file) };
  const isBoundary = createBoundaryReader(file);
  const loggers = createUsableLoggers(file);
  const handlers = [
    ...clauses.map(clause => factOfClause(readers, loggers, clause, isBoundary)),
    ...items.flatMap(item => factOfSuppress(file, item, isBoundary)),
  ];
  return handlers.sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
}

function factOfClause(
  readers: HandlerReaders,
  loggers: UsableLoggers,
  clause: NodeIndex,
  isBoundary: (statement: NodeIndex) => boolean,
): ExceptionHandlerFact {
  const { file } = readers;
  const { tree } = file.source;
  const statement = parentOf(tree, clause);
  const { headEnd, ...caught } = readExceptHead(file, clause);
  const block = childOfKind(tree, clause, Kind.block);
  const range = rangeOf(tree, clause);
  const conduct = readConduct(readers, block, caught.errorName);
  const isDropped = conduct.empty || conduct.returnsConstant !== undefined || conduct.assignsConstant !== undefined;
  // Both are asked of few handlers and cost more than the rest.
  const logger = isDropped ? loggers.loggerAt(clause) : undefined;
  const excuse =
    isDropped || !conduct.acts || conduct.logs.length > 0
      ? excuseOf(file, statement, reachOf(file, clause))
      : undefined;
  const body = childByField(tree, statement, Field.body);
  return {
    language: 'python',
    form: 'except',
    range,
    headRange: { start: range.start, end: headEnd },
    ...caught,
    conduct,
    bodyRange: rangeOf(tree, body),
    boundary: isBoundary(statement),
    function: functionIndex(file, clause),
    ...(excuse && { excuse }),
    ...(logger !== undefined && { logger }),
    ...(coercesData(file, body, block, conduct) && { coercesData: true }),
    ...(caught.breadth === 'bare' && bareTraits(file, statement, clause)),
  };
}

function bareTraits(
  file: PythonFile,
  statement: NodeIndex,
  clause: NodeIndex,
): Pick<ExceptionHandlerFact, 'guardsExit' | 'cannotNameException' | 'exitsCaughtBefore'> {
  const { tree } = file.source;
  const before = childrenOf(tree, statement)
    .filter(child => child < clause && kindOf(tree, child) === Kind.except_clause)
    .map(other => readExceptHead(file, other));
  const isCaught = before.some(({ breadth }) => breadth === 'exception' || breadth === 'baseException');
  const caught = new Set(before.flatMap(({ types }) => types));
  const areExitsCaught =
    caught.has('builtins.BaseException') ||
    (caught.has('builtins.KeyboardInterrupt') && caught.has('builtins.SystemExit'));
  const means = file.resolver.lookup('Exception', clause)?.symbol;
  return {
    ...(mayEndProgram(file, statement) && { guardsExit: true }),
    ...(areExitsCaught && { exitsCaughtBefore: true }),
    ...((isCaught || means !== 'builtins.Exception') && { cannotNameException: true }),
  };
}

/** `with suppress(A, B):`, where the name stands for `contextlib.suppress`. */
function factOfSuppress(
  file: PythonFile,
  item: NodeIndex,
  isBoundary: (statement: NodeIndex) => boolean,
): ExceptionHandlerFact[] {
  const { tree } = file.source;
  const call = firstChild(tree, item);
  if (kindOf(tree, call) !== Kind.call) return [];
  const callee = childByField(tree, call, Field.function);
  const symbol = file.resolver.valueOf(callee)?.symbol;
  if (symbol === undefined || canonicalName(symbol) !== 'contextlib.suppress') return [];

  const statement = parentOf(tree, parentOf(tree, item));
  const body = childByField(tree, statement, Field.body);
  const list = childByField(tree, call, Field.arguments);
  const types = childrenOf(tree, list)
    .filter(child => kindOf(tree, child) !== Kind.comment)
    .flatMap(child => typesOf(file, child));
  const start = tree.starts[statement] ?? 0;
  const excuse = excuseOf(file, statement, { start, end: tree.starts[body] ?? start });
  return [
    {
      language: 'python',
      form: 'suppress',
      range: rangeOf(tree, call),
      headRange: rangeOf(tree, callee),
      breadth: types.length === 0 ? 'narrow' : breadthOf(types),
      types,
      errorName: undefined,
      conduct: SUPPRESSING,
      bodyRange: rangeOf(tree, body),
      boundary: isBoundary(statement),
      function: functionIndex(file, item),
      ...(excuse && { excuse }),
    },
  ];
}

function functionIndex({ table, numbers }: PythonFile, node: NodeIndex): number {
  const scope = enclosingFunction(table.scopes, table.scopeOf[node] ?? 0);
  return scope ? (numbers.functions.get(scope.node) ?? -1) : -1;
}
