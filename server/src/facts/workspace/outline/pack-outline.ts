import type { FileKind } from '../../../core/file-kind.ts';
import type {
  OutlineAssignment,
  OutlineCall,
  OutlineClass,
  OutlineFunction,
  PythonOutline,
} from '../../../core/python-outline.ts';
import type { Value } from '../../../core/python-facts.ts';
import { createByteReader, createByteWriter, type ByteReader } from './bytes.ts';
import { readCalls, readCallTable, writeCalls, type CallTable } from './packed-call.ts';
import { readClass, readFunction, writeClass, writeFunction } from './packed-definition.ts';
import { readHead, writeHead, type OutlineHead } from './packed-head.ts';
import { readKnownValue, readValues, writeValue, writeValues } from './packed-value.ts';

/** Parts of a packed outline behind its head, each of which can be read without the others. */
const PARTS = ['names', 'functions', 'classes', 'foreign', 'calls'] as const;

type Part = (typeof PARTS)[number];

/** Gives equal strings of many files one place in memory. */
export type Intern = (text: string) => string;

/** An outline as bytes: a tenth of its JSON, and no objects until somebody asks. */
export function packOutline(outline: PythonOutline): Uint8Array<ArrayBuffer> {
  const out = createByteWriter();
  writeHead(out, outline);
  const writers: Readonly<Record<Part, () => void>> = {
    names: () => {
      writeValues(out, outline.names);
    },
    functions: () => {
      for (const one of outline.functions) writeFunction(out, one);
    },
    classes: () => {
      for (const one of outline.classes) writeClass(out, one);
    },
    foreign: () => {
      out.list(outline.assigned, ({ object, name }) => {
        writeValue(out, object);
        out.string(name);
      });
      out.list(outline.handed, value => {
        writeValue(out, value);
      });
    },
    calls: () => {
      writeCalls(out, outline.calls);
    },
  };
  for (const part of PARTS) {
    out.mark();
    writers[part]();
  }
  return out.finish();
}

/**
 * The outline that {@link packOutline} was given. Each part is unpacked when somebody first asks for it: linking looks into
 * few definitions of most files, and unpacking all of them was a fifth of its time. A class, because its members cost
 * nothing per file.
 */
export class PackedOutline implements PythonOutline {
  readonly path: string;
  readonly kind: FileKind;
  readonly stars: readonly string[];
  readonly exports?: readonly string[] | null;
  readonly head: OutlineHead;
  readonly #bytes: Uint8Array;
  readonly #intern: Intern;
  /** Gives the calls, which are too many to be kept by each file. */
  readonly #callsOf: (outline: PackedOutline) => readonly OutlineCall[];
  #names: Readonly<Record<string, Value | null>> | undefined;
  #functions: readonly OutlineFunction[] | undefined;
  #classes: readonly OutlineClass[] | undefined;
  #foreign: Pick<PythonOutline, 'assigned' | 'handed'> | undefined;

  constructor(bytes: Uint8Array, intern: Intern, callsOf: (outline: PackedOutline) => readonly OutlineCall[]) {
    this.#bytes = bytes;
    this.#intern = intern;
    this.#callsOf = callsOf;
    this.head = readHead(createByteReader(bytes, intern));
    const { path, kind, stars, exports } = this.head;
    this.path = path;
    this.kind = kind;
    this.stars = stars;
    if (exports !== undefined) this.exports = exports;
  }

  get names(): Readonly<Record<string, Value | null>> {
    return (this.#names ??= readValues(this.#open('names')));
  }

  get functions(): readonly OutlineFunction[] {
    if (this.#functions) return this.#functions;
    const from = this.#open('functions');
    return (this.#functions = this.head.functions.map(one => readFunction(from, one)));
  }

  get classes(): readonly OutlineClass[] {
    if (this.#classes) return this.#classes;
    const from = this.#open('classes');
    return (this.#classes = this.head.classes.map(one => readClass(from, one)));
  }

  get assigned(): readonly OutlineAssignment[] {
    return this.#readForeign().assigned;
  }

  get handed(): readonly Value[] {
    return this.#readForeign().handed;
  }

  get calls(): readonly OutlineCall[] {
    return this.#callsOf(this);
  }

  /** The calls, unpacked anew. */
  unpackCalls(): readonly OutlineCall[] {
    return readCalls(this.#open('calls'));
  }

  /** What linking asks of the calls. */
  unpackCallTable(): CallTable {
    return readCallTable(this.#open('calls'));
  }

  #readForeign(): Pick<PythonOutline, 'assigned' | 'handed'> {
    if (this.#foreign) return this.#foreign;
    const from = this.#open('foreign');
    return (this.#foreign = {
      assigned: from.list(() => ({ object: readKnownValue(from), name: from.string() })),
      handed: from.list(() => readKnownValue(from)),
    });
  }

  #open(part: Part): ByteReader {
    const from = createByteReader(this.#bytes, this.#intern);
    from.jump(PARTS.indexOf(part));
    return from;
  }
}
