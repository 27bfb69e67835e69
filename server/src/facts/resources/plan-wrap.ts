import type { ResourceWrap } from '../../core/facts/resource.ts';
import type { TextRange } from '../../core/text.ts';
import { EAGER_METHODS, READERS, type ResourceKind } from '../../knowledge/resources.ts';
import { wrapInPlace, wrapInWith } from '../../syntax/python/edit/wrap-in-with.ts';
import { occurrencesOf } from '../../syntax/python/edit/names.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  childrenOf,
  endOfSubtree,
  firstChild,
  kindOf,
  parentOf,
  rangeOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { functionAround, scopeAround } from './scope.ts';
import type { ResourceUses } from './uses.ts';

/** A resource that a variable holds. */
export interface HeldResource {
  readonly assignment: NodeIndex;
  readonly call: NodeIndex;
  readonly name: string;
  readonly uses: ResourceUses;
  readonly kind: ResourceKind;
}

/** How the statements that use a variable are put into a `with` statement; undefined where that is not clear. */
export function planWrap(file: PythonFile, { call, name, uses, kind }: HeldResource): ResourceWrap | undefined {
  const { tree } = file.source;
  const form = formOf(file, call, kind);
  if (form === undefined || uses.places.length === 0 || isNeededLater(uses, kind)) return undefined;
  if (scopeAround(file, call)?.kind === 'module' && hasDefinitionIn(file, call, uses)) return undefined;
  const results = kind.what === 'pool' && uses.closes.length === 0 ? usesOfResults(file, uses) : [];
  const ends = [...uses.places, ...uses.closes, ...results].map(node => tree.ends[node] ?? 0);
  const wrap: ResourceWrap = {
    grade: isOneStep(file, uses) && kind.safe === true ? 'safe' : 'suggested',
    variable: name,
    form,
    until: Math.max(...ends),
    closes: uses.closes.map(close => closeRange(file, close)),
    ...(kind.awaited === 'kept' ? { keepsAwait: true } : {}),
  };
  return wrapInWith(file.source, rangeOf(tree, call), wrap) ? wrap : undefined;
}

/**
 * The path of a temporary file and a file descriptor are worth nothing once it is closed, but nobody follows them; nor
 * what an ORM's session gives out.
 */
function isNeededLater({ attributes, closes }: ResourceUses, { what, lends = [] }: ResourceKind): boolean {
  if (closes.length > 0) return false;
  if (lends.some(method => attributes.has(method))) return true;
  return attributes.has('fileno') || (what === 'temporary file' && attributes.has('name'));
}

/** Where the names are used that hold what a pool was asked for: its `with` statement waits for all of it. */
function usesOfResults(file: PythonFile, { places }: ResourceUses): readonly NodeIndex[] {
  const { tree, text } = file.source;
  const names = places.flatMap(place => {
    let node = place;
    while (kindOf(tree, node) !== Kind.expression_statement && node > 0) node = parentOf(tree, node);
    const left = childByField(tree, firstChild(tree, node), Field.left);
    return kindOf(tree, left) === Kind.identifier ? [textOf(tree, text, left)] : [];
  });
  return names.flatMap(name =>
    occurrencesOf(file.source, name).filter(node => scopeAround(file, node) === scopeAround(file, places[0] ?? 0)),
  );
}

/** Functions, classes and imports of a module don't belong into a `with` statement. */
function hasDefinitionIn({ source: { tree } }: PythonFile, call: NodeIndex, { places }: ResourceUses): boolean {
  const last = Math.max(...places);
  return childrenOf(tree, 0).some(node => node > call && node < last && DEFINITIONS.has(kindOf(tree, node)));
}

const DEFINITIONS: ReadonlySet<number> = new Set([
  Kind.function_definition,
  Kind.class_definition,
  Kind.decorated_definition,
  Kind.import_statement,
  Kind.import_from_statement,
]);

/** A temporary file that is asked for its name has to outlive the question. */
function isGoneOnceClosed({ source: { tree, text } }: PythonFile, call: NodeIndex, { what }: ResourceKind): boolean {
  return what === 'temporary file' && !/\bdelete\s*=\s*False\b/.test(textOf(tree, text, call));
}

/** How the statement around a call whose result is used in place is put into a `with` statement. */
export function planWrapInPlace(
  file: PythonFile,
  call: NodeIndex,
  kind: ResourceKind,
  isChained: boolean,
): ResourceWrap | undefined {
  const { tree } = file.source;
  const form = formOf(file, call, kind);
  if (form === undefined || form === 'closing' || isGoneOnceClosed(file, call, kind)) return undefined;
  const variable = [kind.name, `opened_${kind.name}`, `${kind.name}_`].find(
    name => occurrencesOf(file.source, name).length === 0,
  );
  if (variable === undefined) return undefined;
  const range = rangeOf(tree, call);
  const isFirst = isChained && kind.safe === true && isFirstCall(file, call);
  const wrap: ResourceWrap = {
    grade: isFirst ? 'safe' : 'suggested',
    variable,
    form,
    until: range.end,
    closes: [],
  };
  return wrapInPlace(file.source, range, wrap) ? wrap : undefined;
}

function formOf(file: PythonFile, call: NodeIndex, kind: ResourceKind): ResourceWrap['form'] | undefined {
  if (kind.entersOther === true) return undefined;
  if (kind.context === 'finally') return undefined;
  if (kind.context === 'none') return 'closing';
  if (kind.context === 'with') return 'with';
  const scope = functionAround(file, call);
  const isAsync = scope !== undefined && kindOf(file.source.tree, scope.node + 1) === Kind.async;
  return isAsync ? 'asyncWith' : undefined;
}

/** The call that closes, with the `await` around it. */
function closeRange({ source: { tree } }: PythonFile, close: NodeIndex): TextRange {
  const parent = parentOf(tree, close);
  return rangeOf(tree, kindOf(tree, parent) === Kind.await ? parent : close);
}

/** One use on the way, of a kind that is over when it returns, and perhaps a close. */
function isOneStep(file: PythonFile, { places, closes, entered }: ResourceUses): boolean {
  const others = places.filter(place => !closes.some(close => isInside(file, close, place)));
  const [only, ...more] = others;
  return only !== undefined && more.length === 0 && entered.length === 0 && isEagerUse(file, only);
}

function isInside({ source: { tree } }: PythonFile, outer: NodeIndex, inner: NodeIndex): boolean {
  return outer <= inner && inner < endOfSubtree(tree, outer);
}

function isEagerUse(file: PythonFile, place: NodeIndex): boolean {
  const { tree, text } = file.source;
  const parent = parentOf(tree, place);
  if (kindOf(tree, parent) === Kind.attribute) {
    const isCalled = tree.fields[parent] === Field.function;
    return isCalled && EAGER_METHODS.has(textOf(tree, text, childByField(tree, parent, Field.attribute)));
  }
  if (kindOf(tree, parent) !== Kind.argument_list) return false;
  const callee = file.resolver.valueOf(childByField(tree, parentOf(tree, parent), Field.function));
  return callee !== undefined && READERS.has(canonicalName(callee.symbol) ?? '');
}

/** Whether no other call of the statement runs before this one: the `with` statement moves it to the front. */
function isFirstCall({ source: { tree } }: PythonFile, call: NodeIndex): boolean {
  let statement = call;
  while (!STATEMENTS.has(kindOf(tree, statement)) && statement > 0) statement = parentOf(tree, statement);
  for (let node = statement; node < call; node++) {
    const kind = kindOf(tree, node);
    const runsBefore = kind === Kind.call || kind === Kind.await || kind === Kind.subscript;
    if (runsBefore && endOfSubtree(tree, node) <= call) return false;
  }
  return true;
}

const STATEMENTS: ReadonlySet<number> = new Set([
  Kind.expression_statement,
  Kind.return_statement,
  Kind.for_statement,
  Kind.block,
  Kind.module,
]);
