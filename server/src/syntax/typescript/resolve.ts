import { ts } from 'ts-morph';
import { createScopes, type Declaration, isFunctionLike, type Meaning, parentOf } from './scopes.ts';
import type { Walk } from './walk.ts';

/**
 * Name of what an expression evaluates to, after everything in the file was followed:
 *
 * - `axios`, `undici.request`, `http.get`: a module or what it exports (`node:` and `.default` left out);
 * - `global:fetch`: a global of that name that nothing in the file hides;
 * - `()` after a name: what calling or constructing it returns.
 */
export type CanonicalName = string;

/** Follows names through one file. */
export interface Resolver {
  /** Undefined when the name can't be told for certain. */
  nameOf(expression: ts.Expression): CanonicalName | undefined;
  /** Value behind a constant, through any number of constants and casts; the expression itself when it is no name. */
  valueOf(expression: ts.Expression): ts.Expression;
  meaningOf(identifier: ts.Identifier): Meaning;
  /** Like {@link meaningOf} for a name that need not stand there. */
  lookUp(name: string, place: ts.Node): Meaning;
}

/** Circles such as `const a = b, b = a` end here. */
const MAX_STEPS = 12;

const GLOBAL_OBJECTS: ReadonlySet<string> = new Set(['global:globalThis', 'global:global']);

/** Makes the resolver of one walked file. */
export function createResolver(walk: Walk): Resolver {
  const scopes = createScopes(walk);
  const meaningOf = (identifier: ts.Identifier): Meaning => scopes.lookUp(identifier.text, identifier);

  const nameOf = (expression: ts.Expression, steps: number): CanonicalName | undefined => {
    if (steps > MAX_STEPS) return undefined;
    const node = withoutCasts(expression);

    if (ts.isIdentifier(node)) {
      const meaning = meaningOf(node);
      if (meaning.kind === 'global') return `global:${node.text}`;
      return meaning.kind === 'declared' ? nameOfDeclaration(meaning.by, node.text, steps + 1) : undefined;
    }
    if (ts.isPropertyAccessExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ThisKeyword) {
        const field = fieldValue(node, walk);
        return field && nameOf(field, steps + 1);
      }
      return member(nameOf(node.expression, steps + 1), node.name.text);
    }
    if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
      return member(nameOf(node.expression, steps + 1), node.argumentExpression.text);
    }
    if (ts.isAwaitExpression(node)) {
      const awaited = withoutCasts(node.expression);
      return ts.isCallExpression(awaited) && awaited.expression.kind === ts.SyntaxKind.ImportKeyword
        ? moduleArgument(awaited)
        : undefined;
    }
    if (ts.isCallExpression(node)) {
      const callee = nameOf(node.expression, steps + 1);
      return callee === 'global:require' ? moduleArgument(node) : callee && `${callee}()`;
    }
    if (ts.isNewExpression(node)) {
      const callee = nameOf(node.expression, steps + 1);
      return callee && `${callee}()`;
    }
    return undefined;
  };

  const nameOfDeclaration = (by: Declaration, name: string, steps: number): CanonicalName | undefined => {
    if (ts.isImportClause(by)) return moduleOf(by.parent);
    if (ts.isNamespaceImport(by)) return moduleOf(by.parent.parent);
    if (ts.isImportSpecifier(by)) {
      return member(moduleOf(by.parent.parent.parent), (by.propertyName ?? by.name).text);
    }
    if (ts.isImportEqualsDeclaration(by)) {
      const { moduleReference } = by;
      if (!ts.isExternalModuleReference(moduleReference)) return undefined;
      return ts.isStringLiteral(moduleReference.expression) ? moduleName(moduleReference.expression.text) : undefined;
    }
    // A parameter or a variable that is written to again may hold anything.
    if (walk.writtenNames.has(name)) return undefined;
    if (ts.isVariableDeclaration(by)) return by.initializer && nameOf(by.initializer, steps);
    if (ts.isBindingElement(by)) return nameOfElement(by, steps);
    return undefined;
  };

  const nameOfElement = (element: ts.BindingElement, steps: number): CanonicalName | undefined => {
    const pattern = element.parent;
    const isPlain = ts.isObjectBindingPattern(pattern) && !element.dotDotDotToken && !element.initializer;
    if (!isPlain || steps > MAX_STEPS) return undefined;

    const key = element.propertyName ?? element.name;
    if (!ts.isIdentifier(key) && !ts.isStringLiteral(key)) return undefined;
    const owner = pattern.parent;
    if (ts.isBindingElement(owner)) return member(nameOfElement(owner, steps + 1), key.text);
    if (!ts.isVariableDeclaration(owner) || !owner.initializer) return undefined;
    return member(nameOf(owner.initializer, steps + 1), key.text);
  };

  return {
    nameOf: expression => nameOf(expression, 0),
    meaningOf,
    lookUp: (name, place) => scopes.lookUp(name, place),
    valueOf(expression) {
      let value = withoutCasts(expression);
      for (let step = 0; step < MAX_STEPS && ts.isIdentifier(value); step++) {
        const meaning = meaningOf(value);
        const declared = meaning.kind === 'declared' && ts.isVariableDeclaration(meaning.by) ? meaning.by : undefined;
        const isFixed = declared && ts.isIdentifier(declared.name) && !walk.writtenNames.has(value.text);
        if (!isFixed || !declared.initializer) return value;
        value = withoutCasts(declared.initializer);
      }
      return value;
    },
  };
}

/** The expression inside parentheses, `as`, `satisfies` and `!`. */
export function withoutCasts(expression: ts.Expression): ts.Expression {
  let node = expression;
  while (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node)
  ) {
    node = node.expression;
  }
  return node;
}

/** Module specifier as names begin with it: `node:http` is `http`. */
export function moduleName(specifier: string): string {
  return specifier.startsWith('node:') ? specifier.slice('node:'.length) : specifier;
}

function moduleOf(declaration: ts.ImportDeclaration | ts.JSDocImportTag): CanonicalName | undefined {
  const { moduleSpecifier } = declaration;
  return ts.isStringLiteral(moduleSpecifier) ? moduleName(moduleSpecifier.text) : undefined;
}

function moduleArgument(call: ts.CallExpression): CanonicalName | undefined {
  const [specifier] = call.arguments;
  return specifier && ts.isStringLiteralLike(specifier) ? moduleName(specifier.text) : undefined;
}

function member(owner: CanonicalName | undefined, name: string): CanonicalName | undefined {
  if (owner === undefined) return undefined;
  // Packages export the same thing as the module and as its `default`.
  if (name === 'default') return owner;
  return GLOBAL_OBJECTS.has(owner) ? `global:${name}` : `${owner}.${name}`;
}

/** The one value that a class gives to `this.name`; undefined when it gives none or several. */
function fieldValue(access: ts.PropertyAccessExpression, walk: Walk): ts.Expression | undefined {
  const owner = classOfThis(access);
  if (!owner) return undefined;

  const name = access.name.text;
  const values: ts.Expression[] = [];
  for (const element of owner.members) {
    const isField = ts.isPropertyDeclaration(element) && isNamed(element.name, name);
    if (isField && element.initializer) values.push(element.initializer);
  }
  if (walk.writtenProperties.has(name)) collectAssignments(owner, name, values);
  return values.length === 1 ? values[0] : undefined;
}

/** Class whose instance `this` is at a place; undefined inside plain functions and object literals. */
export function classOfThis(place: ts.Node): ts.ClassLikeDeclaration | undefined {
  for (let outer = parentOf(place); outer; outer = parentOf(outer)) {
    if (ts.isClassLike(outer)) return outer;
    // An arrow function and the value of a property see the `this` around them.
    const isObjectMethod = isFunctionLike(outer) && ts.isObjectLiteralExpression(outer.parent);
    if (ts.isFunctionDeclaration(outer) || ts.isFunctionExpression(outer) || isObjectMethod) return undefined;
  }
  return undefined;
}

function isNamed(name: ts.PropertyName, text: string): boolean {
  return (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) && name.text === text;
}

function collectAssignments(node: ts.Node, name: string, values: ts.Expression[]): void {
  ts.forEachChild(node, child => {
    if (ts.isBinaryExpression(child) && child.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const { left } = child;
      const isField =
        ts.isPropertyAccessExpression(left) &&
        left.expression.kind === ts.SyntaxKind.ThisKeyword &&
        left.name.text === name;
      if (isField) values.push(child.right);
    }
    collectAssignments(child, name, values);
  });
}
