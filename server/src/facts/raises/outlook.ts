import type { ExceptionHandlerFact } from '../../core/facts/exception-handler.ts';
import type { FileFacts } from '../../core/file-facts.ts';
import { defineLazy } from '../../core/lazy.ts';
import type { Narrowing } from '../../core/narrowing.ts';
import type { PythonFacts, Symbol } from '../../core/python-facts.ts';
import type { WorkspaceRaises } from '../../core/raise-summary.ts';
import type { PythonSource } from '../../core/source-file.ts';
import { narrowExcept } from '../../syntax/python/edit/narrow-except.ts';
import { narrowHandler } from './narrow.ts';
import { raisesInFile } from './raises-in-file.ts';

/**
 * Tells each broad handler of a file how well its errors are understood; see {@link ExceptionHandlerFact.narrowing}. It
 * is worked out for those alone that somebody asks about: all that a file can raise has to be known for it.
 * @param facts gives the facts of the file, these handlers among them
 */
export function withNarrowing(
  source: PythonSource,
  handlers: readonly ExceptionHandlerFact[],
  facts: () => FileFacts,
): readonly ExceptionHandlerFact[] {
  // One answer to all questions: what the file's functions raise is worked out once, not for every handler.
  let own: WorkspaceRaises | undefined;
  const file = { source, facts, ask: (): WorkspaceRaises => (own ??= raisesInFile(facts())) };
  return handlers.map(handler => {
    const isBroad =
      handler.breadth === 'bare' || handler.breadth === 'exception' || handler.breadth === 'baseException';
    if (!isBroad || handler.form !== 'except') return handler;
    return lazyOutlook(handler, { ...file, handler });
  });
}

interface OutlookOrigin {
  readonly source: PythonSource;
  readonly facts: () => FileFacts;
  readonly ask: () => WorkspaceRaises;
  readonly handler: ExceptionHandlerFact;
}

const lazyOutlook = defineLazy<OutlookOrigin, { readonly narrowing: ExceptionHandlerFact['narrowing'] | undefined }>({
  narrowing: ({ source, facts, handler, ask }) => outlookOf(source, facts(), handler, ask()),
});

function outlookOf(
  source: PythonSource,
  facts: FileFacts,
  handler: ExceptionHandlerFact,
  ask: WorkspaceRaises,
): ExceptionHandlerFact['narrowing'] | undefined {
  if (isForGroups(source, handler)) return undefined;
  const found = narrowHandler(source, facts, handler.range, ask);
  const named = found && canBeNamed(source, handler, found) ? found : undefined;
  if (named?.unknown.length === 0) return named.guessed ? 'likely' : 'certain';
  // What can't be seen from here may overrule what can.
  if (dependsOnOthers(facts, handler)) return 'elsewhere';
  return named && 'partly';
}

/** Whether what has to be imported can be: a file may import its module in some cases only. */
function canBeNamed(source: PythonSource, { range }: ExceptionHandlerFact, { types }: Narrowing): boolean {
  const needsImports = types.some(({ kind }) => kind === 'imported');
  return !needsImports || narrowExcept(source, range, types) !== undefined;
}

/** `except*` stays as it is. */
function isForGroups({ text }: PythonSource, { range }: ExceptionHandlerFact): boolean {
  return /^except\s*\*/.test(text.slice(range.start, range.end));
}

/** Whether something is run, here or in the file's functions that are run, that another file of the program may define. */
function dependsOnOthers({ python, raises }: FileFacts, handler: ExceptionHandlerFact): boolean {
  const index = python?.tries.find(({ bodyRange }) => bodyRange.start === handler.bodyRange.start)?.index;
  if (index === undefined || !python || !raises) return false;
  const open = new Set(raises.regions.filter(({ tries }) => tries.includes(index)));
  for (const { runs } of open) {
    for (const { symbol } of runs) {
      const functions = functionsNamed(symbol, python);
      if (!functions) return true;
      for (const region of raises.regions) if (functions.has(region.function)) open.add(region);
    }
  }
  return false;
}

/** Numbers of the functions of the file that a symbol stands for, of a class all methods; undefined for what it inherits and imports. */
function functionsNamed(symbol: Symbol, { functions, classes }: PythonFacts): ReadonlySet<number> | undefined {
  if (!symbol.startsWith(':')) return undefined;
  const lambda = /^:<lambda (\d+)>$/.exec(symbol)?.[1];
  if (lambda !== undefined) return new Set([Number(lambda)]);
  const name = symbol.slice(1);
  const found = functions.filter(each => each.qualifiedName === name || each.qualifiedName.startsWith(`${name}.`));
  const isClass = classes.some(({ qualifiedName }) => qualifiedName === name);
  return found.length > 0 || isClass ? new Set(found.map(({ index }) => index)) : undefined;
}
