import type { PythonSource } from '../../../core/source-file.ts';
import type { TextEdit } from '../../../core/text.ts';
import { kindOf, parentOf, type NodeIndex } from '../tree.ts';
import { Kind } from '../kinds.ts';
import { addImport } from './add-import.ts';
import { importsOf, type ImportedName, type WantedImport } from './import-list.ts';
import { isBinding, isDeferred, occurrencesOf, scopeAround, scopesSeenFrom } from './names.ts';
import { STANDARD_MODULES } from './standard-modules.ts';

/** How a wanted thing is called at a place, and the edits that make it so; none where it is imported already. */
export interface EnsuredImport {
  /** Expression that names it: `asyncio`, `aio`, `ClientTimeout`, `concurrent.futures`. */
  readonly localName: string;
  /** All of them stand before the place. */
  readonly edits: readonly TextEdit[];
}

/**
 * Makes an import available at an offset: finds the one that is there, under whatever alias, else adds one with the other
 * imports at the top of the file. Undefined where the name means something else there, the name or its package is
 * imported conditionally or for type checkers only, or where the import could not run before the place does.
 */
export function ensureImport(source: PythonSource, wanted: WantedImport, offset: number): EnsuredImport | undefined {
  const imports = importsOf(source);
  const scopes = scopesSeenFrom(source, offset);
  for (const existing of namedFirst(imports, wanted)) {
    if (!isUsableAt(source, existing, wanted, scopes, offset)) continue;
    const localName = nameThrough(existing, wanted);
    if (localName !== undefined && isSoleMeaning(source, existing, imports, scopes)) return { localName, edits: [] };
  }
  const localName = wanted.name ?? wanted.module;
  const bound = localName.split('.', 1)[0] ?? localName;
  if (isBoundIn(source, bound, wanted, imports, scopes) || isOptional(wanted, imports)) return undefined;
  if (isModuleItself(source.path, wanted.module)) return undefined;
  const edits = addImport(source, wanted, imports);
  const runsBefore = isDeferred(source, offset) || edits.every(({ range }) => range.end <= offset);
  return runsBefore ? { localName, edits } : undefined;
}

/** Who imports a name by itself writes it so, even where its module is imported as well. */
function namedFirst(imports: readonly ImportedName[], { name }: WantedImport): readonly ImportedName[] {
  if (name === undefined) return imports;
  const isNamed = (existing: ImportedName): boolean => existing.name === name;
  return [...imports.filter(isNamed), ...imports.filter(existing => !isNamed(existing))];
}

/** Whether the file takes care to import the package in some cases only: it may be missing, or import this file itself. */
function isOptional({ module }: WantedImport, imports: readonly ImportedName[]): boolean {
  const packageOf = (name: string): string => (name.startsWith('.') ? name : (name.split('.', 1)[0] ?? name));
  if (STANDARD_MODULES.has(packageOf(module))) return false;
  const same = imports.filter(other => packageOf(other.module) === packageOf(module));
  return same.length > 0 && !same.some(({ scope, unconditional }) => scope === 0 && unconditional);
}

/** Whether a file is what an import of the module finds: it would get itself, half made. */
function isModuleItself(path: string, module: string): boolean {
  const name = module.split('.', 1)[0];
  return /^(?:(?:src|lib)\/)?([^/]+?)(?:\/__init__)?\.pyw?$/i.exec(path)?.[1] === name;
}

/** How the wanted thing is written where an import is in force; undefined when the import does not bring it. */
function nameThrough(existing: ImportedName, { module, name }: WantedImport): string | undefined {
  const suffix = name === undefined ? '' : `.${name}`;
  if (existing.name === undefined) {
    const written = existing.aliased ? existing.localName : existing.module;
    if (existing.module === module) return written + suffix;
    // `import xml.etree.ElementTree as ET` brings the name `ElementTree` of `xml.etree`.
    return existing.module === module + suffix ? written : undefined;
  }
  if (name !== undefined && existing.module === module && existing.name === name) return existing.localName;
  // `from concurrent import futures` brings the module `concurrent.futures`.
  return `${existing.module}.${existing.name}` === module ? existing.localName + suffix : undefined;
}

function isUsableAt(
  { tree }: PythonSource,
  existing: ImportedName,
  wanted: WantedImport,
  scopes: readonly NodeIndex[],
  offset: number,
): boolean {
  if (nameThrough(existing, wanted) === undefined || !existing.unconditional) return false;
  if (!scopes.includes(existing.scope)) return false;
  const isBefore = (tree.ends[existing.statement] ?? 0) <= offset;
  // A function runs after the code around it has: there, an import of an outer scope may stand below it.
  return (
    isBefore || (existing.scope !== scopes[0] && scopes.some(scope => kindOf(tree, scope) === Kind.function_definition))
  );
}

/** Whether the name of an import has no other meaning in any scope that can be seen. */
function isSoleMeaning(
  source: PythonSource,
  existing: ImportedName,
  imports: readonly ImportedName[],
  scopes: readonly NodeIndex[],
): boolean {
  const others = imports.filter(({ localName }) => localName === existing.localName);
  // `import a` and `import a.b` both bind `a`, to the same module.
  const agree = others.every(
    other =>
      !scopes.includes(other.scope) ||
      (other.module === existing.module && other.name === existing.name) ||
      (isPlain(other) && isPlain(existing)),
  );
  return agree && !hasOtherBinding(source, existing.localName, scopes);
}

function isPlain({ name, aliased }: ImportedName): boolean {
  return name === undefined && !aliased;
}

function hasOtherBinding(source: PythonSource, name: string, scopes: readonly NodeIndex[]): boolean {
  return occurrencesOf(source, name).some(
    node => isBinding(source, node) && !isImportName(source, node) && scopes.includes(scopeAround(source, node)),
  );
}

function isImportName({ tree }: PythonSource, node: NodeIndex): boolean {
  const kind = kindOf(tree, parentOf(tree, node));
  return kind === Kind.dotted_name || kind === Kind.aliased_import;
}

/** Whether a new import of a name at the top would clash with what the name means at the place, or elsewhere at the top. */
function isBoundIn(
  source: PythonSource,
  name: string,
  wanted: WantedImport,
  imports: readonly ImportedName[],
  scopes: readonly NodeIndex[],
): boolean {
  const clashing = imports.some(
    other =>
      other.localName === name &&
      (scopes.includes(other.scope) || other.scope === 0) &&
      // `import concurrent` beside `import concurrent.futures`.
      !(wanted.name === undefined && isPlain(other) && other.unconditional),
  );
  return clashing || hasOtherBinding(source, name, [...scopes, 0]) || shadowsBuiltin(source, wanted, name);
}

/** A name taken out of a module that the file uses without any binding is a built-in, or comes from a star import. */
function shadowsBuiltin(source: PythonSource, { name }: WantedImport, localName: string): boolean {
  if (name === undefined) return false;
  return occurrencesOf(source, localName).some(node => !isBinding(source, node) && !isImportName(source, node));
}
