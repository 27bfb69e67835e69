import { ts } from 'ts-morph';
import { functionAround, parentOf } from '../../syntax/typescript/scopes.ts';
import { lastName } from './log-call.ts';
import type { HttpEntry } from './http-knowledge.ts';
import { usesOf } from './http-options.ts';
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
  // `axios.defaults.timeout = 5_000`, or an interceptor that sets `config.timeout`.
  if (entry.writes === 'milliseconds' && file.walk.writtenProperties.has('timeout')) return true;
  // `setGlobalDispatcher(new Agent({ headersTimeout: 5_000 }))` holds for all that goes out by undici, and Node's `fetch`.
  if (entry.carriers.includes('dispatcher') && file.walk.calls.some(setsDispatcher)) return true;
  if (isWrapped(call)) return true;
  const chain = readChain(call, entry);
  if (isWrappedLater(chain.end, file)) return true;
  return chain.isTimed || (entry.chain !== undefined && isTimedLater(chain.end, entry.chain));
}

function setsDispatcher({ expression }: ts.CallExpression | ts.NewExpression): boolean {
  return lastName(expression) === 'setGlobalDispatcher';
}

/** `Promise.race([fetch(url), …])`, `withTimeout(fetch(url), 500)`, `from(axios.get(url)).pipe(timeout(500))`. */
function isWrapped(call: ts.Node): boolean {
  let inner = call;
  for (let outer = parentOf(call); outer; outer = parentOf(outer)) {
    if (ts.isCallExpression(outer)) {
      const limits = outer.expression === inner ? outer.arguments.some(isLimit) : isLimit(outer);
      if (limits) return true;
    } else if (ts.isStatement(outer) && !ts.isReturnStatement(outer) && !ts.isExpressionStatement(outer)) {
      // The body of a function that is itself handed over is still inside.
      if (!ts.isBlock(outer) || !isCallback(outer.parent)) return false;
    }
    inner = outer;
  }
  return false;
}

/** `const answer = fetch(url)`, and `Promise.race([answer, …])` afterwards. */
function isWrappedLater({ parent }: ts.Node, file: TypeScriptFile): boolean {
  const isKept = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name);
  return isKept && usesOf(parent.name, file).some(isWrapped);
}

/** A call by a name that speaks of an end. */
function isLimit(node: ts.Expression): boolean {
  const name = ts.isCallExpression(node) ? lastName(node.expression) : undefined;
  return name !== undefined && /^race$|time_?out|abort|deadline/i.test(name);
}

function isCallback(node: ts.Node): boolean {
  return (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) && ts.isCallExpression(node.parent);
}

/** Methods that are called on what a call returns, up to the end of the chain. */
interface Chain {
  readonly end: ts.Node;
  /** `request(…).timeout(500)`, `http.get(url).on('timeout', …)`, `from(call).pipe(timeout(500))`. */
  readonly isTimed: boolean;
}

function readChain(call: ts.Node, { chain }: HttpEntry): Chain {
  let end = call;
  for (;;) {
    const access = end.parent;
    if (!ts.isPropertyAccessExpression(access) || access.expression !== end) return { end, isTimed: false };
    const next = ts.isCallExpression(access.parent) && access.parent.expression === access ? access.parent : access;
    const [first] = ts.isCallExpression(next) ? next.arguments : [];
    const names = access.name.text === chain || /timeout/i.test(access.name.text);
    if (names || (first && ts.isStringLiteralLike(first) && first.text === 'timeout'))
      return { end: next, isTimed: true };
    end = next;
  }
}

/** A request that is kept or handed on: whatever its function says of timeouts may be meant for it. */
function isTimedLater(end: ts.Node, chain: string): boolean {
  const { parent } = end;
  if (ts.isExpressionStatement(parent) || ts.isAwaitExpression(parent)) return false;
  if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) return !isPromiseMethod(end);

  const visit = (node: ts.Node): boolean => {
    const isMention =
      (ts.isIdentifier(node) && node.text === chain) || (ts.isStringLiteralLike(node) && node.text === 'timeout');
    return isMention || (ts.forEachChild(node, visit) ?? false);
  };
  return visit(functionAround(end) ?? end.getSourceFile());
}

/** What `then` returns is a promise, and no longer a request. */
function isPromiseMethod(end: ts.Node): boolean {
  const method =
    ts.isCallExpression(end) && ts.isPropertyAccessExpression(end.expression) ? end.expression.name.text : '';
  return ['then', 'catch', 'finally'].includes(method);
}
