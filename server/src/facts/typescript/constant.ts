import { ts } from 'ts-morph';
import { withoutCasts } from '../../syntax/typescript/resolve.ts';

/** Source text of an expression that is the same value every time (`null`, `[]`, `'none'`); undefined for all others. */
export function constantText(expression: ts.Expression, source: ts.SourceFile): string | undefined {
  const node = withoutCasts(expression);
  return isConstant(node) ? node.getText(source) : undefined;
}

/** Kinds of expressions that are the same value every time, whatever is in them. */
const CONSTANT_KINDS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.NullKeyword,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.BigIntLiteral,
  ts.SyntaxKind.VoidExpression,
]);

function isConstant(node: ts.Expression): boolean {
  if (ts.isIdentifier(node)) return node.text === 'undefined' || node.text === 'NaN';
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand);
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0;
  return CONSTANT_KINDS.has(node.kind);
}
