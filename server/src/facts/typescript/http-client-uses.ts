import { ts } from 'ts-morph';
import type { HttpCallFact } from '../../core/facts/http-call.ts';
import type { RelatedPlace } from '../../core/finding.ts';
import { rangeOf } from '../../syntax/typescript/parse.ts';
import { classOfThis, withoutCasts } from '../../syntax/typescript/resolve.ts';
import { parentOf } from '../../syntax/typescript/scopes.ts';
import { type HttpEntry, httpEntryOf } from './http-knowledge.ts';
import { readOptions, usesOf } from './http-options.ts';
import type { TypeScriptFile } from './typescript-file.ts';

/** Calls made through a client that has no timeout, as far as the file shows; the client is fine when each brings its own. */
export function clientUses(
  client: ts.CallExpression | ts.NewExpression,
  entry: HttpEntry,
  file: TypeScriptFile,
  timeout: HttpCallFact['timeout'],
): Pick<HttpCallFact, 'uses' | 'timeout'> {
  const library = entry.callees[0]?.split('.')[0];
  const calls = holdersOf(client, file).flatMap(holder => callsThrough(holder));
  const judged = calls.flatMap(({ call, method }) => {
    const use = httpEntryOf(`${library ?? ''}.${method}`);
    if (use?.form !== 'call') return [];
    const index = use.arguments === 'urlFirst' ? 1 : use.options;
    return [{ call, method, limited: readOptions(call.arguments[index], use, file).timeout !== 'absent' }];
  });

  const open = judged.filter(({ limited }) => !limited);
  const allLimited = judged.length > 0 && open.length === 0 && !isExported(client);
  const uses = open.map(({ call, method }): RelatedPlace => ({
    path: file.path,
    range: rangeOf(call.expression, file.walk.source),
    message: `\`${method}\` is called through it.`,
  }));
  return { uses, timeout: allLimited ? 'present' : timeout };
}

/** Expressions that mean the client: its variable or its field, wherever they are used. */
function holdersOf(client: ts.Expression, file: TypeScriptFile): readonly ts.Expression[] {
  const target = assignedTo(client);
  // `axios.create().get(url)`: used on the spot.
  if (!target) return [client];
  if (ts.isIdentifier(target)) return file.walk.writtenNames.has(target.text) ? [] : usesOf(target, file);

  const name = target.name;
  const owner = classOfThis(target) ?? (ts.isClassLike(target.parent) ? target.parent : undefined);
  if (!owner || !ts.isIdentifier(name)) return [];
  const holders: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    const isField =
      ts.isPropertyAccessExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ThisKeyword &&
      node.name.text === name.text;
    if (isField && classOfThis(node) === owner) holders.push(node);
    ts.forEachChild(node, visit);
  };
  visit(owner);
  return holders;
}

function assignedTo(
  client: ts.Expression,
): ts.Identifier | ts.PropertyAccessExpression | ts.PropertyDeclaration | undefined {
  let parent = client.parent;
  while (ts.isExpression(parent) && withoutCasts(parent) === client) parent = parent.parent;
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? parent.name : undefined;
  if (ts.isPropertyDeclaration(parent)) return parent;
  if (!ts.isBinaryExpression(parent) || parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const { left } = parent;
  const isField = ts.isPropertyAccessExpression(left) && left.expression.kind === ts.SyntaxKind.ThisKeyword;
  return isField ? left : undefined;
}

function callsThrough(holder: ts.Expression): readonly { readonly call: ts.CallExpression; readonly method: string }[] {
  const access = holder.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== holder) return [];
  const call = access.parent;
  return ts.isCallExpression(call) && call.expression === access ? [{ call, method: access.name.text }] : [];
}

function isExported(client: ts.Node): boolean {
  for (let outer = parentOf(client); outer; outer = parentOf(outer)) {
    if (ts.isExportAssignment(outer)) return true;
    const isPublished =
      ts.canHaveModifiers(outer) && ts.getModifiers(outer)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (isPublished && !ts.isClassLike(outer)) return true;
  }
  return false;
}
