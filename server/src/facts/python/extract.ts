import type { Facts } from '../../core/fact.ts';
import type { RaiseFacts } from '../../core/facts/raises.ts';
import type { FileFacts, SymbolSpan } from '../../core/file-facts.ts';
import type { FileKind } from '../../core/file-kind.ts';
import { defineLazy } from '../../core/lazy.ts';
import type { CommentFact, PythonFacts } from '../../core/python-facts.ts';
import type { PythonSource } from '../../core/source-file.ts';
import { shippedKnowledge, type Knowledge } from '../../knowledge/knowledge.ts';
import { Kind } from '../../syntax/python/kinds.ts';
import { childrenOf, kindOf, rangeOf, type NodeIndex } from '../../syntax/python/tree.ts';
import { extractCalls } from './call-facts.ts';
import {
  extractBindings,
  extractClasses,
  extractExports,
  extractFunctions,
  extractImports,
  extractLoops,
  extractMainGuards,
  extractTries,
  hashCode,
  type DefinitionContext,
} from './definition-facts.ts';
import { findBlockingCalls } from '../blocking-calls/find-blocking-calls.ts';
import { findEffects } from '../effects/local-effects.ts';
import { extractOutline } from '../workspace/outline/extract-outline.ts';
import { extractRaises } from '../raises/extract.ts';
import { withNarrowing } from '../raises/outlook.ts';
import { createAskedSymbols, type AskedSymbols } from './asked-symbols.ts';
import { extractors } from './extractors.ts';
import { keepFacts } from './kept-facts.ts';
import { numberNodes } from './number-nodes.ts';
import type { PythonFile } from './python-file.ts';
import { createResolver } from './resolve.ts';
import { buildScopes } from './scopes.ts';
import { aloneView, viewFacts, viewResolver, type ValueView } from './view-facts.ts';

/**
 * All facts of one parsed Python file.
 * @param view what the other files of the workspace say of its values
 * @param knowledge what is known of libraries; what ships with Readiness when absent
 */
export function extractPythonFacts(
  source: PythonSource,
  kind: FileKind,
  view?: ValueView,
  knowledge?: Knowledge,
): FileFacts {
  return factsOfPythonFile(readPythonFile(source, knowledge), kind, view);
}

/**
 * All facts of a file that was read, each worked out when somebody asks for it: between two keystrokes nobody wants to
 * know what a file raises, nor, where other files know more of its names, what it looks like by itself.
 * @param raw what {@link readPythonFile} gave
 */
export function factsOfPythonFile(raw: PythonFile, kind: FileKind, view: ValueView = aloneView): FileFacts {
  const asked = createAskedSymbols();
  const heard = { ...raw, resolver: asked.through(raw.resolver) };
  return lazyFacts({}, { raw, kind, view, asked, parts: lazyParts({}, { raw, heard, view, asked }) });
}

/** What the facts of one file are made from. */
interface FactsOrigin {
  /** As its own resolver sees it. */
  readonly raw: PythonFile;
  readonly kind: FileKind;
  readonly view: ValueView;
  readonly asked: AskedSymbols;
  readonly parts: FileParts;
}

/** What there is of a Python file. */
type LateFacts = Required<Omit<FileFacts, 'literals' | 'manifest' | 'workflow'>>;

const lazyFacts = defineLazy<FactsOrigin, LateFacts>({
  path: ({ raw }) => raw.source.path,
  language: () => 'python',
  kind: ({ kind }) => kind,
  comments: ({ raw }) => extractComments(raw),
  syntaxErrors: ({ raw }) => raw.source.syntaxErrors,
  facts: ({ raw, parts }, facts) => {
    const { found } = parts;
    const handlers = found.exceptionHandler;
    return handlers ? { ...found, exceptionHandler: withNarrowing(raw.source, handlers, () => facts) } : found;
  },
  symbols: ({ raw }) => symbolsOf(raw.source, raw.facts),
  python: ({ parts }) => parts.seen.facts,
  raises: ({ parts }) => parts.raises,
  asked: ({ raw, asked, parts }) => asked.calledIn(raw.facts, () => parts.found),
  outline: ({ raw, kind, view, parts }, { facts }) => {
    const blocking = view === aloneView ? facts.blockingCall : findBlockingCalls(parts.alone);
    return extractOutline(raw, kind, leading => findEffects(parts.alone, blocking ?? [], leading));
  },
});

/** What several of them are made from. */
interface FileParts {
  readonly raises: RaiseFacts;
  /** The file by itself. */
  readonly alone: PythonFile;
  /** The file in the light of others. */
  readonly seen: PythonFile;
  /** What extractors recognise in that. */
  readonly found: Facts;
}

const lazyParts = defineLazy<Omit<FactsOrigin, 'kind' | 'parts'> & { readonly heard: PythonFile }, FileParts>({
  raises: ({ raw }) => extractRaises(raw),
  alone: ({ heard }) => viewPythonFile(heard, aloneView),
  // What extractors keep beside a file then serves both.
  seen: ({ heard, view }, parts) => (view === aloneView ? parts.alone : viewPythonFile(heard, view)),
  found: ({ asked }, parts) => asked.during(() => recognise(parts.seen)),
});

function recognise(file: PythonFile): Facts {
  return Object.fromEntries(
    Object.entries(extractors)
      .map(([factKind, extract]) => [factKind, extract(file)] as const)
      .filter(([, found]) => found.length > 0),
  );
}

/** Scopes, resolver and syntax facts of a file: what extractors and fixes start from. */
export function openPythonFile(source: PythonSource): PythonFile {
  return viewPythonFile(readPythonFile(source), aloneView);
}

/** A file whose values are seen through a view. */
export function viewPythonFile(file: PythonFile, view: ValueView): PythonFile {
  const seen = { ...file, resolver: viewResolver(file.resolver, view), facts: viewFacts(file.facts, view) };
  return view.clients ? { ...seen, clients: view.clients } : seen;
}

/**
 * A file as its own resolver sees it: with values that only other files can explain.
 * @param before what this function gave for a version before, of which it takes over what is still true
 */
export function readPythonFile(
  source: PythonSource,
  knowledge: Knowledge = shippedKnowledge,
  before?: PythonFile,
): PythonFile {
  const table = buildScopes(source);
  const numbers = numberNodes(source.tree);
  const resolver = createResolver(source, table, numbers.calls);
  const opened = { source, table, resolver, numbers, knowledge };
  // Where the order of questions counts, only the questions of a full reading in their order give its answers.
  const kept = before?.resolver.isOrderSensitive() === false ? keepFacts(before, opened) : undefined;
  const facts = readFacts({ source, table, resolver, numbers, kept });
  if (before && resolver.isOrderSensitive()) return readPythonFile(source, knowledge);
  return { ...opened, facts };
}

function readFacts(context: DefinitionContext): PythonFacts {
  const { source, table, resolver, numbers, kept } = context;
  return {
    calls: extractCalls(source, table, resolver, numbers, kept),
    functions: extractFunctions(context),
    classes: extractClasses(context),
    imports: extractImports(context),
    loops: extractLoops(context),
    tries: extractTries(context),
    bindings: extractBindings(context),
    exports: extractExports(context),
    mainGuards: extractMainGuards(context),
  };
}

function extractComments({ source: { tree, text }, numbers }: PythonFile): CommentFact[] {
  return numbers.comments.map(node => {
    const range = rangeOf(tree, node);
    return { range, text: text.slice(range.start, range.end), ownLine: startsLine(text, range.start) };
  });
}

/** Whether only whitespace stands between the start of the line and an offset. */
function startsLine(text: string, offset: number): boolean {
  // Looking for the line's start first costs a walk to the start of the file where no `\r` is to be found.
  for (let at = offset - 1; at >= 0; at--) {
    const unit = text.charAt(at);
    if (unit === '\n' || unit === '\r') return true;
    if (unit.trim() !== '') return false;
  }
  return true;
}

/** Functions, and top-level statements that are none. */
function symbolsOf(source: PythonSource, facts: PythonFacts): SymbolSpan[] {
  const functions = facts.functions
    .filter(({ kind }) => kind === 'function')
    .map(({ range, codeHash }) => ({ range, codeHash }));
  const statements = childrenOf(source.tree, 0)
    .filter(node => kindOf(source.tree, node) !== Kind.comment)
    .map(node => spanOf(source, node));
  const starts = new Set(functions.map(({ range }) => range.start));
  return [...functions, ...statements.filter(({ range }) => !starts.has(range.start))].sort(
    (a, b) => a.range.start - b.range.start || b.range.end - a.range.end,
  );
}

/** Fingerprints of findings need the hash; most symbols have none. */
function spanOf(source: PythonSource, node: NodeIndex): SymbolSpan {
  return lazySpan({ range: rangeOf(source.tree, node) }, { source, node });
}

const lazySpan = defineLazy<{ readonly source: PythonSource; readonly node: NodeIndex }, Pick<SymbolSpan, 'codeHash'>>({
  codeHash: ({ source, node }) => hashCode(source, node),
});
