import type { GuardClause, RaiseFacts, RaiseRegion, RunFact } from '../../core/facts/raises.ts';
import type { ExceptionName, RaiseSummary, WorkspaceRaises } from '../../core/raise-summary.ts';
import { raiseKnowledge } from '../../knowledge/raises.ts';
import { isSubclass } from './exception-tree.ts';

/** The part of the questions that summaries need. */
export type RaiseQuestions = Pick<WorkspaceRaises, 'raisesOf' | 'exceptionOf' | 'basesOf' | 'attributesOf'>;

/** Nothing is raised, and all is understood. */
export const NOTHING_RAISED: RaiseSummary = { types: [], unknown: [] };

/**
 * What leaves a function when it is called. Monotone: more in what `ask` says of callees never gives less here, so it
 * serves as the transfer function over a call graph with cycles.
 * @param path file of the facts, relative to the workspace root
 */
export function escaping(raises: RaiseFacts, functionIndex: number, path: string, ask: RaiseQuestions): RaiseSummary {
  const regions = regionsOf(raises, functionIndex);
  return union(regions.map(region => throughGuards(raises, region, region.tries, path, ask)));
}

/** What leaves the body of a `try` statement towards its own handlers. */
export function raisedInTry(raises: RaiseFacts, tryIndex: number, path: string, ask: RaiseQuestions): RaiseSummary {
  const regions = raises.regions.filter(({ tries }) => tries.includes(tryIndex));
  const summaries = regions.map(region => {
    const inner = region.tries.slice(region.tries.indexOf(tryIndex) + 1);
    const summary = throughGuards(raises, region, inner, path, ask);
    // Whoever iterates over the generator, or enters the context manager, may throw its own errors in.
    return region.yields ? { ...summary, unknown: [...summary.unknown, 'yield'] } : summary;
  });
  return union(summaries);
}

/** Whether an earlier `except` clause of the same statement has dealt with a type. */
export function isCaughtBy(type: ExceptionName, clause: GuardClause, path: string, ask: RaiseQuestions): boolean {
  return clause.types.some(caught => {
    if (caught === undefined) return false;
    return isSubclass(type, classNamed(caught, path, ask), ask);
  });
}

/** The class that a file means by a name. What people know of a library holds also where its own code is looked at. */
export function classNamed(name: string, path: string, ask: RaiseQuestions): ExceptionName {
  return raiseKnowledge.exceptions.has(name) ? name : (ask.exceptionOf(name, path) ?? name);
}

/** Regions are sorted by function. */
function regionsOf({ regions }: RaiseFacts, functionIndex: number): readonly RaiseRegion[] {
  return regions.slice(firstOf(regions, functionIndex), firstOf(regions, functionIndex + 1));
}

/** Place of the first region of a function, or of the first one behind it. */
function firstOf(regions: readonly RaiseRegion[], functionIndex: number): number {
  let low = 0;
  let high = regions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((regions[middle]?.function ?? 0) < functionIndex) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a region raises, less what the `try` statements around it catch; `tries` from the outermost in. */
function throughGuards(
  raises: RaiseFacts,
  region: RaiseRegion,
  tries: readonly number[],
  path: string,
  ask: RaiseQuestions,
): RaiseSummary {
  let { types, unknown, guessed } = ownSummary(region, path, ask);
  for (const index of tries.toReversed()) {
    for (const clause of raises.guards[index]?.clauses ?? []) {
      if (clause.rethrows) continue;
      if (clause.broad) {
        types = types.filter(type => LEAVES_BROAD.has(type));
        unknown = [];
        guessed = undefined;
      }
      types = types.filter(type => !isCaughtBy(type, clause, path, ask));
    }
  }
  return { types, unknown, ...(guessed && { guessed }) };
}

/** `except Exception` lets these pass. */
const LEAVES_BROAD: ReadonlySet<string> = new Set(['builtins.SystemExit', 'builtins.KeyboardInterrupt']);

function ownSummary(region: RaiseRegion, path: string, ask: RaiseQuestions): RaiseSummary {
  const own: RaiseSummary = {
    types: region.types.map(type => classNamed(type, path, ask)),
    unknown: region.unknown,
    ...(region.guessed && { guessed: true }),
  };
  return union([own, ...region.runs.map(run => summaryOfRun(run, path, ask))]);
}

function summaryOfRun(run: RunFact, path: string, ask: RaiseQuestions): RaiseSummary {
  const known = ask.raisesOf(run.symbol, path, run.text);
  // A reader sees the call here, not what it can't see through further down.
  if (known) return { ...known, unknown: known.unknown.length > 0 ? [run.text] : [] };
  const method = /\.(\w+)\(\)$/.exec(run.text)?.[1];
  const meaning = method === undefined ? undefined : raiseKnowledge.methods.get(method);
  const types = meaning === undefined ? undefined : typesWithoutArguments(meaning);
  return types ? { types, unknown: [], guessed: true } : { types: [], unknown: [run.text] };
}

/** What any call of a method may raise, whatever it is given: most are given what is written out. */
function typesWithoutArguments(name: string): readonly ExceptionName[] | undefined {
  const depending = (raiseKnowledge.conditions.get(name) ?? []).filter(({ when }) => when === 'computed');
  return raiseKnowledge.raises.get(name)?.filter(type => !depending.some(({ types }) => types.includes(type)));
}

/** What leaves a validator of a model: the model makes an error of its own of the others. */
export function withoutReported(summary: RaiseSummary): RaiseSummary {
  const ask = { basesOf: () => undefined, attributesOf: () => [] };
  const reported = ['builtins.ValueError', 'builtins.AssertionError'];
  return { ...summary, types: summary.types.filter(type => !reported.some(base => isSubclass(type, base, ask))) };
}

const GUESSED_NOTHING: RaiseSummary = { ...NOTHING_RAISED, guessed: true };

function isEmpty({ types, unknown }: RaiseSummary): boolean {
  return types.length === 0 && unknown.length === 0;
}

/** What several pieces of code raise together. */
export function union(summaries: readonly RaiseSummary[]): RaiseSummary {
  if (summaries.every(isEmpty)) return summaries.some(({ guessed }) => guessed) ? GUESSED_NOTHING : NOTHING_RAISED;
  const types = new Set(summaries.flatMap(summary => summary.types));
  const unknown = new Set(summaries.flatMap(summary => summary.unknown));
  const guessed = summaries.some(summary => summary.guessed);
  return { types: [...types].sort(), unknown: [...unknown].sort(), ...(guessed && { guessed }) };
}
