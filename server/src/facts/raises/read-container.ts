import { raiseKnowledge } from '../../knowledge/raises.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  ancestorOfKind,
  childByField,
  childrenOf,
  kindOf,
  parentOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { typesOfFileUse } from './binary-files.ts';
import { canonicalCallable, isOfLibrary } from './canonical.ts';
import type { RegionWriter } from './region-writer.ts';
import { shortText } from './short-text.ts';
import type { ValueReader } from './value-reader.ts';

/** Notes what reading from containers raises: subscripts, iteration, unpacking. */
export interface ContainerReader {
  readSubscript(node: NodeIndex, region: number): void;
  readIteration(iterated: NodeIndex, region: number): void;
  readUnpacking(target: NodeIndex, value: NodeIndex, region: number): void;
  /** A `for` statement or clause: iteration, and unpacking of each item. */
  readLoop(loop: NodeIndex, region: number): void;
}

const KEY_ERROR = 'builtins.KeyError';
const INDEX_ERROR = 'builtins.IndexError';
const TYPE_ERROR = 'builtins.TypeError';
const VALUE_ERROR = 'builtins.ValueError';

/** For one extraction only. */
export function createContainerReader(file: PythonFile, values: ValueReader, writer: RegionWriter): ContainerReader {
  const { source, resolver } = file;
  const { tree, text } = source;

  function readSubscript(node: NodeIndex, region: number): void {
    const container = childByField(tree, node, Field.value);
    if (ancestorOfKind(tree, node, Kind.type) >= 0) return;
    const keys = childrenOf(tree, node).filter(child => tree.fields[child] === Field.subscript);
    if (isClass(container)) {
      if (keys.length === 1 && isName(container, keys[0] ?? -1)) writer.raise(region, [KEY_ERROR]);
      return;
    }
    const type = values.classOf(container);
    const access = accessOf(node);
    if (type !== undefined && !isUnderstood(type)) {
      writer.unknown(region, shortText(source, node));
      return;
    }
    const types = typesOfAccess(type, keys[0] ?? -1, access);
    if (type === undefined && isOfAnotherFile(container)) writer.guess(region);
    writer.raise(region, values.mayBeNone(container) ? [...types, TYPE_ERROR] : types);
  }

  /** What another file of the program makes may be read in its own way. */
  function isOfAnotherFile(container: NodeIndex): boolean {
    const symbol = resolver.valueOf(container)?.symbol ?? '';
    return /\w\.\w|^\./.test(symbol) && !isOfLibrary(symbol);
  }

  /** Whether it is known what reading from such an object raises: a closed `mmap` has errors of its own. */
  function isUnderstood(type: string): boolean {
    const isContainer = MAPPINGS.has(type) || NEVER_MISSING.has(type) || SEQUENCES.has(type);
    return isContainer || type.startsWith('builtins.') || raiseKnowledge.raises.has(`${type}.__getitem__`);
  }

  /** `list[int]`, `Shelf[Book]`: a class, by what is known of it or by its name (PEP 8). */
  function isClass(container: NodeIndex): boolean {
    const symbol = resolver.valueOf(container)?.symbol;
    if (symbol === undefined || symbol.endsWith('()')) return false;
    const name = symbol.slice(Math.max(symbol.lastIndexOf('.'), symbol.lastIndexOf(':')) + 1);
    const isCapWord = /^_*[A-Z]/.test(name) && !/^[A-Z0-9_]+$/.test(name);
    return isCapWord || /^(builtins|typing|typing_extensions|collections\.abc)\./.test(symbol);
  }

  /** `Genre[title]`: a member of an enumeration, where `Shelf[Book]` is a type. */
  function isName(container: NodeIndex, key: NodeIndex): boolean {
    const symbol = resolver.valueOf(container)?.symbol ?? '';
    if (/^(builtins|typing|typing_extensions|collections)\./.test(symbol)) return false;
    if (!NAMING.has(kindOf(tree, key))) return false;
    const last = /(\w+)\W*$/.exec(textOf(tree, text, key))?.[1] ?? '';
    const means = resolver.valueOf(key)?.symbol ?? '';
    return (
      kindOf(tree, key) === Kind.call ||
      (/^_*[a-z]/.test(last) && (!means.startsWith('builtins.') || means.endsWith('()')))
    );
  }

  function accessOf(node: NodeIndex): 'read' | 'write' | 'delete' {
    let child = node;
    for (let around = parentOf(tree, node); around >= 0; child = around, around = parentOf(tree, around)) {
      switch (kindOf(tree, around)) {
        case Kind.pattern_list:
        case Kind.tuple_pattern:
        case Kind.list_pattern:
        case Kind.expression_list:
          continue;
        case Kind.assignment:
        case Kind.for_statement:
        case Kind.for_in_clause:
          return tree.fields[child] === Field.left ? 'write' : 'read';
        case Kind.delete_statement:
          return 'delete';
        default:
          return 'read';
      }
    }
    return 'read';
  }

  function typesOfAccess(
    type: string | undefined,
    key: NodeIndex,
    access: 'read' | 'write' | 'delete',
  ): readonly string[] {
    const keyKind = kindOf(tree, key);
    const isSlice = keyKind === Kind.slice;
    if (type !== undefined && NEVER_MISSING.has(type)) return access === 'delete' ? [KEY_ERROR] : [];
    if (type !== undefined && MAPPINGS.has(type)) return access === 'write' ? [] : [KEY_ERROR];
    if (type !== undefined && SEQUENCES.has(type)) return isSlice ? [] : [INDEX_ERROR];
    const known = type === undefined ? undefined : raiseKnowledge.raises.get(`${type}.__getitem__`);
    if (known) return access === 'write' ? [] : known;
    if (access === 'write') return isText(keyKind) || keyKind === Kind.tuple ? [TYPE_ERROR] : [INDEX_ERROR, TYPE_ERROR];
    if (isSlice) return [TYPE_ERROR];
    return isText(keyKind) ? [KEY_ERROR, TYPE_ERROR] : [INDEX_ERROR, KEY_ERROR, TYPE_ERROR];
  }

  function isText(kind: number): boolean {
    return kind === Kind.string || kind === Kind.concatenated_string;
  }

  function readIteration(iterated: NodeIndex, region: number): void {
    if (values.isData(iterated)) {
      writer.raise(region, [TYPE_ERROR]);
      return;
    }
    if (values.mayBeNone(iterated)) writer.raise(region, [TYPE_ERROR]);
    const kind = kindOf(tree, iterated);
    const type = values.classOf(iterated);
    if (type !== undefined) {
      const types = raiseKnowledge.raises.get(`${type}.__iter__`);
      if (types) {
        writer.raise(region, typesOfFileUse(types, resolver.valueOf(iterated)?.origin, file));
        return;
      }
      if (ITERABLE.has(type)) return undefined;
    }
    if (kind === Kind.call) {
      readIteratedCall(iterated, region);
      return;
    }
    if (SOLID.has(kind)) return undefined;
    writer.unknown(region, `iterating over ${shortText(source, iterated)}`);
    return undefined;
  }

  /** What the call itself raises is counted there; here, what its result raises when it is read. */
  function readIteratedCall(call: NodeIndex, region: number): void {
    const symbol = resolver.valueOf(childByField(tree, call, Field.function))?.symbol;
    const name = symbol === undefined ? undefined : canonicalCallable(symbol);
    const types = name === undefined ? undefined : raiseKnowledge.raises.get(`${name}.__iter__`);
    if (types) writer.raise(region, types);
    if (name === undefined || !HANDS_ON.has(name)) return;
    for (const argument of positional(call).slice(CALLS_FIRST.has(name) ? 1 : 0)) readIteration(argument, region);
  }

  function positional(call: NodeIndex): NodeIndex[] {
    const list = childByField(tree, call, Field.arguments);
    if (kindOf(tree, list) !== Kind.argument_list) return [];
    return childrenOf(tree, list).filter(
      child =>
        ![Kind.comment, Kind.keyword_argument, Kind.list_splat, Kind.dictionary_splat].includes(kindOf(tree, child)),
    );
  }

  function readUnpacking(target: NodeIndex, value: NodeIndex, region: number): void {
    if (!isPattern(target) || value < 0) return;
    const count = childrenOf(tree, target).length;
    const kind = kindOf(tree, value);
    const isSame =
      (kind === Kind.tuple || kind === Kind.expression_list || kind === Kind.list) &&
      childrenOf(tree, value).length === count;
    if (isSame || values.classOf(value) === 'builtins.tuple') return;
    writer.raise(region, values.classOf(value) === undefined ? [TYPE_ERROR, VALUE_ERROR] : [VALUE_ERROR]);
  }

  function isPattern(target: NodeIndex): boolean {
    const kind = kindOf(tree, target);
    return kind === Kind.pattern_list || kind === Kind.tuple_pattern || kind === Kind.list_pattern;
  }

  function readLoop(loop: NodeIndex, region: number): void {
    const target = childByField(tree, loop, Field.left);
    const iterated = childByField(tree, loop, Field.right);
    readIteration(iterated, region);
    if (isPattern(target) && !givesTuples(iterated)) writer.raise(region, [TYPE_ERROR, VALUE_ERROR]);
  }

  /** `items()`, `enumerate(…)`, `zip(…)`: made to be unpacked. */
  function givesTuples(iterated: NodeIndex): boolean {
    if (kindOf(tree, iterated) !== Kind.call) return false;
    const callee = textOf(tree, text, childByField(tree, iterated, Field.function));
    return /(^|\.)(items|enumerate|zip|zip_longest|product|groupby|walk|most_common|combinations|permutations|pairwise)$/.test(
      callee,
    );
  }

  return { readSubscript, readIteration, readUnpacking, readLoop };
}

const MAPPINGS: ReadonlySet<string> = new Set(['builtins.dict', 'collections.OrderedDict', 'os.environ']);
const NEVER_MISSING: ReadonlySet<string> = new Set(['collections.defaultdict', 'collections.Counter']);
const SEQUENCES: ReadonlySet<string> = new Set([
  'builtins.list',
  'builtins.tuple',
  'builtins.str',
  'builtins.bytes',
  'builtins.bytearray',
  'builtins.range',
  'collections.deque',
  're.Match',
]);
/** Iterating over these raises nothing of its own. */
const ITERABLE: ReadonlySet<string> = new Set([
  ...MAPPINGS,
  ...NEVER_MISSING,
  ...SEQUENCES,
  'builtins.set',
  'builtins.frozenset',
]);

/** What a member of an enumeration is looked up by. */
const NAMING: ReadonlySet<number> = new Set([Kind.identifier, Kind.attribute, Kind.call, Kind.subscript]);

/** Literals and comprehensions. */
const SOLID: ReadonlySet<number> = new Set([
  Kind.list,
  Kind.tuple,
  Kind.set,
  Kind.dictionary,
  Kind.string,
  Kind.expression_list,
  Kind.list_comprehension,
  Kind.set_comprehension,
  Kind.dictionary_comprehension,
  Kind.generator_expression,
]);

/** Reading their result reads what they were given. */
const HANDS_ON: ReadonlySet<string> = new Set([
  'builtins.enumerate',
  'builtins.zip',
  'builtins.reversed',
  'builtins.iter',
  'builtins.map',
  'builtins.filter',
  'itertools.chain',
  'itertools.islice',
  'itertools.zip_longest',
]);

/** Of these, the first argument is a function. */
const CALLS_FIRST: ReadonlySet<string> = new Set(['builtins.map', 'builtins.filter']);
