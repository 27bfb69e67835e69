import { ts } from 'ts-morph';
import { moduleName } from '../../syntax/typescript/resolve.ts';
import { parentOf } from '../../syntax/typescript/scopes.ts';
import { BROWSER_KNOWLEDGE as KNOWN } from './http-knowledge.ts';
import type { TypeScriptFile } from './typescript-file.ts';

/**
 * Whether a file runs, or may well run, in a browser: by what it imports and uses, else by the folder it is in.
 * Doubt counts as yes: server rules stay silent there.
 */
export function isBrowserCode(file: TypeScriptFile): boolean {
  const { walk } = file;
  const modules = [...walk.imports, ...requiredModules(file)];
  if (walk.hasJsx || isServiceWorker(file.path) || hasDirective(walk.source, 'use client')) return true;
  if (modules.some(module => isOneOf(module, KNOWN.packages))) return true;
  if (exportsComponent(walk.source) || usesBrowserGlobal(file)) return true;

  const isServerCode =
    hasDirective(walk.source, 'use server') || modules.some(module => isOneOf(module, KNOWN.serverPackages));
  return !isServerCode && hasBrowserFolder(file.path);
}

function requiredModules({ walk, resolver }: TypeScriptFile): readonly string[] {
  return walk.calls.flatMap(call => {
    const isRequire =
      ts.isCallExpression(call) && ts.isIdentifier(call.expression) && call.expression.text === 'require';
    const name = isRequire ? resolver.nameOf(call) : undefined;
    return name === undefined ? [] : [name];
  });
}

/** Whether a module is one of the packages, or a part of one: `react-dom/server`, `@nestjs/common`. */
function isOneOf(specifier: string, packages: ReadonlySet<string>): boolean {
  const parts = moduleName(specifier).split('/');
  return parts.some((_, index) => packages.has(parts.slice(0, index + 1).join('/')));
}

function hasDirective(source: ts.SourceFile, directive: string): boolean {
  for (const statement of source.statements) {
    if (!ts.isExpressionStatement(statement) || !ts.isStringLiteral(statement.expression)) return false;
    if (statement.expression.text === directive) return true;
  }
  return false;
}

/** Whether `export default { mounted() { … } }` hands a component to a framework, which may be a script of the page. */
function exportsComponent(source: ts.SourceFile): boolean {
  return source.statements.some(statement => {
    if (!ts.isExportAssignment(statement) || !ts.isObjectLiteralExpression(statement.expression)) return false;
    return statement.expression.properties.some(
      ({ name }) => name !== undefined && ts.isIdentifier(name) && KNOWN.componentHooks.has(name.text),
    );
  });
}

function usesBrowserGlobal({ walk, resolver }: TypeScriptFile): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node) && KNOWN.globals.has(node.text) && isReference(node)) {
      if (resolver.meaningOf(node).kind === 'global') return true;
    }
    // Vite and its kin replace `import.meta.env` when they build for the browser.
    const isBuildEnvironment =
      ts.isPropertyAccessExpression(node) && node.name.text === 'env' && ts.isMetaProperty(node.expression);
    return isBuildEnvironment || (ts.forEachChild(node, visit) ?? false);
  };
  return visit(walk.source);
}

/** Whether an identifier is a name of its own, not a property's, a label's or a key's. */
function isReference(identifier: ts.Identifier): boolean {
  const parent = parentOf(identifier);
  if (!parent) return false;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === identifier;
  if (ts.isQualifiedName(parent)) return parent.left === identifier;
  if (ts.isBindingElement(parent)) return parent.initializer === identifier;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === identifier;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  const isName = 'name' in parent && parent.name === identifier && !ts.isShorthandPropertyAssignment(parent);
  return !isName && !ts.isJsxAttribute(parent);
}

function isServiceWorker(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return KNOWN.serviceWorkers.has(name.replace(/\.[mc]?[jt]sx?$/, ''));
}

function hasBrowserFolder(path: string): boolean {
  return path
    .split('/')
    .slice(0, -1)
    .some(folder => KNOWN.folders.has(folder.toLowerCase()));
}
