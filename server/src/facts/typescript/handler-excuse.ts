import { ts } from 'ts-morph';
import type { HandlerExcuse } from '../../core/facts/exception-handler.ts';
import type { TextRange } from '../../core/text.ts';
import { functionAround, isFunctionLike, parentOf } from '../../syntax/typescript/scopes.ts';
import { readHandler } from './handler-conduct.ts';
import { isExplainedBefore, isExplainedWithin } from './handler-comments.ts';
import {
  CLEAN_UPS,
  COMPUTATIONS,
  CONVERSIONS,
  HARMLESS,
  PREDICATES,
  PROBES,
  SELF_REPORTING,
  TEARDOWN,
  TRYING,
} from './handler-words.ts';
import { lastName } from './log-call.ts';
import type { TypeScriptFile } from './typescript-file.ts';

/** Why a `catch` clause may drop its error; undefined where nothing speaks for it. */
export function clauseExcuse(
  statement: ts.TryStatement,
  clause: ts.CatchClause,
  errorName: string | undefined,
  file: TypeScriptFile,
): HandlerExcuse | undefined {
  const { source } = file.walk;
  const block: TextRange = { start: clause.getStart(source), end: clause.end };
  const saysSo = isTellingName(errorName) || isExplainedWithin(block, file) || isExplainedBefore(statement, file);
  if (saysSo) return 'explained';

  const calls = callsIn(statement.tryBlock);
  if (isTearingDown(statement, source) || isAll(calls, CLEAN_UPS)) return 'cleanup';
  if (isConversion(calls) || isSmallComputation(clause, calls)) return 'conversion';
  if (isAll(calls, PROBES) || calls.length === 0 || isOptionalImport(statement.tryBlock, calls)) return 'probe';
  return isTryingFunction(statement, source) ? 'probe' : undefined;
}

/** Why the callback of `receiver.catch(…)` may drop its error; undefined where nothing speaks for it. */
export function callbackExcuse(
  call: ts.CallExpression,
  receiver: ts.Expression,
  errorName: string | undefined,
  file: TypeScriptFile,
): HandlerExcuse | undefined {
  const { source } = file.walk;
  // The comment may stand behind the call on its line.
  const lineEnd = source.text.indexOf('\n', call.end);
  const reach: TextRange = { start: receiver.end, end: lineEnd < 0 ? source.text.length : lineEnd };
  const statement = ts.findAncestor(call, ts.isStatement) ?? call;
  if (isTellingName(errorName) || isExplainedWithin(reach, file) || isExplainedBefore(statement, file))
    return 'explained';

  const name = lastName(receiver) ?? '';
  if (isPending(receiver, call) || SELF_REPORTING.test(name)) return 'awaitedElsewhere';
  if (CLEAN_UPS.test(name) || isTearingDown(call, source)) return 'cleanup';
  if (CONVERSIONS.test(name)) return 'conversion';
  const isProbe =
    PROBES.test(name) || isLiteralImport(receiver) || isYesOrNo(receiver) || isTryingFunction(call, source);
  return isProbe ? 'probe' : undefined;
}

/** A promise that has a name, and whose result is not taken here: whoever made it takes it, or another place waits for it. */
function isPending(receiver: ts.Expression, call: ts.CallExpression): boolean {
  const hasName = ts.isIdentifier(receiver) || ts.isPropertyAccessExpression(receiver);
  return hasName && !ts.isAwaitExpression(call.parent) && !ts.isReturnStatement(call.parent);
}

function isLiteralImport(node: ts.Expression): boolean {
  const [module] = ts.isCallExpression(node) && isImport(node) ? node.arguments : [];
  return module !== undefined && ts.isStringLiteralLike(module);
}

/** `head(key).then(() => true).catch(() => false)` asks whether something is there. */
function isYesOrNo(receiver: ts.Expression): boolean {
  const [callback] = ts.isCallExpression(receiver) && lastName(receiver) === 'then' ? receiver.arguments : [];
  return callback !== undefined && ts.isArrowFunction(callback) && callback.body.kind === ts.SyntaxKind.TrueKeyword;
}

/** A call or construction in guarded code. */
interface GuardedCall {
  readonly name: string;
  readonly awaited: boolean;
}

/** Calls of a block in source order; those of functions that are only defined there are left out. */
function callsIn(block: ts.Block): readonly GuardedCall[] {
  const calls: GuardedCall[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunctionLike(node) && !isCalledInPlace(node)) return;
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const name = isImport(node) ? 'import' : (lastName(node.expression) ?? '');
      calls.push({ name, awaited: ts.isAwaitExpression(node.parent) });
    } else if (ts.isThrowStatement(node)) return;
    ts.forEachChild(node, visit);
  };
  visit(block);
  return calls;
}

/** Callbacks run within the call that they are handed to, as far as is known. */
function isCalledInPlace(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) || ts.isNewExpression(node.parent);
}

function isImport(node: ts.Expression): boolean {
  return ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
}

/** Whether all calls are of one sort, beside harmless ones on strings and lists. */
function isAll(calls: readonly GuardedCall[], names: RegExp): boolean {
  return (
    calls.some(({ name }) => names.test(name)) && calls.every(({ name }) => names.test(name) || HARMLESS.test(name))
  );
}

/** A few plain calls whose failure has one answer, such as a comparison of two versions: data that does not fit. */
function isSmallComputation({ block }: ts.CatchClause, calls: readonly GuardedCall[]): boolean {
  const [answer] = block.statements;
  const hasAnswer = answer !== undefined && (ts.isReturnStatement(answer) || ts.isContinueStatement(answer));
  return hasAnswer && calls.length <= 3 && calls.every(({ name, awaited }) => !awaited && COMPUTATIONS.test(name));
}

/** `require('ts-node').register()`: a package that may be missing. A path that is computed names the program's own code. */
function isOptionalImport(block: ts.Block, calls: readonly GuardedCall[]): boolean {
  const visit = (node: ts.Node): boolean => {
    const isLoad =
      ts.isCallExpression(node) && (isImport(node) || lastName(node.expression) === 'require') && node.arguments[0];
    if (isLoad && ts.isStringLiteralLike(isLoad)) return true;
    return ts.forEachChild(node, visit) ?? false;
  };
  return calls.every(({ name, awaited }) => !awaited || name === 'import') && visit(block);
}

/** A conversion is among the calls, and nothing but reading is waited for. */
function isConversion(calls: readonly GuardedCall[]): boolean {
  const converts = calls.some(({ name }) => CONVERSIONS.test(name));
  return converts && calls.every(({ name, awaited }) => !awaited || CONVERSIONS.test(name) || PROBES.test(name));
}

function isTellingName(errorName: string | undefined): boolean {
  return (
    errorName !== undefined && /^_*(ignored?|expected|unused|swallow(ed)?|noop)(Error|Err|Exception)?$/i.test(errorName)
  );
}

/** Inside a `finally`, a handler that does not lose its own error, or a function whose name says that it ends something. */
function isTearingDown(place: ts.Node, source: ts.SourceFile): boolean {
  for (let outer = parentOf(place), inner = place; outer; inner = outer, outer = parentOf(outer)) {
    if (ts.isTryStatement(outer) && outer.finallyBlock === inner) return true;
    if (ts.isCatchClause(outer) && keepsError(outer, source)) return true;
    if (isFunctionLike(outer)) return TEARDOWN.test(nameOfFunction(outer, source) ?? '');
  }
  return false;
}

/** Whether a handler throws, logs or hands on the error that it has caught: what fails on the way there is the smaller one. */
function keepsError({ block, variableDeclaration }: ts.CatchClause, source: ts.SourceFile): boolean {
  const name = variableDeclaration?.name;
  const { conduct } = readHandler(block, name && ts.isIdentifier(name) ? name.text : undefined, source);
  return conduct.mayRaise || conduct.handsErrorOn || conduct.logs.some(({ mentionsError }) => mentionsError);
}

/** A function whose name promises an answer without an error: `isValidIsbn`, `tryConnect`, `findPriceOrNull`. */
function isTryingFunction(place: ts.Node, source: ts.SourceFile): boolean {
  const around = functionAround(place);
  const name = around && nameOfFunction(around, source);
  if (!around || name === undefined) return false;
  return TRYING.test(name) || (PREDICATES.test(name) && answersNo(around));
}

function answersNo({ body }: ts.FunctionLikeDeclaration): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isReturnStatement(node)) return node.expression?.kind === ts.SyntaxKind.FalseKeyword;
    return !isFunctionLike(node) && (ts.forEachChild(node, visit) ?? false);
  };
  // Without a block, what is returned is the promise with the callback at its end.
  return body !== undefined && (!ts.isBlock(body) || visit(body));
}

/** Name of a function, or of what it is assigned to, through wrappers such as `memoize(() => …)`. */
export function nameOfFunction(node: ts.FunctionLikeDeclaration, source: ts.SourceFile): string | undefined {
  return node.name ? node.name.getText(source) : nameOfTarget(node.parent, source);
}

function nameOfTarget(target: ts.Node, source: ts.SourceFile): string | undefined {
  if (ts.isCallExpression(target) || ts.isParenthesizedExpression(target)) return nameOfTarget(target.parent, source);
  const hasName =
    ts.isVariableDeclaration(target) || ts.isPropertyAssignment(target) || ts.isPropertyDeclaration(target);
  return hasName ? target.name.getText(source) : undefined;
}
