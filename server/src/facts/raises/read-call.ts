import { raiseKnowledge } from '../../knowledge/raises.ts';
import type { ArgumentFact, CallFact, Symbol } from '../../core/python-facts.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { ancestorOfKind, childByField, childrenOf, kindOf, textOf, type NodeIndex } from '../../syntax/python/tree.ts';
import { knownName } from '../python/known-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { typesOfFileUse } from './binary-files.ts';
import { canonicalCallable, exceptionName, isOfLibrary } from './canonical.ts';
import { createConditionReader } from './conditions.ts';
import { createConversionReader } from './conversions.ts';
import { createContainerReader } from './read-container.ts';
import type { RegionWriter } from './region-writer.ts';
import { isModuleOfProgram } from './program-modules.ts';
import { shortText } from './short-text.ts';
import type { ValueReader } from './value-reader.ts';

/** Notes what a call raises, or that nobody can tell. */
export type CallReader = (node: NodeIndex, region: number) => void;

/** For one extraction only; what is found goes to `writer`. */
export function createCallReader(file: PythonFile, values: ValueReader, writer: RegionWriter): CallReader {
  const { source } = file;
  const { tree, text } = source;
  const containers = createContainerReader(file, values, writer);
  const ruledOutBy = createConditionReader(file, values);
  const conversionOf = createConversionReader(values);

  return (node, region) => {
    const call = file.facts.calls[file.numbers.calls.get(node) ?? -1];
    if (!call) return;
    const name = call.callee && (ownName(call.callee.symbol) ?? canonicalCallable(call.callee.symbol));
    const known = name === undefined ? undefined : typesOfName(name);
    if (name !== undefined && known) readKnown(node, call, name, known, region);
    else if (!readByShape(node, call, region)) readUnknown(node, call, region);
  };

  function typesOfName(name: string): readonly string[] | undefined {
    if (raiseKnowledge.exceptions.has(exceptionName(name))) return [];
    return file.knowledge.raises.get(name);
  }

  /** What the user knows of the program's own code counts for more than its text. */
  function ownName(symbol: Symbol): string | undefined {
    if (!file.knowledge.isOwn) return undefined;
    const name = knownName(symbol, file);
    return name !== undefined && file.knowledge.isOwn(name) ? name : undefined;
  }

  function readKnown(node: NodeIndex, call: CallFact, name: string, known: readonly string[], region: number): void {
    const ruledOut = new Set(ruledOutBy(node, call, name));
    const conversion = conversionOf(name, argumentNodes(node)[0] ?? -1, call.arguments[0]);
    conversion.never.forEach(type => ruledOut.add(type));
    writer.raise(region, conversion.also);
    if (name.startsWith('builtins.str.format') && isPlainFormat(node, call))
      FORMAT_ERRORS.forEach(type => ruledOut.add(type));
    const open = known.filter(type => !ruledOut.has(type));
    writer.raise(region, typesOfFileUse(open, call.callee?.origin, file));
    const isStrict = STRICT.test(name) && argumentNodes(node).some(argument => values.mayBeNone(argument));
    if (isStrict) writer.raise(region, ['builtins.TypeError']);
    const [first, ...others] = argumentNodes(node);
    // They call what the class has for them: `len(shelf)` is `shelf.__len__()`.
    if (name.startsWith('builtins.') && first !== undefined && values.isOfProgram(first)) writer.guess(region);
    const isRead = ITERATES.has(name) || (ITERATES_ALONE.has(name) && others.length === 0);
    if (first !== undefined && isRead) containers.readIteration(first, region);
    readCalled(call, name, region);
    readMaker(call, region);
    if (runsOthers(name, argumentNodes(node))) writer.unknown(region, `${shortText(source, calleeOf(node))}()`);
  }

  /** Modules of the program and of its plug-ins, which may fail in any way, and properties of nobody knows what. */
  function runsOthers(name: string, [first = -1, second = -1]: readonly NodeIndex[]): boolean {
    if (name === 'builtins.getattr') return values.isForeign(first) && kindOf(tree, second) !== Kind.string;
    if (!IMPORTERS.has(name)) return false;
    const [, module] = /^["']([\w.]+)["']$/.exec(textOf(tree, text, first)) ?? [];
    return module === undefined || isModuleOfProgram(module, source.path);
  }

  function calleeOf(call: NodeIndex): NodeIndex {
    return childByField(tree, call, Field.function);
  }

  /** A client that was given a transport, hook or the like of the program runs code of the program. */
  function readMaker({ callee }: CallFact, region: number): void {
    const maker = callee?.origin === undefined ? undefined : file.facts.calls[callee.origin];
    for (const { name, value, kind, valueRange } of maker?.arguments ?? []) {
      if (name === undefined || (kind !== 'call' && kind !== 'name' && kind !== 'attribute')) continue;
      const isForeign = PLUGS.test(name) && (value === undefined || !isOfLibrary(value.symbol));
      if (isForeign)
        writer.unknown(region, text.slice(valueRange.start, valueRange.end).replace(/\s+/g, ' ').slice(0, 60));
    }
  }

  /** `"{} {}".format(a, b)`: as many fields as values, without names or format specifications. */
  function isPlainFormat(node: NodeIndex, call: CallFact): boolean {
    const object = childByField(tree, childByField(tree, node, Field.function), Field.object);
    if (kindOf(tree, object) !== Kind.string && kindOf(tree, object) !== Kind.concatenated_string) return false;
    return (
      call.arguments.every(({ kind }) => kind !== 'star' && kind !== 'doubleStar') &&
      !/\{[^{}]*[:[]/.test(textOf(tree, text, object))
    );
  }

  /** Callables that are handed over and called. */
  function readCalled(call: CallFact, name: string, region: number): void {
    const called = raiseKnowledge.callers.get(name);
    if (!called) return;
    const chosen = call.arguments.filter((argument, position) => {
      if (argument.name !== undefined) return argument.name === called.argument;
      return called.at === 'all' || called.at === position || (argument.kind === 'star' && called.at !== undefined);
    });
    for (const argument of chosen) readHandedOver(argument, region);
  }

  function readHandedOver({ kind, value, valueRange }: ArgumentFact, region: number): void {
    const shown = text.slice(valueRange.start, valueRange.end).replace(/\s+/g, ' ').slice(0, 60);
    if (kind === 'lambda') {
      const lambda = file.facts.functions.find(
        ({ range }) => range.start === valueRange.start && range.end === valueRange.end,
      );
      if (lambda) writer.run(region, { symbol: `:<lambda ${lambda.index}>`, text: 'lambda' });
      return;
    }
    // A coroutine or a partial was made by a call, which is counted by itself.
    if (kind === 'none' || (kind === 'call' && value?.partial === undefined)) return;
    if (value === undefined || value.symbol.endsWith('()')) {
      writer.unknown(region, `${shown}()`);
      return;
    }
    const name = canonicalCallable(value.symbol);
    const types = name === undefined ? undefined : typesOfName(name);
    if (types) writer.raise(region, types);
    else writer.run(region, { symbol: value.symbol, text: `${shown}()` });
  }

  /** Calls that no name explains: by the receiver, the method's name, or what the receiver is called. */
  function readByShape(node: NodeIndex, call: CallFact, region: number): boolean {
    const callee = childByField(tree, node, Field.function);
    if (kindOf(tree, callee) !== Kind.attribute) return false;
    const method = textOf(tree, text, childByField(tree, callee, Field.attribute));
    const receiver = childByField(tree, callee, Field.object);
    if (values.isData(receiver)) return readDataMethod(method, region);
    if (isLogCall(textOf(tree, text, receiver), method)) return true;
    const isForeign = call.callee !== undefined && isOfProgram(call.callee.symbol);
    const meaning = raiseKnowledge.methods.get(method);
    const types = meaning === undefined || isForeign ? undefined : typesOfName(meaning);
    if (!types || meaning === undefined) return false;
    if (values.isForeign(receiver)) writer.raise(region, ['builtins.AttributeError']);
    readKnown(node, call, meaning, types, region);
    writer.guess(region);
    return true;
  }

  /** A symbol of this file or of a relative import: its methods are the program's. */
  function isOfProgram(symbol: string): boolean {
    return symbol.startsWith(':') || symbol.startsWith('.');
  }

  function readDataMethod(method: string, region: number): boolean {
    const known = DATA_CLASSES.map(type => raiseKnowledge.raises.get(`${type}.${method}`)).filter(
      types => types !== undefined,
    );
    if (known.length === 0) return false;
    writer.raise(region, ['builtins.AttributeError', ...known.flat()]);
    return true;
  }

  function readUnknown(node: NodeIndex, call: CallFact, region: number): void {
    const shown = `${shortText(source, childByField(tree, node, Field.function))}()`;
    const symbol = inheritedMember(node, call.callee?.symbol);
    if (symbol === undefined) writer.unknown(region, shown);
    else writer.run(region, { symbol, text: shown });
    // A lambda that is handed to unknown code may well be called there.
    for (const argument of call.arguments) if (argument.kind === 'lambda') readHandedOver(argument, region);
  }

  /** `:Shelf.<super>.price` for `super().price`. */
  function inheritedMember(node: NodeIndex, symbol: string | undefined): string | undefined {
    const [, name] = /^builtins\.super\(\)\.(\w+)$/.exec(symbol ?? '') ?? [];
    if (name === undefined) return symbol;
    const number = file.numbers.classes.get(ancestorOfKind(tree, node, Kind.class_definition));
    const inside = number === undefined ? undefined : file.facts.classes[number];
    return inside && `:${inside.qualifiedName}.<super>.${name}`;
  }

  function argumentNodes(call: NodeIndex): NodeIndex[] {
    const list = childByField(tree, call, Field.arguments);
    if (kindOf(tree, list) !== Kind.argument_list) return list < 0 ? [] : [list];
    return childrenOf(tree, list).filter(child => !NO_POSITIONAL.has(kindOf(tree, child)));
  }
}

function isLogCall(receiver: string, method: string): boolean {
  const isLogger = /(^|\.)_*(\w+_)?(log|logger|logging)$/i.test(receiver);
  return isLogger && /^(trace|debug|info|success|warning|warn|error|exception|critical|fatal|log)$/.test(method);
}

const NO_POSITIONAL: ReadonlySet<number> = new Set([
  Kind.comment,
  Kind.keyword_argument,
  Kind.list_splat,
  Kind.dictionary_splat,
]);

/** What a part of decoded data may be. */
const DATA_CLASSES = ['builtins.dict', 'builtins.list', 'builtins.str'];

/** Arguments that plug code into a client. */
const PLUGS =
  /^(transport|auth|app|event_hooks|hooks|mounts|connector|trace_configs|opener|session|factory|isolation)$/;

/** They run the code of the module that they are told. */
const IMPORTERS: ReadonlySet<string> = new Set(['builtins.__import__', 'importlib.import_module']);

const FORMAT_ERRORS = ['builtins.IndexError', 'builtins.KeyError', 'builtins.ValueError'];

/** Callables of the standard library that reject `None`. */
const STRICT =
  /^(builtins\.(?!print$|str$|repr$|bool$|isinstance$|type$|id$|getattr$|hasattr$|dict\.|list\.|set\.)|re\.|json\.load|datetime\.|os\.path\.|pathlib\.|base64\.|urllib\.parse\.)/;

/** They read their first argument. */
const ITERATES: ReadonlySet<string> = new Set([
  'builtins.list',
  'builtins.tuple',
  'builtins.set',
  'builtins.frozenset',
  'builtins.dict',
  'builtins.sorted',
  'builtins.sum',
  'builtins.any',
  'builtins.all',
  'builtins.iter',
  'builtins.next',
  'builtins.list.extend',
  'builtins.str.join',
  'csv.writer.writerows',
]);

/** They do so when it is the only one. */
const ITERATES_ALONE: ReadonlySet<string> = new Set(['builtins.min', 'builtins.max']);
