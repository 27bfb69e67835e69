import type { PythonSource } from '../../server/src/core/source-file.ts';
import { BUILTIN_NAMES } from '../../server/src/facts/python/builtins.ts';
import { buildScopes, type Scope, type ScopeTable } from '../../server/src/facts/python/scopes.ts';
import { importsOf } from '../../server/src/syntax/python/edit/import-list.ts';
import { lineEndOf } from '../../server/src/syntax/python/edit/indentation.ts';
import { Field, Kind } from '../../server/src/syntax/python/kinds.ts';
import { kindOf, parentOf, textOf, type NodeIndex } from '../../server/src/syntax/python/tree.ts';
import type { Complaint } from './model.ts';

/** Names without a meaning, imports made twice and imports without a use that a change brings into a Python file. */
export function compareImports(before: PythonSource, after: PythonSource): readonly Complaint[] {
  const [old, fresh] = [namesOf(before), namesOf(after)];
  const complaints: string[] = [];
  for (const name of fresh.unknown) if (!old.unknown.has(name)) complaints.push(`\`${name}\` means nothing here.`);
  for (const [name, count] of fresh.repeated) {
    if (count > (old.repeated.get(name) ?? 0)) complaints.push(`${name} is imported twice in one scope.`);
  }
  for (const name of fresh.unused) {
    const isLeft = !old.unused.has(name);
    if (isLeft) complaints.push(`The import of \`${name}\` has no use.`);
  }
  return complaints.map(detail => ({ check: 'imports', detail }));
}

interface Names {
  readonly unknown: ReadonlySet<string>;
  /** Further imports of the same thing in the same scope, by what is imported. */
  readonly repeated: ReadonlyMap<string, number>;
  readonly unused: ReadonlySet<string>;
}

function namesOf(source: PythonSource): Names {
  const table = buildScopes(source);
  const { tree, text } = source;
  const used = new Set<string>();
  const unknown = new Set<string>();
  for (let node = 0; node < tree.size; node++) {
    if (kindOf(tree, node) !== Kind.identifier || !isVariable(source, node)) continue;
    const name = textOf(tree, text, node);
    used.add(name);
    if (!table.hasStarImport && !isKnown(table, table.scopeOf[node] ?? 0, name)) unknown.add(name);
  }
  return { unknown, repeated: repeatedImports(source), unused: unusedImports(source, used) };
}

/** Attributes, keywords of calls and the words of imports are no variables. */
function isVariable({ tree }: PythonSource, node: NodeIndex): boolean {
  const parent = parentOf(tree, node);
  switch (kindOf(tree, parent)) {
    case Kind.attribute:
      return tree.fields[node] !== Field.attribute;
    case Kind.keyword_argument:
      return tree.fields[node] !== Field.name;
    case Kind.dotted_name: {
      const outer = kindOf(tree, parentOf(tree, parent));
      return outer === Kind.decorator || outer === Kind.case_pattern;
    }
    case Kind.aliased_import:
    case Kind.keyword_pattern:
      return false;
    default:
      return true;
  }
}

/** Names that every module has. */
const MODULE_NAMES: ReadonlySet<string> = new Set(
  '__name__ __file__ __doc__ __spec__ __package__ __loader__ __path__ __builtins__ __class__ __annotations__'.split(
    ' ',
  ),
);

function isKnown({ scopes }: ScopeTable, from: number, name: string): boolean {
  if (BUILTIN_NAMES.has(name) || MODULE_NAMES.has(name)) return true;
  let scope: Scope | undefined = scopes[from];
  for (let isFirst = true; scope; scope = scopes[scope.parent], isFirst = false) {
    const isSeen = isFirst || scope.kind !== 'class';
    if (isSeen && (scope.bindings.has(name) || scope.delegated.has(name))) return true;
  }
  return false;
}

function repeatedImports(source: PythonSource): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  for (const { scope, module, name, localName, unconditional } of importsOf(source)) {
    if (!unconditional) continue;
    const what = `${module}${name === undefined ? '' : ` ${name}`} as ${localName}`;
    const key = `${scope}:${what}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const repeated = new Map<string, number>();
  for (const [key, count] of seen) {
    const what = key.slice(key.indexOf(':') + 1);
    if (count > 1) repeated.set(what, (repeated.get(what) ?? 0) + count - 1);
  }
  return repeated;
}

/** Names that are imported once, always, and for nothing; what is kept for a comment or a string that names it is not counted. */
function unusedImports(source: PythonSource, used: ReadonlySet<string>): ReadonlySet<string> {
  if (/(^|\/)__init__\.pyi?$/.test(source.path)) return new Set();
  const { tree, text } = source;
  const imports = importsOf(source);
  const counts = new Map<string, number>();
  for (const { localName } of imports) counts.set(localName, (counts.get(localName) ?? 0) + 1);
  const strings = wordsOfStrings(source);
  const unused = imports.filter(({ localName, statement, unconditional, aliased, name }) => {
    const end = lineEndOf(text, tree.ends[statement] ?? 0);
    const isKept =
      !unconditional || text.slice(tree.starts[statement], end).includes('#') || (aliased && name === localName);
    return (
      localName !== '*' && !isKept && counts.get(localName) === 1 && !used.has(localName) && !strings.has(localName)
    );
  });
  return new Set(unused.map(({ localName }) => localName));
}

function wordsOfStrings({ tree, text }: PythonSource): ReadonlySet<string> {
  const words = new Set<string>();
  for (let node = 0; node < tree.size; node++) {
    const kind = kindOf(tree, node);
    if (kind !== Kind.string_content && kind !== Kind.comment) continue;
    for (const word of textOf(tree, text, node).match(/\w+/g) ?? []) words.add(word);
  }
  return words;
}
