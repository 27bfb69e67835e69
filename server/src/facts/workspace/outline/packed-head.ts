import type { FileKind } from '../../../core/file-kind.ts';
import type { OutlineClass, OutlineFunction, PythonOutline } from '../../../core/python-outline.ts';
import { isAside } from './aside.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { readValue, writeValue } from './packed-value.ts';

/** What linking asks of every file. */
export interface OutlineHead extends Pick<PythonOutline, 'path' | 'kind' | 'stars'> {
  readonly exports: readonly string[] | null | undefined;
  /** By their index. */
  readonly functions: readonly FunctionHead[];
  readonly classes: readonly ClassHead[];
}

/** The beginning of a function. */
export interface FunctionHead extends Pick<OutlineFunction, 'qualifiedName' | 'isLambda' | 'isAsync'> {
  /** It does not take the place of the function of that name: a setter, or what type checkers read. */
  readonly isAside: boolean;
}

/** The beginning of a class. */
export type ClassHead = Pick<OutlineClass, 'qualifiedName' | 'bases'>;

/** Writes the head of an outline. */
export function writeHead(out: ByteWriter, outline: PythonOutline): void {
  out.string(outline.path);
  out.string(outline.kind);
  out.list(outline.stars, out.string);
  out.number(outline.exports === undefined ? 0 : outline.exports === null ? 1 : 2);
  out.list(outline.exports ?? [], out.string);
  out.list(outline.functions, ({ qualifiedName, isLambda, isAsync, decorators }) => {
    out.string(qualifiedName);
    out.number((isLambda ? 1 : 0) + (isAsync ? 2 : 0) + (isAside(decorators) ? 4 : 0));
  });
  out.list(outline.classes, ({ qualifiedName, bases }) => {
    out.string(qualifiedName);
    out.list(bases, value => {
      writeValue(out, value);
    });
  });
}

/** Reads what {@link writeHead} wrote. */
export function readHead(from: ByteReader): OutlineHead {
  const path = from.string();
  // `writeHead` wrote a kind.
  const kind = from.string() as FileKind;
  const stars = from.list(from.string);
  const exporting = from.number();
  const exported = from.list(from.string);
  return {
    path,
    kind,
    stars,
    exports: exporting === 0 ? undefined : exporting === 1 ? null : exported,
    functions: from.list(() => readFunctionHead(from)),
    classes: from.list(() => ({ qualifiedName: from.string(), bases: from.list(() => readValue(from)) })),
  };
}

function readFunctionHead(from: ByteReader): FunctionHead {
  const qualifiedName = from.string();
  const flags = from.number();
  return { qualifiedName, isLambda: (flags & 1) !== 0, isAsync: (flags & 2) !== 0, isAside: (flags & 4) !== 0 };
}
