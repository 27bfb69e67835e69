import type { ManifestFacts } from '../../core/facts/manifest.ts';
import type { PythonSource } from '../../core/source-file.ts';
import { Field, Kind } from '../python/kinds.ts';
import { childByField, childOfKind, childrenOf, kindOf, NO_NODE, parentOf, rangeOf, textOf } from '../python/tree.ts';
import { addRequirement, newDraft, toManifest, type ManifestDraft } from './manifest-draft.ts';
import { normalizeName } from './requirement.ts';
import { sliceOf, type SourceText } from './source-text.ts';
import { parseSpecifier } from './specifier.ts';

/** A constant that refers to itself must not keep us busy. */
const DEEPEST = 5;

/** Whether a path is one that {@link readSetupPy} reads. */
export function isSetupPy(path: string): boolean {
  return path === 'setup.py' || path.endsWith('/setup.py');
}

/**
 * Reads what `setup(…)` declares in literals: lists of strings, their sums, and module-level names that are bound to
 * such a list once. Anything that would have to be run is left out.
 * @returns undefined when the file calls no `setup`
 */
export function readSetupPy(source: PythonSource): ManifestFacts | undefined {
  const calls = setupCalls(source);
  if (calls.length === 0) return undefined;
  const draft = newDraft();
  let requiresPython: ManifestFacts['requiresPython'];
  for (const call of calls) {
    addList(draft, source, keywordValue(source, call, 'install_requires'), undefined);
    addList(draft, source, keywordValue(source, call, 'tests_require'), 'test');
    addExtras(draft, source, keywordValue(source, call, 'extras_require'));
    const python = stringText(source, resolve(source, keywordValue(source, call, 'python_requires')));
    requiresPython ??= python && parseSpecifier(python.text);
  }
  return toManifest('setup.py', draft, { isProject: true, ...(requiresPython ? { requiresPython } : {}) });
}

function setupCalls({ tree, text }: PythonSource): readonly number[] {
  const calls: number[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kinds[node] !== Kind.call) continue;
    const callee = textOf(tree, text, childByField(tree, node, Field.function));
    if (callee === 'setup' || callee === 'setuptools.setup') calls.push(node);
  }
  return calls;
}

function keywordValue({ tree, text }: PythonSource, call: number, name: string): number {
  const list = childByField(tree, call, Field.arguments);
  for (const argument of list < 0 ? [] : childrenOf(tree, list)) {
    if (kindOf(tree, argument) !== Kind.keyword_argument) continue;
    if (textOf(tree, text, childByField(tree, argument, Field.name)) !== name) continue;
    return childByField(tree, argument, Field.value);
  }
  return NO_NODE;
}

function addList(
  draft: ManifestDraft,
  source: PythonSource,
  value: number,
  group: string | undefined,
  depth = 0,
): void {
  const node = resolve(source, value);
  if (node < 0 || depth > DEEPEST) return;
  const kind = kindOf(source.tree, node);
  if (kind === Kind.list || kind === Kind.tuple || kind === Kind.set) {
    for (const item of childrenOf(source.tree, node)) {
      const string = stringText(source, item);
      if (string) addRequirement(draft, string, group);
    }
  }
  const isSum = kind === Kind.binary_operator && childOfKind(source.tree, node, Kind['+']) >= 0;
  if (!isSum) return;
  addList(draft, source, childByField(source.tree, node, Field.left), group, depth + 1);
  addList(draft, source, childByField(source.tree, node, Field.right), group, depth + 1);
}

function addExtras(draft: ManifestDraft, source: PythonSource, value: number): void {
  const node = resolve(source, value);
  if (node < 0 || kindOf(source.tree, node) !== Kind.dictionary) return;
  for (const pair of childrenOf(source.tree, node)) {
    if (kindOf(source.tree, pair) !== Kind.pair) continue;
    const key = stringText(source, childByField(source.tree, pair, Field.key));
    // `extra:marker` is an old way to put a condition on all of an extra.
    if (!key || key.text.includes(':')) continue;
    addList(draft, source, childByField(source.tree, pair, Field.value), normalizeName(key.text));
  }
}

/** The value of a module-level name that is bound exactly once; every other node is its own value. */
function resolve(source: PythonSource, node: number): number {
  const { tree, text } = source;
  if (node < 0 || kindOf(tree, node) !== Kind.identifier) return node;
  const name = textOf(tree, text, node);
  const bindings: number[] = [];
  for (let candidate = 0; candidate < tree.size; candidate++) {
    const kind = tree.kinds[candidate];
    if (kind !== Kind.assignment && kind !== Kind.augmented_assignment) continue;
    const left = childByField(tree, candidate, Field.left);
    if (left >= 0 && textOf(tree, text, left) === name) bindings.push(candidate);
  }
  const [only] = bindings;
  if (only === undefined || bindings.length > 1 || kindOf(tree, only) !== Kind.assignment) return NO_NODE;
  const isTopLevel = parentOf(tree, parentOf(tree, only)) === 0;
  const value = childByField(tree, only, Field.right);
  return isTopLevel && kindOf(tree, value) !== Kind.identifier ? value : NO_NODE;
}

/** Content of a plain string; undefined for everything else, for strings with escapes, and for f- and b-strings. */
function stringText({ tree, text }: PythonSource, node: number): SourceText | undefined {
  if (node < 0 || kindOf(tree, node) !== Kind.string) return undefined;
  const range = rangeOf(tree, node);
  const written = text.slice(range.start, range.end);
  const quote = /^[rRuU]?("""|'''|"|')/.exec(written)?.[1];
  if (quote === undefined || written.includes('\\')) return undefined;
  const start = range.start + written.indexOf(quote) + quote.length;
  const end = range.end - quote.length;
  return end < start ? undefined : sliceOf(text, start, end);
}
