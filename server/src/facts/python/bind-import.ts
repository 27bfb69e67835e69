import type { PythonSource } from '../../core/source-file.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  childOfKind,
  firstChild,
  nextSibling,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';

/** One name that an import statement binds. */
export interface ImportedName {
  /** Module as written without blanks: `os.path`, `..clients`, `.`. */
  readonly module: string;
  /** Name taken out of the module, `*` for all, undefined for `import module`. */
  readonly name: string | undefined;
  /** Name bound in the file; `*` for a star import. */
  readonly alias: string;
  /** What the alias stands for. */
  readonly symbol: string;
}

/** Names that an import statement of any form binds. */
export function bindImport(source: PythonSource, statement: NodeIndex): ImportedName[] {
  const { tree, text } = source;
  if (tree.kinds[statement] === Kind.import_statement) return bindPlainImport(source, statement);
  const isFuture = tree.kinds[statement] === Kind.future_import_statement;
  const moduleNode = childByField(tree, statement, Field.module_name);
  const module = isFuture ? '__future__' : textOf(tree, text, moduleNode).replace(/\s+/g, '');
  if (childOfKind(tree, statement, Kind.wildcard_import) >= 0) {
    return [{ module, name: '*', alias: '*', symbol: module }];
  }
  const names: ImportedName[] = [];
  for (let child = firstChild(tree, statement); child >= 0; child = nextSibling(tree, child)) {
    if (tree.fields[child] !== Field.name) continue;
    const { name, alias } = nameAndAlias(source, child);
    names.push({ module, name, alias, symbol: joinModule(module, name) });
  }
  return names;
}

function bindPlainImport(source: PythonSource, statement: NodeIndex): ImportedName[] {
  const { tree } = source;
  const names: ImportedName[] = [];
  for (let child = firstChild(tree, statement); child >= 0; child = nextSibling(tree, child)) {
    if (tree.fields[child] !== Field.name) continue;
    const { name, alias } = nameAndAlias(source, child);
    const isAliased = tree.kinds[child] === Kind.aliased_import;
    const top = name.split('.', 1)[0] ?? name;
    // `import a.b` binds `a`; `import a.b as c` binds the submodule.
    names.push({ module: name, name: undefined, alias: isAliased ? alias : top, symbol: isAliased ? name : top });
  }
  return names;
}

function nameAndAlias(source: PythonSource, node: NodeIndex): { name: string; alias: string } {
  const { tree, text } = source;
  if (tree.kinds[node] !== Kind.aliased_import) {
    const name = textOf(tree, text, node).replace(/\s+/g, '');
    return { name, alias: name };
  }
  const name = textOf(tree, text, childByField(tree, node, Field.name)).replace(/\s+/g, '');
  return { name, alias: textOf(tree, text, childByField(tree, node, Field.alias)) };
}

/** Joins a module and a name in it: `.` + `http` is `.http`, `a.b` + `c` is `a.b.c`. */
export function joinModule(module: string, name: string): string {
  return module.endsWith('.') ? module + name : `${module}.${name}`;
}
