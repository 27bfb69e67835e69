import { ts } from 'ts-morph';
import { functionAround, parentOf } from '../../syntax/typescript/scopes.ts';
import type { HttpEntry } from './http-knowledge.ts';
import type { TypeScriptFile } from './typescript-file.ts';

/**
 * Whether something around a call may end it: a race, a wrapper that is named after a timeout, a method chained to it,
 * a default that the file sets for the whole library.
 */
export function isLimitedFromOutside(
  call: ts.CallExpression | ts.NewExpression,
  entry: HttpEntry,
  file: TypeScriptFile,
): boolean {
  const { writtenProperties } = file.walk;
  if (entry.limits.some(limit => writtenProperties.has(limit))) return true;
  if (isWrapped(call) || isChained(call, entry)) return true;
  return entry.chain !== undefined && isTimedByName(call, entry.chain);
}

/** `Promise.race([fetch(url), …])`, `withTimeout(fetch(url), 500)`, `limiter.timeout(() => fetch(url))`. */
function isWrapped(call: ts.Node): boolean {
  let inner = call;
  for (let outer = parentOf(call); outer; outer = parentOf(outer)) {
    if (ts.isCallExpression(outer) && outer.expression !== inner) {
      const { expression } = outer;
      const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
      if (ts.isIdentifier(name) && /^race$|time_?out|abort|deadline/i.test(name.text)) return true;
    } else if (ts.isStatement(outer) && !ts.isReturnStatement(outer) && !ts.isExpressionStatement(outer)) {
      // The body of a function that is itself handed over is still inside.
      if (!ts.isBlock(outer) || !isCallback(outer.parent)) return false;
    }
    inner = outer;
  }
  return false;
}

function isCallback(node: ts.Node): boolean {
  return (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) && ts.isCallExpression(node.parent);
}

/** `request(…).timeout(500)`, `http.get(url).setTimeout(500)`, `from(call).pipe(timeout(500))`. */
function isChained(call: ts.Node, { chain }: HttpEntry): boolean {
  let node = call;
  for (;;) {
    const access = node.parent;
    if (!ts.isPropertyAccessExpression(access) || access.expression !== node) return false;
    if (access.name.text === chain || /timeout/i.test(access.name.text)) return true;
    node = ts.isCallExpression(access.parent) ? access.parent : access;
  }
}

/** The request has a name: whatever in its function speaks of timeouts may be meant for it. */
function isTimedByName(call: ts.Node, chain: string): boolean {
  const scope: ts.Node = functionAround(call) ?? call.getSourceFile();
  const visit = (node: ts.Node): boolean => {
    const isMention =
      (ts.isIdentifier(node) && node.text === chain) || (ts.isStringLiteralLike(node) && node.text === 'timeout');
    return isMention || (ts.forEachChild(node, visit) ?? false);
  };
  return visit(scope);
}
