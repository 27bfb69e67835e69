import type { FunctionId } from '../../core/python-index.ts';
import type { OutlineCall, OutlineClass, OutlineFunction, PythonOutline } from '../../core/python-outline.ts';
import { ASIDE } from './outline/extract-outline.ts';
import { packOutline, unpackCalls, unpackOutline } from './outline/pack-outline.ts';

/** A definition of a file by its qualified name. */
export type Definition =
  | { readonly kind: 'function'; readonly index: number; readonly fact: OutlineFunction }
  | { readonly kind: 'class'; readonly index: number; readonly fact: OutlineClass };

/** What is known of one file. */
export interface StoredFile {
  readonly path: string;
  readonly outline: PythonOutline;
  /** Number of each function, by its index. */
  readonly ids: readonly FunctionId[];
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
  /** Numbers given so far; every {@link FunctionId} is below. */
  readonly size: number;
}

/** Files whose calls stay unpacked. */
const UNPACKED = 64;

/** Opens an empty store. */
export function createOutlineStore(): OutlineStore {
  const files = new Map<string, StoredFile>();
  const strings = new Map<string, string>();
  const places: ({ path: string; index: number } | undefined)[] = [];
  const unpacked = new Map<string, readonly OutlineCall[]>();

  const intern = (text: string): string => {
    const known = strings.get(text);
    if (known !== undefined) return known;
    // A string that was cut out of a larger one would keep that in memory.
    const own = ` ${text}`.slice(1);
    strings.set(own, own);
    return own;
  };
  const callsOf = (path: string, bytes: Uint8Array): readonly OutlineCall[] => {
    const known = unpacked.get(path);
    const calls = known ?? unpackCalls(bytes, intern);
    unpacked.delete(path);
    unpacked.set(path, calls);
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
      const name = file.outline.functions[index]?.qualifiedName ?? '';
      const known = numbers.get(name);
      if (known) known.push(id);
      else numbers.set(name, [id]);
    });
    return numbers;
  };
  const remove = (path: string): Map<string, FunctionId[]> => {
    const file = files.get(path);
    unpacked.delete(path);
    files.delete(path);
    return file ? release(file) : new Map<string, FunctionId[]>();
  };
  return {
    paths: () => files.keys(),
    get: path => files.get(path),
    has: path => files.has(path),
    put: given => {
      const bytes = given instanceof Uint8Array ? given : packOutline(given);
      const outline: PythonOutline = unpackOutline(bytes, intern, () => callsOf(outline.path, bytes));
      const { path } = outline;
      const before = files.get(path);
      const old = remove(path);
      const ids = outline.functions.map(({ qualifiedName }, index) => {
        const id = old.get(qualifiedName)?.shift() ?? places.length;
        places[id] = { path, index };
        return id;
      });
      const file: StoredFile = { path, outline, ids, definitions: definitionsOf(outline) };
      files.set(path, file);
      return { file, before };
    },
    delete: path => {
      remove(path);
    },
    placeOf: id => places[id],
    get size() {
      return places.length;
    },
  };
}

function definitionsOf({ functions, classes }: PythonOutline): ReadonlyMap<string, Definition | null> {
  const found = new Map<string, Definition | null>();
  const add = (name: string, definition: Definition): void => {
    found.set(name, found.has(name) ? null : definition);
  };
  functions.forEach((fact, index) => {
    const isAside = fact.isLambda || fact.decorators.some(value => value !== null && ASIDE.test(value.symbol));
    if (!isAside) add(fact.qualifiedName, { kind: 'function', index, fact });
  });
  classes.forEach((fact, index) => {
    add(fact.qualifiedName, { kind: 'class', index, fact });
  });
  return found;
}
