import { ts } from 'ts-morph';
import { groupBy } from '../../core/group-by.ts';
import type { Walk } from './walk.ts';

/** Node that brings a name into a scope. */
export type Declaration =
  | ts.ImportClause
  | ts.NamespaceImport
  | ts.ImportSpecifier
  | ts.ImportEqualsDeclaration
  | ts.VariableDeclaration
  | ts.BindingElement
  | ts.ParameterDeclaration
  | ts.FunctionLikeDeclaration
  | ts.ClassLikeDeclaration
  | ts.EnumDeclaration
  | ts.ModuleDeclaration;

/** What a name means where it stands: its declaration, a global, or more than one thing. */
export type Meaning =
  { readonly kind: 'declared'; readonly by: Declaration } | { readonly kind: 'global' } | { readonly kind: 'several' };

/** Answers what names mean in one file. */
export interface Scopes {
  /** Meaning of a name as code at `place` sees it. */
  lookUp(name: string, place: ts.Node): Meaning;
}

type Names = Map<string, Declaration | 'several'>;

const GLOBAL: Meaning = { kind: 'global' };
const SEVERAL: Meaning = { kind: 'several' };

/** Makes the look-up of one file; scopes are read on demand, since few names of a file are ever asked for. */
export function createScopes({ source, hoisted }: Walk): Scopes {
  const namesByScope = new Map<ts.Node, Names>();
  let hoistedByScope: ReadonlyMap<ts.Node, ts.VariableDeclaration[]> | undefined;

  const namesOf = (scope: ts.Node): Names => {
    const known = namesByScope.get(scope);
    if (known) return known;

    const names: Names = new Map();
    declareLexical(scope, names);
    hoistedByScope ??= groupBy(hoisted, declaration => hoistingScope(declaration, source));
    for (const declaration of hoistedByScope.get(scope) ?? []) declareBinding(declaration, names);
    namesByScope.set(scope, names);
    return names;
  };

  return {
    lookUp(name, place) {
      for (let scope: ts.Node | undefined = place; scope; scope = parentOf(scope)) {
        if (!SCOPE_KINDS.has(scope.kind)) continue;
        const found = namesOf(scope).get(name);
        if (found === 'several') return SEVERAL;
        if (found) return { kind: 'declared', by: found };
      }
      return GLOBAL;
    },
  };
}

/** Parent of a node; undefined for the file. */
export function parentOf(node: ts.Node): ts.Node | undefined {
  // Typed as always there, which does not hold for the file itself.
  const parent: ts.Node | undefined = node.parent;
  return parent;
}

/** Nearest function around a node, the node itself left out; undefined at the top level and in class bodies' static parts. */
export function functionAround(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  for (let outer = parentOf(node); outer; outer = parentOf(outer)) {
    if (isFunctionLike(outer)) return outer;
  }
  return undefined;
}

const FUNCTION_KINDS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.FunctionExpression,
  ts.SyntaxKind.ArrowFunction,
  ts.SyntaxKind.MethodDeclaration,
  ts.SyntaxKind.Constructor,
  ts.SyntaxKind.GetAccessor,
  ts.SyntaxKind.SetAccessor,
]);

const SCOPE_KINDS: ReadonlySet<ts.SyntaxKind> = new Set([
  ...FUNCTION_KINDS,
  ts.SyntaxKind.SourceFile,
  ts.SyntaxKind.ModuleBlock,
  ts.SyntaxKind.Block,
  ts.SyntaxKind.CaseBlock,
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.ForInStatement,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.CatchClause,
  ts.SyntaxKind.ClassExpression,
]);

/** Whether a node is a function of any kind, with or without a body. */
export function isFunctionLike(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return FUNCTION_KINDS.has(node.kind);
}

function declareLexical(scope: ts.Node, names: Names): void {
  if (isFunctionLike(scope)) {
    if (ts.isFunctionExpression(scope) && scope.name) declare(scope.name.text, scope, names);
    for (const parameter of scope.parameters) declareBinding(parameter, names);
  } else if (ts.isClassExpression(scope)) {
    if (scope.name) declare(scope.name.text, scope, names);
  } else if (ts.isCatchClause(scope)) {
    if (scope.variableDeclaration) declareBinding(scope.variableDeclaration, names);
  } else if (ts.isForStatement(scope) || ts.isForInStatement(scope) || ts.isForOfStatement(scope)) {
    if (scope.initializer && ts.isVariableDeclarationList(scope.initializer)) declareList(scope.initializer, names);
  } else if (ts.isCaseBlock(scope)) {
    for (const clause of scope.clauses) declareStatements(clause.statements, names);
  } else if (ts.isBlock(scope) || ts.isSourceFile(scope) || ts.isModuleBlock(scope)) {
    declareStatements(scope.statements, names);
  }
}

function declareStatements(statements: readonly ts.Statement[], names: Names): void {
  for (const statement of statements) {
    if (ts.isVariableStatement(statement)) declareList(statement.declarationList, names);
    else if (ts.isImportDeclaration(statement)) declareImport(statement, names);
    else if (ts.isImportEqualsDeclaration(statement)) declare(statement.name.text, statement, names);
    else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      if (statement.name) declare(statement.name.text, statement, names);
    } else if (ts.isEnumDeclaration(statement)) declare(statement.name.text, statement, names);
    else if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name)) {
      // `declare global { … }` has a name too, and declares nothing of that name.
      if ((statement.flags & ts.NodeFlags.GlobalAugmentation) === 0) declare(statement.name.text, statement, names);
    }
  }
}

function declareImport({ importClause }: ts.ImportDeclaration, names: Names): void {
  if (!importClause) return;

  if (importClause.name) declare(importClause.name.text, importClause, names);
  const { namedBindings } = importClause;
  if (!namedBindings) return;
  if (ts.isNamespaceImport(namedBindings)) declare(namedBindings.name.text, namedBindings, names);
  else for (const specifier of namedBindings.elements) declare(specifier.name.text, specifier, names);
}

function declareList(list: ts.VariableDeclarationList, names: Names): void {
  if ((list.flags & ts.NodeFlags.BlockScoped) === 0) return;
  for (const declaration of list.declarations) declareBinding(declaration, names);
}

function declareBinding(
  declaration: ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement,
  names: Names,
): void {
  const { name } = declaration;
  if (ts.isIdentifier(name)) {
    declare(name.text, declaration, names);
    return;
  }
  for (const element of name.elements) if (ts.isBindingElement(element)) declareBinding(element, names);
}

function declare(name: string, by: Declaration, names: Names): void {
  const earlier = names.get(name);
  if (earlier === undefined) names.set(name, by);
  // Overloads of one function are one thing; all else that shares a name is left open.
  else if (earlier === 'several' || !ts.isFunctionDeclaration(earlier) || !ts.isFunctionDeclaration(by))
    names.set(name, 'several');
}

function hoistingScope(declaration: ts.Node, source: ts.SourceFile): ts.Node {
  for (let outer = parentOf(declaration); outer; outer = parentOf(outer)) {
    // A static block is a function of its own as far as `var` goes; its `Block` is the scope that look-ups meet.
    if (ts.isClassStaticBlockDeclaration(outer)) return outer.body;
    if (isFunctionLike(outer) || ts.isModuleBlock(outer)) return outer;
  }
  return source;
}
