import type { FunctionId } from '../../core/python-index.ts';
import type { OutlineCall, OutlineFunction, PythonOutline } from '../../core/python-outline.ts';
import { packOutline, PackedOutline } from './outline/pack-outline.ts';

/** A definition of a file by its qualified name, with its index. */
export interface Definition {
  readonly kind: 'function' | 'class';
  readonly index: number;
}

/** What is known of one file. */
export interface StoredFile {
  readonly path: string;
  readonly outline: PackedOutline;
  /** Number of each function, by its index. */
  readonly ids: readonly FunctionId[];
  /** Numbers of those that are coroutines. */
  readonly coroutines: readonly FunctionId[];
  /** Functions and classes by qualified name; `null`: several that exclude each other. */
  readonly definitions: ReadonlyMap<string, Definition | null>;
}

/** Outlines of all files, packed; functions keep their number while their file keeps one of that name. */
export interface OutlineStore {
  paths(): Iterable<string>;
  get(path: string): StoredFile | undefined;
  has(path: string): boolean;
  /** Takes an outline, packed or not. @returns the file, and what was known of it before */
  put(outline: PythonOutline | Uint8Array): { readonly file: StoredFile; readonly before: StoredFile | undefined };
  delete(path: string): void;
  /** Path and current index of a function. */
  placeOf(id: FunctionId): { readonly path: string; readonly index: number } | undefined;
  functionOf(id: FunctionId): OutlineFunction | undefined;
  /** Numbers given so far; every {@link FunctionId} is below. */
  readonly size: number;
}

/** Where a function is, until its file changes. */
interface Place {
  readonly path: string;
  readonly index: number;
  readonly outline: PackedOutline;
  /** Once somebody has asked for it: after some edits that is each analysis for every function, several times. */
  function: OutlineFunction | undefined;
}

/** Files whose calls stay unpacked. */
const UNPACKED = 64;

/** From this length on, V8 lets a cut string point into the larger one (`SlicedString::kMinLength` in its sources). */
const SHORTEST_CUT = 13;

/** Opens an empty store. */
export function createOutlineStore(): OutlineStore {
  const files = new Map<string, StoredFile>();
  const strings = new Map<string, string>();
  const places: (Place | undefined)[] = [];
  const unpacked = new Map<PackedOutline, readonly OutlineCall[]>();

  const intern = (text: string): string => {
    const known = strings.get(text);
    if (known !== undefined) return known;
    // A string that was cut out of a larger one would keep that in memory; the engine copies short ones anyway.
    const own = text.length < SHORTEST_CUT ? text : ` ${text}`.slice(1);
    strings.set(own, own);
    return own;
  };
  const callsOf = (outline: PackedOutline): readonly OutlineCall[] => {
    const known = unpacked.get(outline);
    const calls = known ?? outline.unpackCalls();
    unpacked.delete(outline);
    unpacked.set(outline, calls);
    if (unpacked.size > UNPACKED) {
      const [oldest] = unpacked.keys();
      if (oldest !== undefined) unpacked.delete(oldest);
    }
    return calls;
  };
  const release = (file: StoredFile): Map<string, FunctionId[]> => {
    const numbers = new Map<string, FunctionId[]>();
    file.ids.forEach((id, index) => {
      places[id] = undefined;
      const name = file.outline.head.functions[index]?.qualifiedName ?? '';
      const known = numbers.get(name);
      if (known) known.push(id);
      else numbers.set(name, [id]);
    });
    return numbers;
  };
  const remove = (path: string): Map<string, FunctionId[]> => {
    const file = files.get(path);
    files.delete(path);
    if (file) unpacked.delete(file.outline);
    return file ? release(file) : new Map<string, FunctionId[]>();
  };
  return {
    paths: () => files.keys(),
    get: path => files.get(path),
    has: path => files.has(path),
    put: given => {
      const bytes = given instanceof Uint8Array ? given : packOutline(given);
      const outline = new PackedOutline(bytes, intern, callsOf);
      const { path } = outline;
      const before = files.get(path);
      const old = remove(path);
      const ids = outline.head.functions.map(({ qualifiedName }, index) => {
        const id = old.get(qualifiedName)?.shift() ?? places.length;
        places[id] = { path, index, outline, function: undefined };
        return id;
      });
      const coroutines = ids.filter((_, index) => outline.head.functions[index]?.isAsync === true);
      const file: StoredFile = { path, outline, ids, coroutines, definitions: definitionsOf(outline) };
      files.set(path, file);
      return { file, before };
    },
    delete: path => {
      remove(path);
    },
    placeOf: id => places[id],
    functionOf: id => {
      const place = places[id];
      return place && (place.function ??= place.outline.functions[place.index]);
    },
    get size() {
      return places.length;
    },
  };
}

function definitionsOf({ head: { functions, classes } }: PackedOutline): ReadonlyMap<string, Definition | null> {
  const found = new Map<string, Definition | null>();
  const add = (name: string, definition: Definition): void => {
    found.set(name, found.has(name) ? null : definition);
  };
  functions.forEach(({ qualifiedName, isLambda, isAside }, index) => {
    if (!isLambda && !isAside) add(qualifiedName, { kind: 'function', index });
  });
  classes.forEach(({ qualifiedName }, index) => {
    add(qualifiedName, { kind: 'class', index });
  });
  return found;
}
