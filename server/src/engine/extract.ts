import type { FileFacts, NotMeasured } from '../core/file-facts.ts';
import type { TypeScriptEdits } from '../core/fix-context.ts';
import type { FileKind } from '../core/file-kind.ts';
import type { FrontEnd } from '../core/front-end.ts';
import { createRecent } from '../core/recent.ts';
import type { OwnKnowledge } from '../core/own-knowledge.ts';
import type { PythonSource } from '../core/source-file.ts';
import { factsOfPythonFile, readPythonFile } from '../facts/python/extract.ts';
import type { PythonFile } from '../facts/python/python-file.ts';
import type { ValueView } from '../facts/python/view-facts.ts';
import { extendKnowledge, shippedKnowledge, type Knowledge } from '../knowledge/knowledge.ts';
import { textFormatOf } from '../syntax/manifest/paths.ts';
import { isSetupPy, readSetupPy } from '../syntax/manifest/setup-py.ts';
import type * as TypeScriptModuleNamespace from '../syntax/typescript/index.ts';
import { createPythonParser, type PythonParser } from '../syntax/python/parser.ts';
import { isWorkflowFile } from '../syntax/workflow/paths.ts';
import { decodeText, findExceededLimit } from '../workspace/decode.ts';
import { classifyFile } from '../workspace/file-kind.ts';

/** How much of a file says what it is for. */
const HEAD_LENGTH = 4096;

/** More than somebody types in at a time. */
const REMEMBERED_FILES = 4;

const RUNTIME = 'web-tree-sitter.wasm';
const GRAMMAR = 'tree-sitter-python.wasm';

/** Where an extractor finds the parsers. */
export interface ExtractorOptions {
  /** Content of one of the two WebAssembly files, by its name. @throws Error when it is not there. */
  readonly readAsset: (name: string) => Uint8Array;
}

/** Turns files of all languages into facts. */
export interface Extractor {
  readonly parser: PythonParser;
  /** What it knows of callables. */
  readonly knowledge: Knowledge;
  /** Whether any front end reads a file of that path. */
  accepts(path: string): boolean;
  /** Facts of a file as it is on disk. */
  fromBytes(path: string, bytes: Uint8Array): Promise<FileFacts | NotMeasured>;
  /** Facts of a text. */
  fromText(path: string, text: string): Promise<FileFacts | NotMeasured>;
  /**
   * Facts of Python text that is parsed already.
   * Of the files that were asked for last, what is still true of the version before is not found out again.
   * @param view what other files say of its values
   */
  fromPython(source: PythonSource, view?: ValueView): FileFacts;
  /** The same extractor, for a workspace that has knowledge of its own: whatever this one knew of that is forgotten. */
  knowing(own: OwnKnowledge): Extractor;
  /** Edits of TypeScript; loads the compiler on the first call. */
  typescriptEdits(): Promise<TypeScriptEdits>;
}

/**
 * Loads the Python parser; the other front ends wait for their first files.
 * @throws Error when an asset is missing or damaged.
 */
export async function createExtractor({ readAsset }: ExtractorOptions): Promise<Extractor> {
  const parser = await createPythonParser({ runtime: readAsset(RUNTIME), grammar: readAsset(GRAMMAR) });
  return extractorOver(parser, shippedKnowledge);
}

function extractorOver(parser: PythonParser, knowledge: Knowledge): Extractor {
  // An open document is looked at once by itself and once in the light of other files, and again after the next key.
  const latest = createRecent<OpenedFile>(REMEMBERED_FILES);
  const opened = (source: PythonSource): OpenedFile => {
    const known = latest.get(source.path);
    if (known?.file.source === source) return known;
    const next = { ...headOf(source, known), file: readPythonFile(source, knowledge, known?.file) };
    latest.set(source.path, next);
    return next;
  };
  const factsOf = ({ file, kind }: OpenedFile, view?: ValueView): FileFacts => {
    const facts = factsOfPythonFile(file, kind, view);
    const manifest = isSetupPy(file.source.path) ? readSetupPy(file.source) : undefined;
    return manifest ? { ...facts, manifest } : facts;
  };
  const fromText = async (path: string, text: string): Promise<FileFacts | NotMeasured> => {
    const reason = findExceededLimit(text);
    if (reason !== undefined) return { path, reason };
    // Nobody asks for it again: a scan keeps nothing of the files that it reads.
    if (isPython(path)) {
      const source = parser.parse(path, text);
      return factsOf({ ...headOf(source), file: readPythonFile(source, knowledge) });
    }
    const frontEnd = await frontEndOf(path);
    if (!frontEnd) return { path, reason: 'No front end reads this kind of file.' };
    return frontEnd.extract(path, text, classifyFile(path, text.slice(0, HEAD_LENGTH)));
  };

  return {
    parser,
    accepts: path => isPython(path) || FRONT_ENDS.some(frontEnd => frontEnd.accepts(path)),
    fromText,
    fromPython: (source, view) => factsOf(opened(source), view),
    fromBytes: async (path, bytes) => {
      const decoded = decodeText(path, bytes);
      return decoded.kind === 'text' ? fromText(path, decoded.text) : { path, reason: decoded.reason };
    },
    knowledge,
    knowing: own => extractorOver(parser, extendKnowledge(own)),
    typescriptEdits: async () => (await loadTypeScript()).typescriptEdits,
  };
}

/** A Python file that was read, and what it is for. */
interface OpenedFile extends FileHead {
  readonly file: PythonFile;
}

/** What the first lines of a file say. */
interface FileHead {
  readonly head: string;
  readonly kind: FileKind;
}

/** @param known of a version before: a head that has not changed is not read again */
function headOf({ path, text }: PythonSource, known?: FileHead): FileHead {
  const head = text.slice(0, HEAD_LENGTH);
  return { head, kind: known?.head === head ? known.kind : classifyFile(path, head) };
}

/** Whether the Python front end reads a path; stubs hold no behaviour. */
export function isPython(path: string): boolean {
  return /\.pyw?$/.test(path);
}

/** Whether the TypeScript front end reads a path; known without loading it. */
export function isTypeScript(path: string): boolean {
  return /\.(?:[cm]?[jt]s|[jt]sx)$/.test(path) && !/\.d\.[cm]?ts$/.test(path);
}

type TypeScriptModule = typeof TypeScriptModuleNamespace;

/** All but Python's: each is a bundle of its own, loaded with the first file that it reads. */
const FRONT_ENDS: readonly LateFrontEnd[] = [
  { accepts: isTypeScript, load: async () => (await loadTypeScript()).typescriptFrontEnd },
  {
    accepts: path => textFormatOf(path) !== undefined,
    load: async () => (await import('../syntax/manifest/index.ts')).manifestFrontEnd,
  },
  { accepts: isWorkflowFile, load: async () => (await import('../syntax/workflow/index.ts')).workflowFrontEnd },
];

interface LateFrontEnd extends Pick<FrontEnd, 'accepts'> {
  /** Node keeps the module after the first call. */
  readonly load: () => Promise<FrontEnd>;
}

async function frontEndOf(path: string): Promise<FrontEnd | undefined> {
  return FRONT_ENDS.find(frontEnd => frontEnd.accepts(path))?.load();
}

/** Node keeps the module after the first call. */
function loadTypeScript(): Promise<TypeScriptModule> {
  return import('../syntax/typescript/index.ts');
}
