import { ts } from 'ts-morph';
import { withoutCasts } from '../../syntax/typescript/resolve.ts';
import type { TypeScriptFile } from './typescript-file.ts';

/** Libraries whose objects have a `catch` method of another meaning. */
const OTHER_CATCHES = ['zod', 'effect', 'valibot', 'yup', 'io-ts', 'rxjs', '@effect', '@hapi/joi', 'joi', 'runtypes'];

/** Whether `.catch(callback)` of a receiver is a promise's: schemas and observables have methods of that name too. */
export function isPromise(receiver: ts.Expression, callback: ts.Expression, file: TypeScriptFile): boolean {
  const isCallback =
    ts.isArrowFunction(callback) ||
    ts.isFunctionExpression(callback) ||
    ts.isIdentifier(callback) ||
    ts.isPropertyAccessExpression(callback);
  if (!isCallback || (ts.isIdentifier(callback) && callback.text === 'undefined')) return false;

  const root = rootOf(receiver, file);
  if (ts.isIdentifier(root) && (root.text === 'z' || comesFrom(file.resolver.nameOf(root)))) return false;

  const importsOther = file.walk.imports.some(module => comesFrom(module));
  return !importsOther || isAwaited(receiver) || isDiscarded(receiver);
}

/** First name of a chain, through constants of the file: `z` for `bookSchema.shape.price` with `const bookSchema = z.object(…)`. */
function rootOf(expression: ts.Expression, file: TypeScriptFile): ts.Expression {
  let node = withoutCasts(expression);
  for (let step = 0; step < 100; step++) {
    if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) node = withoutCasts(node.expression);
    else {
      const value = file.resolver.valueOf(node);
      if (value === node) return node;
      node = value;
    }
  }
  return node;
}

function comesFrom(name: string | undefined): boolean {
  return OTHER_CATCHES.some(
    library => name === library || name?.startsWith(`${library}.`) || name?.startsWith(`${library}/`),
  );
}

function isAwaited(receiver: ts.Expression): boolean {
  const call = receiver.parent.parent;
  return ts.isAwaitExpression(call.parent);
}

function isDiscarded(receiver: ts.Expression): boolean {
  const call = receiver.parent.parent;
  return ts.isExpressionStatement(call.parent) || ts.isVoidExpression(call.parent);
}
