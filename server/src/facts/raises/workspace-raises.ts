import type { RaiseFacts } from '../../core/facts/raises.ts';
import type { Symbol, Value } from '../../core/python-facts.ts';
import type { FunctionId, PythonWorkspace, Target } from '../../core/python-index.ts';
import type { OutlineFunction } from '../../core/python-outline.ts';
import type { ExceptionName, RaiseSummary, WorkspaceRaises } from '../../core/raise-summary.ts';
import { raiseKnowledge } from '../../knowledge/raises.ts';
import { shippedKnowledge, type Knowledge } from '../../knowledge/knowledge.ts';
import { ownNameOf } from '../python/known-name.ts';
import { canonicalCallable, exceptionName } from './canonical.ts';
import { raisesOfConstructor } from './constructors.ts';
import { escaping, NOTHING_RAISED } from './escaping.ts';
import { waysToImport } from './import-ways.ts';
import { PROTOCOLS, SAFE_DECORATORS } from './plain-definitions.ts';
import { createRaiseSolver } from './solve.ts';

/** What nobody can see through; the reader's own file has the words for it. */
const UNKNOWN = ['…'];

const UNREADABLE: RaiseSummary = { types: [], unknown: UNKNOWN };

/**
 * Answers what functions and classes of a workspace raise, as it is linked at the moment. Nothing is worked out before it
 * is asked for, and nothing is forgotten: to be opened anew after each change.
 * @param raisesIn what the code of a file raises; asked again and again; undefined when it can't be read as it was linked
 * @param knowledge of libraries, and of what the user has taught of the workspace itself
 */
export function openWorkspaceRaises(
  { index, graph }: Pick<PythonWorkspace, 'index' | 'graph'>,
  raisesIn: (path: string) => RaiseFacts | undefined,
  knowledge: Pick<Knowledge, 'isOwn' | 'raises'> = shippedKnowledge,
): WorkspaceRaises {
  const solver = createRaiseSolver((id, summaryOf) => {
    const path = graph.pathOf(id);
    const raises = raisesIn(path);
    if (!raises) return UNREADABLE;
    const summary = escaping(raises, graph.indexOf(id), path, questions(summaryOf));
    return withoutFileNames(summary);
  });
  const summaryOfId = (id: FunctionId): RaiseSummary => solver.of(id);

  function questions(summaryOf: (id: FunctionId) => RaiseSummary): WorkspaceRaises {
    return {
      knows: path => index.outline(path) !== undefined,
      raisesOf: (symbol, path, text) => raisesOf(symbol, path, text, summaryOf),
      exceptionOf,
      basesOf,
      attributesOf,
      importsOf: (name, path) => waysToImport(index, name, path),
    };
  }

  function raisesOf(
    symbol: Symbol,
    path: string,
    text: string,
    summaryOf: (id: FunctionId) => RaiseSummary,
  ): RaiseSummary | undefined {
    const lambda = /^:<lambda (\d+)>$/.exec(symbol)?.[1];
    if (lambda !== undefined) return summaryOfFunction(path, Number(lambda), summaryOf);
    if (/\.__a?enter__$/.test(symbol)) return entering(symbol, path, summaryOf);
    const called = index.calleeOf(path, { callee: { symbol }, calleeText: text.replace(/\(\)$/, '') });
    return called ? ofTarget(called, summaryOf) : propertyOf(symbol, path, summaryOf);
  }

  function ofTarget(target: Target, summaryOf: (id: FunctionId) => RaiseSummary): RaiseSummary | undefined {
    const taught = taughtOf(target);
    if (taught) return { types: taught, unknown: [] };
    switch (target.kind) {
      case 'function':
        return isPlain(target.path, target.function)
          ? summaryOfFunction(target.path, target.function, summaryOf)
          : undefined;
      case 'class':
        return raisesOfConstructor(index, target, (path, method) =>
          ofTarget({ kind: 'function', path, function: method }, summaryOf),
        );
      case 'instance':
        return methodOf(target, '__call__', summaryOf);
      case 'external':
        return ofLibrary(target);
      case 'module':
        return undefined;
    }
  }

  /** What the user says of a definition of the workspace counts for more than its text. */
  function taughtOf(target: Target): readonly ExceptionName[] | undefined {
    const { isOwn, raises } = knowledge;
    if (!isOwn || (target.kind !== 'function' && target.kind !== 'class')) return undefined;
    const outline = index.outline(target.path);
    const definition = target.kind === 'class' ? outline?.classes[target.class] : outline?.functions[target.function];
    const name = definition && ownNameOf(definition.qualifiedName, target.path, isOwn);
    return name === undefined ? undefined : raises.get(name);
  }

  function ofLibrary({ symbol, inheritedBy }: Extract<Target, { kind: 'external' }>): RaiseSummary | undefined {
    const name = canonicalCallable(symbol);
    if (name === undefined) return undefined;
    if (raiseKnowledge.exceptions.has(exceptionName(name))) return NOTHING_RAISED;
    const types = knowledge.raises.get(name);
    // A library's method may call what the class of the workspace overrides.
    return types && { types, unknown: [], ...(inheritedBy && { guessed: true }) };
  }

  /** Not a call: the attribute is read, and the file that reads it names the class itself. */
  function propertyOf(
    symbol: Symbol,
    path: string,
    summaryOf: (id: FunctionId) => RaiseSummary,
  ): RaiseSummary | undefined {
    if (!symbol.startsWith(':')) return undefined;
    const target = index.resolve(path, symbol);
    if (target?.kind !== 'function') return undefined;
    const isProperty = decoratorsOf(target.path, target.function).some(name => PROPERTIES.has(name ?? ''));
    const summary = isProperty ? summaryOfFunction(target.path, target.function, summaryOf) : undefined;
    // A subclass may override it.
    return summary && { ...summary, guessed: true };
  }

  /** What `with` runs: `symbol` is that of the object with `.__enter__` or `.__aenter__`. */
  function entering(
    symbol: Symbol,
    path: string,
    summaryOf: (id: FunctionId) => RaiseSummary,
  ): RaiseSummary | undefined {
    const [object, method] = splitLast(symbol);
    const target = index.resolve(path, object);
    if (target?.kind === 'instance') {
      const [enter, exit] = [method, method.replace('enter', 'exit')].map(name => methodOf(target, name, summaryOf));
      return enter && exit && { types: [...enter.types, ...exit.types], unknown: [...enter.unknown, ...exit.unknown] };
    }
    if (target?.kind === 'external') {
      const name = canonicalCallable(target.symbol);
      if (name === undefined) return undefined;
      return { types: raiseKnowledge.raises.get(`${name}.${method}`) ?? [], unknown: [] };
    }
    return isManagerCall(object, path) ? NOTHING_RAISED : undefined;
  }

  /** A function with `@contextmanager`: all of its body counts where it is called. */
  function isManagerCall(object: Symbol, path: string): boolean {
    if (!object.endsWith('()')) return false;
    const symbol = object.slice(0, -2);
    const made = index.calleeOf(path, { callee: { symbol }, calleeText: '' });
    if (made?.kind !== 'function') return false;
    return decoratorsOf(made.path, made.function).some(name => MANAGERS.has(name ?? ''));
  }

  function methodOf(
    { path, class: number }: Extract<Target, { kind: 'instance' }>,
    name: string,
    summaryOf: (id: FunctionId) => RaiseSummary,
  ): RaiseSummary | undefined {
    const owner = index.outline(path)?.classes[number]?.qualifiedName;
    const target = index.resolve(path, `:${owner}().${name}`);
    return target && (target.kind === 'function' || target.kind === 'external')
      ? ofTarget(target, summaryOf)
      : undefined;
  }

  function summaryOfFunction(
    path: string,
    number: number,
    summaryOf: (id: FunctionId) => RaiseSummary,
  ): RaiseSummary | undefined {
    const id = graph.idOf(path, number);
    return id === undefined || isAbstract(path, number) ? undefined : summaryOf(id);
  }

  /** A method that others fill in: it says so, or its class is a protocol. */
  function isAbstract(path: string, number: number): boolean {
    const outline = index.outline(path);
    const owner = outline?.classes[outline.functions[number]?.class ?? -1];
    if (!owner) return false;
    const isProtocol = owner.bases.some(base => PROTOCOLS.has(externalName(path, base) ?? ''));
    const own = raisesIn(path)?.regions.filter(region => region.function === number) ?? [];
    return isProtocol || own.some(({ types }) => types.includes('builtins.NotImplementedError'));
  }

  function isPlain(path: string, number: number): boolean {
    return decoratorsOf(path, number).every(name => name !== undefined && SAFE_DECORATORS.test(name));
  }

  /** Names of the decorators that are a library's, or built in. */
  function decoratorsOf(path: string, number: number): readonly (string | undefined)[] {
    const fact: OutlineFunction | undefined = index.outline(path)?.functions[number];
    return (fact?.decorators ?? []).map(decorator => externalName(path, decorator));
  }

  function externalName(path: string, value: Value | null): string | undefined {
    const target = value ? index.resolve(path, value.symbol) : undefined;
    return target?.kind === 'external' ? target.symbol.replace(/\(\)$/, '') : undefined;
  }

  function exceptionOf(symbol: Symbol, path: string): ExceptionName | undefined {
    const target = index.resolve(path, symbol);
    if (target?.kind === 'class') {
      const found = index.outline(target.path)?.classes[target.class];
      return found && `${target.path}:${found.qualifiedName}`;
    }
    return target?.kind === 'external' ? exceptionName(target.symbol) : undefined;
  }

  function classNamed(
    name: ExceptionName,
  ): { path: string; bases: readonly (Value | null)[]; attributes: string[] } | undefined {
    const [path = '', qualifiedName] = name.split(':');
    const found = index.outline(path)?.classes.filter(each => each.qualifiedName === qualifiedName) ?? [];
    const [only, ...others] = found;
    return only && others.length === 0
      ? { path, bases: only.bases, attributes: Object.keys(only.attributes) }
      : undefined;
  }

  function basesOf(name: ExceptionName): readonly ExceptionName[] | undefined {
    const found = classNamed(name);
    const bases = found?.bases.map(base => (base ? exceptionOf(base.symbol, found.path) : undefined));
    return bases?.every(base => base !== undefined) === true ? bases : undefined;
  }

  function attributesOf(name: ExceptionName): readonly string[] {
    return classNamed(name)?.attributes ?? [];
  }

  return questions(summaryOfId);
}

/** Types that only their own file can name are unknown to all others. */
function withoutFileNames(summary: RaiseSummary): RaiseSummary {
  const types = summary.types.filter(type => !/^[:.]/.test(type));
  return types.length === summary.types.length ? summary : { ...summary, types, unknown: UNKNOWN };
}

function splitLast(symbol: Symbol): readonly [string, string] {
  const dot = symbol.lastIndexOf('.');
  return [symbol.slice(0, dot), symbol.slice(dot + 1)];
}

const PROPERTIES: ReadonlySet<string> = new Set(['builtins.property', 'functools.cached_property']);

const MANAGERS: ReadonlySet<string> = new Set(['contextlib.contextmanager', 'contextlib.asynccontextmanager']);
