import type { FileFacts } from '../../core/file-facts.ts';
import type { Narrowing, NarrowType } from '../../core/narrowing.ts';
import type { ImportFact } from '../../core/python-facts.ts';
import type { ExceptionName, ImportWay, WorkspaceRaises } from '../../core/raise-summary.ts';
import type { PythonSource } from '../../core/source-file.ts';
import type { TextRange } from '../../core/text.ts';
import { raiseKnowledge } from '../../knowledge/raises.ts';
import { returnKnowledge } from '../../knowledge/returns.ts';
import { attributesOfError } from './error-attributes.ts';
import { classNamed, isCaughtBy, raisedInTry } from './escaping.ts';
import { coverOf, coverWith, hasAttribute } from './exception-tree.ts';
import { isMeantBroad } from './meant-broad.ts';
import { raisesInFile } from './raises-in-file.ts';

/** More types than anybody would write into one `except`. */
const MAX_TYPES = 7;

/** What reading values raises: where the calls are unknown, nobody wrote the handler for these. */
const SLIPS: ReadonlySet<ExceptionName> = new Set(
  ['AttributeError', 'IndexError', 'KeyError', 'TypeError'].map(name => `builtins.${name}`),
);

/**
 * The exceptions that the body of a handler's `try` can raise. Undefined where nothing of it is understood, where nothing
 * short of `Exception` covers it, where a comment says that anything may come, or where the handler uses the error in a way that some of the types don't support.
 * @param facts facts of the same text as `source`
 * @param workspace who knows what is run; the file alone when absent, or when it doesn't know the file
 */
export function narrowHandler(
  source: PythonSource,
  facts: FileFacts,
  clause: TextRange,
  workspace?: WorkspaceRaises,
): Narrowing | undefined {
  const { python, raises, path } = facts;
  const handler = facts.facts.exceptionHandler?.find(
    ({ form, range }) => form === 'except' && range.start === clause.start && range.end === clause.end,
  );
  const found = python?.tries.find(({ bodyRange }) => bodyRange.start === handler?.bodyRange.start);
  if (!raises || !handler || !found || isMeantBroad(facts, source.text, handler)) return undefined;

  const siblings = facts.facts.exceptionHandler?.filter(
    ({ form, bodyRange }) => form === 'except' && bodyRange.start === handler.bodyRange.start,
  );
  const clauses = raises.guards[found.index]?.clauses ?? [];
  const position = siblings?.indexOf(handler) ?? -1;
  const earlier = clauses.slice(0, position);
  if (earlier.some(({ broad }) => broad)) return undefined;

  const ask = workspace?.knows(path) === true ? workspace : raisesInFile(facts);
  const summary = raisedInTry(raises, found.index, path, ask);
  const open = summary.types.filter(type => !earlier.some(each => isCaughtBy(type, each, path, ask)));
  const cover = coverOf(open, ask);
  if (cover === undefined || cover.length === 0 || cover.length > MAX_TYPES) return undefined;
  if (summary.unknown.length > 0 && cover.every(type => SLIPS.has(type))) return undefined;

  const used = attributesOfError(source, clause, handler.errorName);
  if (used === undefined || !cover.every(type => used.every(name => hasAttribute(type, name, ask)))) return undefined;
  const beside = (clauses[position]?.types ?? []).map(type => type && classNamed(type, path, ask));
  // A type that somebody names beside `Exception` is one that they count on, `KeyboardInterrupt` above all.
  if (!beside.every(type => type !== undefined)) return undefined;
  const types = coverWith(cover, beside, ask).map(type => howToWrite(type, facts, ask));
  if (!types.every(type => type !== undefined)) return undefined;
  return { types, unknown: summary.unknown, guessed: summary.guessed === true };
}

function howToWrite(type: ExceptionName, { path, python }: FileFacts, ask: WorkspaceRaises): NarrowType | undefined {
  if (type.startsWith('builtins.')) return { kind: 'builtin', name: type.slice('builtins.'.length) };
  if (type.startsWith(`${path}:`)) return localType(type.slice(path.length + 1));
  if (type.startsWith(':')) return localType(type.slice(1));
  if (type.includes(':')) {
    const from = [
      ...waysInUse(type, python?.imports ?? [], path, ask),
      ...inStyle(ask.importsOf(type, path), python?.imports ?? []),
    ];
    return from.length === 0 ? undefined : { kind: 'imported', from, rest: '' };
  }
  const names = [type, ...otherNames(type)].map(splitName);
  const [first] = names;
  return first && { kind: 'imported', from: names.filter(({ rest }) => rest === first.rest), rest: first.rest };
}

/** How the file imports the class already. */
function waysInUse(
  type: ExceptionName,
  imports: readonly ImportFact[],
  path: string,
  ask: WorkspaceRaises,
): readonly ImportWay[] {
  return imports.flatMap(({ module, name }) => {
    if (name === undefined || name === '*') return [];
    const symbol = module.endsWith('.') ? module + name : `${module}.${name}`;
    return ask.exceptionOf(symbol, path) === type ? [{ module, name }] : [];
  });
}

/** Puts the way first in which the file imports the module already, then the one in which it imports others of its program. */
function inStyle(ways: readonly ImportWay[], imports: readonly ImportFact[]): readonly ImportWay[] {
  const topOf = (module: string): string => (module.startsWith('.') ? '.' : (module.split('.', 1)[0] ?? ''));
  const used = (way: ImportWay): number => imports.filter(({ module }) => topOf(module) === topOf(way.module)).length;
  const there = (way: ImportWay): number =>
    imports.filter(({ module, name }) => module === way.module && name !== undefined && name !== '*').length;
  return ways.toSorted((a, b) => Math.sign(there(b)) - Math.sign(there(a)) || used(b) - used(a));
}

function localType(name: string): NarrowType | undefined {
  return name.includes('<locals>') ? undefined : { kind: 'local', name };
}

/** Other public names of a library's class, as aliases of the knowledge list them. */
function otherNames(type: ExceptionName): readonly string[] {
  const aliases = [...raiseKnowledge.aliases, ...Object.entries(returnKnowledge.aliases)];
  return aliases.filter(([, real]) => real === type).map(([alias]) => alias);
}

/** `imaplib`, `IMAP4`, `.error`: the class path starts with the first CapWord, else it is the last name. */
function splitName(name: string): { readonly module: string; readonly name: string; readonly rest: string } {
  const dots = /^\.*/.exec(name)?.[0] ?? '';
  const parts = name.slice(dots.length).split('.');
  // Some packages are in capitals as well: `PIL.Image.DecompressionBombError`.
  const capital = parts.findIndex((part, index) => index > 0 && /^_*[A-Z]/.test(part));
  const at = capital < 0 ? parts.length - 1 : capital;
  const rest = parts.slice(at + 1).map(part => `.${part}`);
  return { module: dots + parts.slice(0, at).join('.'), name: parts[at] ?? '', rest: rest.join('') };
}
