import { ts } from 'ts-morph';
import type { HandlerBreadth, HandlerConduct, HandlerLogCall } from '../../core/facts/exception-handler.ts';
import { rangeOf } from '../../syntax/typescript/parse.ts';
import { withoutCasts } from '../../syntax/typescript/resolve.ts';
import { isFunctionLike } from '../../syntax/typescript/scopes.ts';
import { constantText } from './constant.ts';
import { logLevelOf } from './log-call.ts';

/** What a handler does, and how narrow the tests are that it makes on the error. */
export interface HandlerAccount {
  readonly conduct: HandlerConduct;
  readonly breadth: HandlerBreadth;
  /** Names that the error is tested against with `instanceof`. */
  readonly types: readonly string[];
}

/** Reads the body of a `catch` clause or of a callback; an expression stands for a returned value. */
export function readHandler(
  body: ts.Block | ts.Expression,
  errorName: string | undefined,
  source: ts.SourceFile,
): HandlerAccount {
  const logs: HandlerLogCall[] = [];
  const constants: (string | undefined)[] = [];
  const types: string[] = [];
  const seen = { raise: false, handedOn: false, inspected: false, exit: false, action: false };
  let inNested = false;

  const visit = (node: ts.Node): void => {
    if (isFunctionLike(node)) {
      const outer = inNested;
      inNested = true;
      ts.forEachChild(node, visit);
      inNested = outer;
      return;
    }
    if (ts.isIdentifier(node)) {
      if (node.text === errorName && isValue(node) && !isMention(node)) {
        if (isCondition(node)) seen.inspected = true;
        else seen.handedOn = true;
      }
      return;
    }
    if (ts.isThrowStatement(node) && !inNested) seen.raise = true;
    else if (ts.isReturnStatement(node) && !inNested)
      constants.push(node.expression ? constantText(node.expression, source) : '');
    else if (ts.isCallExpression(node)) {
      const level = logLevelOf(node.expression);
      if (level !== undefined) {
        logs.push(logCall(node, level, errorName, source));
        return;
      }
      if (isExit(node)) seen.exit = true;
      else seen.action = true;
    } else if (ts.isBinaryExpression(node)) {
      if (isAssignment(node)) seen.action = true;
      if (node.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) types.push(node.right.getText(source));
    } else if (isOtherAction(node)) seen.action = true;
    ts.forEachChild(node, visit);
  };

  visit(body);
  if (!ts.isBlock(body)) constants.push(constantText(body, source));

  const returned = constants.filter(text => text !== '');
  const [first] = returned;
  const onlyReturns = first !== undefined && returned.every(text => text === first);
  return {
    conduct: {
      reraises: ts.isBlock(body) && alwaysThrows(body.statements),
      mayRaise: seen.raise,
      logs,
      handsErrorOn: seen.handedOn,
      empty: isEmpty(body, source),
      returnsConstant: onlyReturns && !seen.action && !seen.handedOn ? first : undefined,
      exits: seen.exit,
      acts: seen.action,
    },
    breadth: seen.inspected || types.length > 0 ? 'narrow' : 'exception',
    types,
  };
}

/** Names that never come back to their caller. */
function isExit({ expression }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression) || !ts.isIdentifier(expression.expression)) return false;
  const name = `${expression.expression.text}.${expression.name.text}`;
  return name === 'process.exit' || name === 'process.abort' || name === 'Deno.exit';
}

function logCall(
  call: ts.CallExpression,
  level: string,
  errorName: string | undefined,
  source: ts.SourceFile,
): HandlerLogCall {
  const mentionsError = call.arguments.some(argument => mentions(argument, errorName));
  return {
    range: rangeOf(call, source),
    calleeRange: rangeOf(call.expression, source),
    level,
    library: 'other',
    hasTraceback: mentionsError,
    mentionsError,
  };
}

function mentions(node: ts.Node, name: string | undefined): boolean {
  if (name === undefined) return false;
  if (ts.isIdentifier(node)) return node.text === name && isValue(node);
  return ts.forEachChild(node, child => mentions(child, name) || undefined) ?? false;
}

/** Whether an identifier stands for a value, not for the name of a property. */
function isValue(identifier: ts.Identifier): boolean {
  const { parent } = identifier;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === identifier;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === identifier;
  return !ts.isMethodDeclaration(parent);
}

/** Whether a value only decides which way the handler goes. */
function isCondition(node: ts.Node): boolean {
  let inner = node;
  for (let outer = node.parent; !ts.isBlock(outer); outer = outer.parent) {
    if (ts.isIfStatement(outer) || ts.isSwitchStatement(outer)) return outer.expression === inner;
    if (ts.isConditionalExpression(outer) && outer.condition === inner) return true;
    if (ts.isCallExpression(outer) && !outer.arguments.every(argument => argument !== inner)) {
      inner = outer;
      continue;
    }
    if (ts.isStatement(outer) || ts.isSourceFile(outer)) return false;
    inner = outer;
  }
  return false;
}

function isAssignment({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** Kinds of expressions that do something by themselves. */
const ACTIONS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.NewExpression,
  ts.SyntaxKind.DeleteExpression,
  ts.SyntaxKind.PostfixUnaryExpression,
  ts.SyntaxKind.TaggedTemplateExpression,
  ts.SyntaxKind.YieldExpression,
]);

function isOtherAction(node: ts.Node): boolean {
  if (!ts.isPrefixUnaryExpression(node)) return ACTIONS.has(node.kind);
  return node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
}

function isEmpty(body: ts.Block | ts.Expression, source: ts.SourceFile): boolean {
  if (!ts.isBlock(body)) return constantText(body, source) !== undefined;
  return body.statements.every(statement => {
    if (ts.isReturnStatement(statement))
      return !statement.expression || constantText(statement.expression, source) !== undefined;
    if (ts.isExpressionStatement(statement)) return isInert(statement.expression, source);
    return ts.isEmptyStatement(statement) || ts.isContinueStatement(statement) || ts.isBreakStatement(statement);
  });
}

/** `void error`, `undefined`: expressions that are there to please a linter. */
function isInert(expression: ts.Expression, source: ts.SourceFile): boolean {
  const value = ts.isVoidExpression(expression) ? expression.expression : expression;
  return ts.isIdentifier(value) || constantText(value, source) !== undefined;
}

/** `void error;` and `error;` do nothing with it. */
function isMention(identifier: ts.Identifier): boolean {
  const { parent } = identifier;
  return ts.isExpressionStatement(ts.isVoidExpression(parent) ? parent.parent : parent);
}

function alwaysThrows(statements: readonly ts.Statement[]): boolean {
  const last = statements.at(-1);
  if (!last) return false;
  if (ts.isThrowStatement(last)) return true;
  if (ts.isBlock(last)) return alwaysThrows(last.statements);
  if (ts.isReturnStatement(last)) return last.expression !== undefined && isRejection(withoutCasts(last.expression));
  if (!ts.isIfStatement(last) || !last.elseStatement) return false;
  return [last.thenStatement, last.elseStatement].every(branch => alwaysThrows([branch]));
}

function isRejection(node: ts.Expression): boolean {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'reject'
  );
}
