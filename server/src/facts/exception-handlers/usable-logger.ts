import { loggingKnowledge } from '../../knowledge/logging.ts';
import { endOfSubtree, parentOf, type NodeIndex } from '../../syntax/python/tree.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { enclosingFunction, type Binding, type Scope } from '../python/scopes.ts';
import { isImportedLogger } from './logger-names.ts';

/** Finds loggers for the handlers of one file. */
export interface UsableLoggers {
  /**
   * Expression of the logger that a node's code can use: one that its function is given, the module's own, one of the
   * object. Undefined without one, or where it is not certain.
   */
  loggerAt(node: NodeIndex): string | undefined;
}

/** For one extraction only: remembers the module's loggers. */
export function createUsableLoggers(file: PythonFile): UsableLoggers {
  let ofModule: readonly ModuleLogger[] | undefined;
  const ofClasses = new Map<Scope, readonly OwnLogger[]>();
  const loggersOf = (owner: Scope): readonly OwnLogger[] => {
    const known = ofClasses.get(owner) ?? findOwnLoggers(file, owner);
    ofClasses.set(owner, known);
    return known;
  };
  return {
    loggerAt(node) {
      const scope = file.table.scopes[file.table.scopeOf[node] ?? 0];
      if (!scope) return undefined;
      const given = parameterLogger(file, scope);
      if (given !== undefined) return given;
      ofModule ??= findModuleLoggers(file);
      return moduleLogger(file, ofModule, scope, node) ?? ownLogger(file, scope, loggersOf);
    },
  };
}

function isLogger(file: PythonFile, binding: Binding, name: string): boolean {
  const symbol = file.resolver.valueOfBinding(binding)?.symbol;
  const canonical = symbol === undefined ? undefined : canonicalName(symbol);
  if (canonical === undefined || symbol === undefined) return false;
  // The module `logging` has the methods, but no name to tell records apart by.
  if (canonical !== 'logging' && loggingKnowledge.loggers[canonical] !== undefined) return true;
  return isImportedLogger(file, symbol, name);
}

function parameterLogger(file: PythonFile, scope: Scope): string | undefined {
  const own = enclosingFunction(file.table.scopes, scope.index);
  for (const [name, bindings] of own?.bindings ?? []) {
    const [only, ...others] = bindings;
    if (only?.kind === 'parameter' && others.length === 0 && isLogger(file, only, name)) return name;
  }
  return undefined;
}

/** A name of the module that is certain to be a logger once `lastBinding` has run. */
interface ModuleLogger {
  readonly name: string;
  readonly lastBinding: NodeIndex;
}

function findModuleLoggers(file: PythonFile): ModuleLogger[] {
  const found: ModuleLogger[] = [];
  for (const [name, bindings] of file.table.scopes[0]?.bindings ?? []) {
    const last = bindings.at(-1);
    if (last === undefined || !bindings.every(binding => isLogger(file, binding, name))) continue;
    if (bindings.some(binding => isAtTop(file, binding))) found.push({ name, lastBinding: last.node });
  }
  return found;
}

function moduleLogger(
  file: PythonFile,
  loggers: readonly ModuleLogger[],
  scope: Scope,
  node: NodeIndex,
): string | undefined {
  const isLater = enclosingFunction(file.table.scopes, scope.index) !== undefined;
  const usable = loggers.find(
    ({ name, lastBinding }) => (isLater || lastBinding < node) && !isHidden(file, scope, name),
  );
  return usable?.name;
}

/** Whether the binding is a statement of the module itself, not of a branch or a `try`. */
function isAtTop({ source: { tree } }: PythonFile, binding: Binding): boolean {
  const statement = parentOf(tree, binding.node);
  return statement === 0 || parentOf(tree, statement) === 0;
}

/** Whether a scope between the place and the module gives the name another meaning. */
function isHidden({ table }: PythonFile, from: Scope, name: string): boolean {
  for (let scope: Scope | undefined = from; scope && scope.index > 0; scope = table.scopes[scope.parent]) {
    if (scope.bindings.has(name) || scope.delegated.has(name)) return true;
  }
  return false;
}

/** An attribute that holds a logger, and where it is given one. */
interface OwnLogger {
  readonly name: string;
  readonly bindings: readonly Binding[];
}

function findOwnLoggers({ resolver }: PythonFile, owner: Scope): readonly OwnLogger[] {
  const found: OwnLogger[] = [];
  for (const [name, bindings] of owner.attributes) {
    const canonical = canonicalName(resolver.attributeOf(owner, name)?.symbol ?? '');
    const isKnown = canonical !== undefined && loggingKnowledge.loggers[canonical] !== undefined;
    if (isKnown) found.push({ name, bindings });
  }
  return found;
}

/** `self.logger` of a method, unless the method is the one that makes it. */
function ownLogger(
  { source, table }: PythonFile,
  scope: Scope,
  loggersOf: (owner: Scope) => readonly OwnLogger[],
): string | undefined {
  const method = enclosingFunction(table.scopes, scope.index);
  const owner = method?.receiver === undefined || method.receivesClass ? undefined : table.scopes[method.parent];
  if (!method || !owner) return undefined;
  const end = endOfSubtree(source.tree, method.node);
  const usable = loggersOf(owner).find(
    ({ bindings }) => !bindings.some(({ node }) => method.node <= node && node < end),
  );
  return usable && `${method.receiver ?? 'self'}.${usable.name}`;
}
