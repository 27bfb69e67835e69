import type { PythonSource } from '../../../core/source-file.ts';
import { Field, Kind } from '../kinds.ts';
import { childByField, childrenOf, kindOf, parentOf, textOf, type NodeIndex } from '../tree.ts';
import { scopeAround } from './names.ts';

/** A module (`asyncio`, `concurrent.futures`), or a name in it. */
export interface WantedImport {
  readonly module: string;
  /** Undefined for the module itself. */
  readonly name?: string;
}

/** One name that an import statement binds. */
export interface ImportedName {
  readonly statement: NodeIndex;
  /** `a`, `a.b`, `a as b`: the node of the name with its alias; the statement itself for a star import. */
  readonly node: NodeIndex;
  /** As written without blanks: `os.path`, `..clients`. */
  readonly module: string;
  /** Name taken out of the module; `*` for all; undefined for `import module`. */
  readonly name: string | undefined;
  /** Name that it binds in its scope. */
  readonly localName: string;
  /** Whether it is written with `as`. */
  readonly aliased: boolean;
  /** Node of the scope that it binds in. */
  readonly scope: NodeIndex;
  /** It runs whenever its scope does: it stands in no branch, loop or `try`. */
  readonly unconditional: boolean;
}

/** All imported names of a file in source order, `__future__` left out. */
export function importsOf(source: PythonSource): ImportedName[] {
  const { tree } = source;
  const found: ImportedName[] = [];
  for (let node = 0; node < tree.size; node++) {
    const kind = kindOf(tree, node);
    if (kind === Kind.import_statement || kind === Kind.import_from_statement) found.push(...namesOf(source, node));
  }
  return found;
}

/** Whether a file gives each name that it takes out of a module a statement of its own, as some import sorters do. */
export function writesNamesApart(imports: readonly ImportedName[]): boolean {
  const named = imports.filter(({ name, scope }) => name !== undefined && name !== '*' && scope === 0);
  const statements = new Set(named.map(({ statement }) => statement));
  return statements.size === named.length && new Set(named.map(({ module }) => module)).size < named.length;
}

function namesOf(source: PythonSource, statement: NodeIndex): ImportedName[] {
  const { tree, text } = source;
  const scope = scopeAround(source, statement);
  const unconditional = parentOf(tree, statement) === scope || parentOf(tree, parentOf(tree, statement)) === scope;
  const common = { statement, scope, unconditional };
  const isFrom = kindOf(tree, statement) === Kind.import_from_statement;
  const from = isFrom ? compact(textOf(tree, text, childByField(tree, statement, Field.module_name))) : '';
  return childrenOf(tree, statement).flatMap((node): ImportedName[] => {
    if (kindOf(tree, node) === Kind.wildcard_import) {
      return [{ ...common, node: statement, module: from, name: '*', localName: '*', aliased: false }];
    }
    if (tree.fields[node] !== Field.name) return [];
    const aliased = kindOf(tree, node) === Kind.aliased_import;
    const written = compact(textOf(tree, text, aliased ? childByField(tree, node, Field.name) : node));
    const alias = aliased ? textOf(tree, text, childByField(tree, node, Field.alias)) : undefined;
    if (isFrom) return [{ ...common, node, module: from, name: written, localName: alias ?? written, aliased }];
    // `import a.b` binds `a`.
    const localName = alias ?? written.split('.', 1)[0] ?? written;
    return [{ ...common, node, module: written, name: undefined, localName, aliased }];
  });
}

function compact(text: string): string {
  return text.replace(/[\s\\]+/g, '');
}
