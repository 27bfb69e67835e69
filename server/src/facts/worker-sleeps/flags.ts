import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, kindOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { enclosingFunction, type Binding, type Scope } from '../python/scopes.ts';
import type { DecidingPart } from './deciding-parts.ts';
import { classOfReceiver } from './seconds.ts';

const RUN_NAME = /run|alive|activ|enabl|work|keep|go(?:ing|_on)?$|continu|loop|serv|listen|poll|start|live|open/i;
const STOP_NAME = /stop|shut_?down|exit|quit|terminat|cancel|halt|clos(?:e|ing)|abort|kill|interrupt|finish|done/i;

/**
 * Whether a condition hangs on a flag that says stop, and another function than the loop's own sets it so. What is
 * waited for (`connected`, `ready`) is no such flag.
 */
export function isFlagSetElsewhere(file: PythonFile, { node, when }: DecidingPart): boolean {
  const { source, table } = file;
  const own = enclosingFunction(table.scopes, table.scopeOf[node] ?? 0);
  const name = lastNameOf(file, node);
  if (!(when ? STOP_NAME : RUN_NAME).test(name)) return false;
  return bindingsOfFlag(file, node)
    .filter(binding => booleanOf(file, binding) === when)
    .some(binding => {
      const setter = enclosingFunction(table.scopes, table.scopeOf[binding.node] ?? 0);
      if (!setter || setter === own) return false;
      // What the constructor sets is the state before the start.
      return textOf(source.tree, source.text, childByField(source.tree, setter.node, Field.name)) !== '__init__';
    });
}

function lastNameOf({ source: { tree, text } }: PythonFile, node: NodeIndex): string {
  const isAttribute = kindOf(tree, node) === Kind.attribute;
  return textOf(tree, text, isAttribute ? childByField(tree, node, Field.attribute) : node);
}

function bindingsOfFlag(file: PythonFile, node: NodeIndex): readonly Binding[] {
  const { tree } = file.source;
  const name = lastNameOf(file, node);
  switch (kindOf(tree, node)) {
    case Kind.attribute: {
      const object = childByField(tree, node, Field.object);
      return (classOfReceiver(file, object) ?? classOfObject(file, object))?.attributes.get(name) ?? [];
    }
    case Kind.identifier:
      return scopeOfName(file, name, node)?.bindings.get(name) ?? [];
    default:
      return [];
  }
}

/** The class of this file that an object is made from: `killer = GracefulKiller()`. */
function classOfObject({ resolver, table }: PythonFile, object: NodeIndex): Scope | undefined {
  const name = /^:(.+)\(\)$/.exec(resolver.valueOf(object)?.symbol ?? '')?.[1];
  return name === undefined ? undefined : table.scopes.find(one => one.kind === 'class' && one.qualifiedName === name);
}

/** The scope that owns a name; `global` and `nonlocal` of other functions file their assignments there. */
function scopeOfName({ table }: PythonFile, name: string, node: NodeIndex): Scope | undefined {
  const start = table.scopes[table.scopeOf[node] ?? 0];
  for (let scope = start; scope; scope = table.scopes[scope.parent]) {
    if (scope.kind === 'class' && scope !== start) continue;
    if (scope.delegated.has(name)) return table.scopes[scope.delegated.get(name) ?? 0];
    if (scope.bindings.has(name)) return scope;
  }
  return undefined;
}

function booleanOf({ source: { tree } }: PythonFile, binding: Binding): boolean | undefined {
  const kind = binding.kind === 'assignment' ? kindOf(tree, binding.value) : undefined;
  return kind === Kind.true ? true : kind === Kind.false ? false : undefined;
}
