import type { ResourceWrap } from '../../core/facts/resource.ts';
import type { TextRange } from '../../core/text.ts';
import { EAGER_METHODS, READERS, type ResourceKind } from '../../knowledge/resources.ts';
import { wrapInPlace, wrapInWith } from '../../syntax/python/edit/wrap-in-with.ts';
import { occurrencesOf } from '../../syntax/python/edit/names.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import {
  childByField,
  endOfSubtree,
  kindOf,
  parentOf,
  rangeOf,
  textOf,
  type NodeIndex,
} from '../../syntax/python/tree.ts';
import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';
import { enclosingFunction } from '../python/scopes.ts';
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
  const ends = [...uses.places, ...uses.closes].map(node => tree.ends[node] ?? 0);
  const wrap: ResourceWrap = {
    grade: isOneStep(file, uses) && kind.safe === true ? 'safe' : 'suggested',
    variable: name,
    form,
    until: Math.max(...ends),
    closes: uses.closes.map(close => closeRange(file, close)),
  };
  return wrapInWith(file.source, rangeOf(tree, call), wrap) ? wrap : undefined;
}

/** The path of a temporary file and a file descriptor are worth nothing once it is closed, but nobody follows them. */
function isNeededLater({ attributes, closes }: ResourceUses, { what }: ResourceKind): boolean {
  if (closes.length > 0) return false;
  return attributes.has('fileno') || (what === 'temporary file' && attributes.has('name'));
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
  if (form === undefined || form === 'closing') return undefined;
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
  if (kind.context === 'none') return 'closing';
  if (kind.context === 'with') return 'with';
  const { table, source } = file;
  const scope = enclosingFunction(table.scopes, table.scopeOf[call] ?? 0);
  const isAsync = scope !== undefined && kindOf(source.tree, scope.node + 1) === Kind.async;
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
