import type { FileFacts } from '../../core/file-facts.ts';
import type { ClassFact, FunctionFact, Symbol } from '../../core/python-facts.ts';
import type { RaiseSummary, WorkspaceRaises } from '../../core/raise-summary.ts';
import { raiseKnowledge } from '../../knowledge/raises.ts';
import { canonicalName } from '../python/canonical-name.ts';
import { exceptionName } from './canonical.ts';
import { escaping, NOTHING_RAISED, union, withoutReported } from './escaping.ts';
import {
  CONSTRUCTORS,
  ENUMERATIONS,
  MAX_BASES,
  PLAIN_BASES,
  PROTOCOLS,
  SAFE_CLASS_DECORATORS,
  SAFE_DECORATORS,
  VALIDATORS,
} from './plain-definitions.ts';
import { createRaiseSolver } from './solve.ts';

/** Answers for one file from itself; what other files define is unknown. Summaries are worked out when first asked for. */
export function raisesInFile(file: FileFacts): WorkspaceRaises {
  const { python, raises, path } = file;
  if (!python || !raises) return NOTHING_KNOWN;
  const functions = groupByName(python.functions);
  const classes = new Map(python.classes.map(each => [each.qualifiedName, each]));
  const nameOf = (symbol: Symbol): string | undefined => (symbol.startsWith(':') ? symbol.slice(1) : undefined);

  const questions = (current: (index: number) => RaiseSummary): WorkspaceRaises => ({
    knows: asked => asked === path,
    raisesOf: symbol => raisesOfSymbol(symbol, current),
    exceptionOf: symbol => {
      const name = nameOf(symbol);
      if (name === undefined) return undefined;
      return classes.has(name) ? `${path}:${name}` : undefined;
    },
    basesOf: name => {
      const found = name.startsWith(`${path}:`) ? classes.get(name.slice(path.length + 1)) : undefined;
      return found && basesOfClass(found, path);
    },
    attributesOf: name => {
      const found = name.startsWith(`${path}:`) ? classes.get(name.slice(path.length + 1)) : undefined;
      return found?.attributes.map(attribute => attribute.name) ?? [];
    },
    importsOf: () => [],
  });

  function raisesOfSymbol(symbol: Symbol, current: (index: number) => RaiseSummary): RaiseSummary | undefined {
    const lambda = /^:<lambda (\d+)>$/.exec(symbol)?.[1];
    if (lambda !== undefined) return current(Number(lambda));
    const name = nameOf(symbol);
    const entered = /^:(.+?)(\(\))?\.(__a?)enter__$/.exec(symbol);
    if (entered) return raisesOfEntering(entered[1] ?? '', entered[2] !== undefined, entered[3] ?? '', current);
    const found = name === undefined ? undefined : functions.get(name);
    if (found)
      return found.every(each => isPlain(each) && !isAbstract(each))
        ? union(found.map(each => current(each.index)))
        : undefined;
    const definition = name === undefined ? undefined : classes.get(name);
    return definition && raisesOfConstructor(definition, current);
  }

  /** What `with` runs of a class of this file; a function with `@contextmanager` is counted with its call. */
  function raisesOfEntering(
    name: string,
    isMade: boolean,
    prefix: string,
    current: (index: number) => RaiseSummary,
  ): RaiseSummary | undefined {
    const makers = isMade ? functions.get(name) : undefined;
    if (makers) return makers.every(isManager) ? NOTHING_RAISED : undefined;
    if (!classes.has(name)) return undefined;
    const methods = ['enter__', 'exit__'].map(method => functions.get(`${name}.${prefix}${method}`));
    const summaries = methods.map(found =>
      found?.every(isPlain) ? union(found.map(each => current(each.index))) : undefined,
    );
    return summaries.every(summary => summary !== undefined) ? union(summaries) : undefined;
  }

  /** A method that subclasses or others fill in. */
  function isAbstract({ class: owner, index, qualifiedName }: FunctionFact): boolean {
    const definition = python?.classes[owner];
    if (!definition) return false;
    const name = qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1);
    const isOverridden = [...classes.values()].some(
      other => other.methods.includes(name) && other !== definition && derivesFrom(other, definition.qualifiedName),
    );
    const isProtocol = definition.bases.some(base => PROTOCOLS.has(plain(base?.symbol)));
    const own = (raises?.regions ?? []).filter(region => region.function === index);
    return isOverridden || isProtocol || own.some(({ types }) => types.includes('builtins.NotImplementedError'));
  }

  function derivesFrom({ bases }: ClassFact, name: string, depth = 0): boolean {
    return bases.some(base => {
      const own = base === undefined ? undefined : nameOf(base.symbol);
      const definition = own === undefined || depth > MAX_BASES ? undefined : classes.get(own);
      return own === name || (definition !== undefined && derivesFrom(definition, name, depth + 1));
    });
  }

  function raisesOfConstructor(
    definition: ClassFact,
    current: (index: number) => RaiseSummary,
    depth = 0,
  ): RaiseSummary | undefined {
    if (definition.decorators.some(decorator => !SAFE_CLASS_DECORATORS.has(plain(decorator?.symbol)))) return undefined;
    const own = CONSTRUCTORS.filter(name => definition.methods.includes(name));
    const runs = own.flatMap(name => functions.get(`${definition.qualifiedName}.${name}`) ?? []);
    if (!runs.every(isPlain)) return undefined;
    const summaries = runs.map(({ index }) => current(index));
    const validators = definition.methods
      .flatMap(name => functions.get(`${definition.qualifiedName}.${name}`) ?? [])
      .filter(({ decorators }) => decorators.some(decorator => VALIDATORS.has(plain(decorator?.symbol))));
    summaries.push(...validators.map(({ index }) => withoutReported(current(index))));
    const enumerations = definition.bases.filter(base => ENUMERATIONS.has(canonicalName(base?.symbol ?? '') ?? ''));
    const asked = enumerations.length > 0 ? enumerations : own.includes('__init__') ? [] : definition.bases;
    for (const base of asked) {
      const inherited = depth > MAX_BASES ? undefined : raisesOfBase(base?.symbol, current, depth);
      if (!inherited) return undefined;
      summaries.push(inherited);
    }
    return union(summaries);
  }

  function raisesOfBase(
    symbol: Symbol | undefined,
    current: (index: number) => RaiseSummary,
    depth: number,
  ): RaiseSummary | undefined {
    if (symbol === undefined) return undefined;
    const name = nameOf(symbol);
    const definition = name === undefined ? undefined : classes.get(name);
    if (definition) return raisesOfConstructor(definition, current, depth + 1);
    const canonical = canonicalName(symbol);
    if (canonical === undefined) return undefined;
    if (raiseKnowledge.exceptions.has(exceptionName(canonical)) || PLAIN_BASES.has(canonical)) return NOTHING_RAISED;
    const types = raiseKnowledge.raises.get(canonical);
    return types && { types, unknown: [] };
  }

  const solver = createRaiseSolver((index, summaryOf) => escaping(raises, index, path, questions(summaryOf)));
  return questions(index => solver.of(index));
}

function basesOfClass({ bases }: ClassFact, path: string): readonly string[] | undefined {
  const names = bases.map(
    base => base && (base.symbol.startsWith(':') ? path + base.symbol : exceptionName(base.symbol)),
  );
  return names.every(name => name !== undefined) ? names : undefined;
}

function isManager({ decorators }: FunctionFact): boolean {
  return decorators.some(decorator => /^contextlib\.(async)?contextmanager$/.test(decorator?.symbol ?? ''));
}

const NOTHING_KNOWN: WorkspaceRaises = {
  knows: () => false,
  raisesOf: () => undefined,
  exceptionOf: () => undefined,
  basesOf: () => undefined,
  attributesOf: () => [],
  importsOf: () => [],
};

/** A name that is defined twice, such as a property and its setter, may mean either. */
function groupByName(functions: readonly FunctionFact[]): ReadonlyMap<string, readonly FunctionFact[]> {
  const grouped = new Map<string, FunctionFact[]>();
  for (const each of functions) grouped.set(each.qualifiedName, [...(grouped.get(each.qualifiedName) ?? []), each]);
  return grouped;
}

/** Whether calling a function runs it and nothing else: decorators may catch, retry, or raise errors of their own. */
function isPlain({ decorators }: FunctionFact): boolean {
  return decorators.every(decorator => decorator !== undefined && SAFE_DECORATORS.test(plain(decorator.symbol)));
}

function plain(symbol: Symbol | undefined): string {
  return symbol?.replace(/\(\)$/, '') ?? '';
}
