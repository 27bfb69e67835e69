import { ts } from 'ts-morph';
import { isFunctionLike, parentOf } from '../../syntax/typescript/scopes.ts';
import type { TypeScriptFile } from './typescript-file.ts';

/**
 * Whether something needs what a `try` did not deliver: its function returns a value from the `try` and nothing after it,
 * or a variable that only the `try` fills is taken apart right afterwards.
 */
export function isResultExpected(statement: ts.TryStatement, file: TypeScriptFile): boolean {
  const { catchClause } = statement;
  if (!catchClause || endsElsewhere(catchClause.block)) return false;
  return isLastReturn(statement) || isFilledVariableUsed(statement, file);
}

/** Whether a handler leaves the code after it aside: it returns, throws or goes on with a loop. */
function endsElsewhere(block: ts.Block): boolean {
  return block.statements.some(
    statement =>
      ts.isReturnStatement(statement) ||
      ts.isThrowStatement(statement) ||
      ts.isContinueStatement(statement) ||
      ts.isBreakStatement(statement) ||
      ts.isIfStatement(statement),
  );
}

/** `try { return await load(); } catch (error) { log(error); }` at the end of a function: the caller gets `undefined`. */
function isLastReturn(statement: ts.TryStatement): boolean {
  const { parent } = statement;
  if (!ts.isBlock(parent) || !isFunctionLike(parent.parent) || parent.statements.at(-1) !== statement) return false;
  if (returnsVoid(parent.parent) || isCallback(parent.parent)) return false;
  return returnsValue(statement.tryBlock);
}

/** Whether the return type admits that there may be no result: `void`, `Promise<Order | undefined>`. */
function returnsVoid({ type }: ts.FunctionLikeDeclaration): boolean {
  if (!type) return false;
  const visit = (node: ts.Node): boolean =>
    node.kind === ts.SyntaxKind.VoidKeyword ||
    node.kind === ts.SyntaxKind.UndefinedKeyword ||
    node.kind === ts.SyntaxKind.AnyKeyword ||
    node.kind === ts.SyntaxKind.UnknownKeyword ||
    (ts.forEachChild(node, visit) ?? false);
  return visit(type);
}

/** Whether the last statement of a block returns something that a caller can use. */
function returnsValue({ statements }: ts.Block): boolean {
  const last = statements.at(-1);
  if (!last || !ts.isReturnStatement(last) || !last.expression) return false;
  const { expression } = last;
  const isBare = ts.isCallExpression(expression) || ts.isNewExpression(expression);
  // What a plain call returns may be nothing, and a function that is returned is often a clean-up.
  const isUseful = !isBare && !ts.isArrowFunction(expression) && !ts.isFunctionExpression(expression);
  return isUseful && !isAnswer(expression);
}

/** Callers of a callback often have no use for its result. */
function isCallback(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) || ts.isNewExpression(node.parent) || ts.isJsxExpression(node.parent);
}

/** `return response.json(…)` sends an answer; nobody waits for what the call returns. */
function isAnswer(node: ts.Expression): boolean {
  let root: ts.Expression = node;
  while (ts.isAwaitExpression(root) || ts.isCallExpression(root) || ts.isPropertyAccessExpression(root))
    root = root.expression;
  return ts.isIdentifier(root) && /^(res|response|reply|ctx|next)$/.test(root.text);
}

/** `let order; try { order = await load(); } catch … order.items`: reading a property of `undefined` is the next error. */
function isFilledVariableUsed(statement: ts.TryStatement, { walk, resolver }: TypeScriptFile): boolean {
  const names = statement.tryBlock.statements.flatMap(inner => {
    const assigned =
      ts.isExpressionStatement(inner) && ts.isBinaryExpression(inner.expression) ? inner.expression : undefined;
    const isPlain = assigned?.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isIdentifier(assigned.left);
    return isPlain && ts.isIdentifier(assigned.left) ? [assigned.left] : [];
  });
  const next = statementAfter(statement);
  if (!next || names.length === 0) return false;

  return names.some(name => {
    const meaning = resolver.meaningOf(name);
    const isOpen =
      meaning.kind === 'declared' &&
      ts.isVariableDeclaration(meaning.by) &&
      !meaning.by.initializer &&
      parentOf(meaning.by.parent.parent) === statement.parent;
    return isOpen && takesApart(next, name.text, walk.source);
  });
}

function statementAfter(statement: ts.Statement): ts.Statement | undefined {
  const { parent } = statement;
  if (!ts.isBlock(parent) && !ts.isSourceFile(parent)) return undefined;
  return parent.statements[parent.statements.indexOf(statement) + 1];
}

/** Whether the value of a variable declaration or of a `return` begins with `name.property`. */
function takesApart(statement: ts.Statement, name: string, source: ts.SourceFile): boolean {
  const value = ts.isReturnStatement(statement)
    ? statement.expression
    : ts.isVariableStatement(statement)
      ? statement.declarationList.declarations[0]?.initializer
      : undefined;
  let node = value;
  while (node && (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node))) {
    const isDirect =
      ts.isPropertyAccessExpression(node) && !node.questionDotToken && node.expression.getText(source) === name;
    if (isDirect) return true;
    node = node.expression;
  }
  return false;
}
