import type { RaiseFacts } from '../../core/facts/raises.ts';
import type { PythonOutline } from '../../core/python-outline.ts';
import type { Extractor } from '../extract.ts';

/** More files than a chain of calls goes through; beyond it, what was read is read again. */
const MAX_FILES = 500;

/** What asking takes. */
export interface FileRaisesContext {
  readonly extractor: Extractor;
  /** Text of a file as it is now. @throws Error when it can't be read. */
  readonly textOf: (path: string) => string;
  readonly exists: (path: string) => boolean;
  /** The outline by which the file is linked. */
  readonly outlineOf: (path: string) => PythonOutline | undefined;
}

/** What the code of files raises, read when a fix asks for it: few files are ever asked about. */
export class FileRaises {
  readonly #context: FileRaisesContext;
  readonly #known = new Map<string, RaiseFacts | undefined>();

  constructor(context: FileRaisesContext) {
    this.#context = context;
  }

  /** Undefined when the file is gone, or has other functions than when it was linked. */
  of(path: string): RaiseFacts | undefined {
    if (this.#known.has(path)) return this.#known.get(path);
    if (this.#known.size >= MAX_FILES) this.#known.clear();
    const raises = this.#read(path);
    this.#known.set(path, raises);
    return raises;
  }

  /** Forgets a file that has changed. */
  forget(path: string): void {
    this.#known.delete(path);
  }

  #read(path: string): RaiseFacts | undefined {
    const { exists, extractor, outlineOf, textOf } = this.#context;
    const outline = outlineOf(path);
    if (!outline || !exists(path)) return undefined;
    const facts = extractor.fromPython(extractor.parser.parse(path, textOf(path)));
    const names = facts.python?.functions.map(({ qualifiedName }) => qualifiedName);
    const isSame = names?.join('\n') === outline.functions.map(({ qualifiedName }) => qualifiedName).join('\n');
    return isSame ? facts.raises : undefined;
  }
}
