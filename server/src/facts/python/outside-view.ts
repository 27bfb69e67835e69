import type { Value } from '../../core/python-facts.ts';
import type { ChangedPart } from '../../syntax/python/changed-part.ts';
import { Kind } from '../../syntax/python/kinds.ts';
import { kindOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonSource } from '../../core/source-file.ts';
import { bindingEnd, homeOf } from './dominating-binding.ts';
import type { PythonFile } from './python-file.ts';
import type { Binding, Scope } from './scopes.ts';

/** A version of a file of which a part is looked at. */
type Version = Pick<PythonFile, 'source' | 'table' | 'resolver'>;

/** What code outside of a part can see of it. */
interface OutsideView {
  /** What the function returns, and what the part gives to names outside, in a fixed order. */
  readonly values: readonly (Value | undefined)[];
  /** Which names those are, and in which ways they are bound; each text or number says something of its own. */
  readonly shape: readonly (string | number)[];
}

/**
 * Compares what code outside of a changed part can see of it in two versions.
 * @returns undefined when anything differs, or could; else new numbers of the calls that what is seen comes from
 */
export function matchOutsideViews(
  before: Version,
  now: Version,
  part: ChangedPart,
): ReadonlyMap<number, number> | undefined {
  if (before.table.hasStarImport !== now.table.hasStarImport) return undefined;
  const old = outsideViewOf(before, part, part.oldEnd);
  const current = outsideViewOf(now, part, part.newEnd);
  if (!old || !current || !isSameList(old.shape, current.shape)) return undefined;
  if (old.values.length !== current.values.length) return undefined;
  const pairing = pairNumbers();
  const isSame = old.values.every((value, index) => isSameValue(value, current.values[index], pairing.accepts));
  return isSame ? pairing.numbers : undefined;
}

/** Undefined for a part that may be reached in other ways than by its values. */
function outsideViewOf(
  version: Version,
  { definition, parent, start }: ChangedPart,
  end: NodeIndex,
): OutsideView | undefined {
  const { source, table, resolver } = version;
  const { scopes } = table;
  const own = definition < 0 ? undefined : scopes.find(({ node }) => node === definition);
  const outer = own ? own.parent : (table.scopeOf[parent] ?? 0);
  const isInside = (node: NodeIndex): boolean => start <= node && node < end && node !== definition;
  if ((definition >= 0 && !own) || definesSomething(scopes, own, isInside)) return undefined;

  const given: Binding[] = [];
  const shape: (string | number)[] = [];
  const add = (names: Scope['bindings']): void => {
    for (const [name, bindings] of names) {
      const inside = bindings.filter(({ node }) => isInside(node));
      shape.push(name, bindings.length, ...inside.map(binding => shapeOf(version, binding, start)));
      given.push(...inside);
      // The last one that has run decides on what the name means behind the part.
      if (inside.length > 1) shape.push(...orderOfEnds(source, inside));
    }
  };
  for (let scope = scopes[outer]; scope; scope = scopes[scope.parent]) {
    shape.push(scope.qualifiedName);
    add(scope.bindings);
    add(scope.attributes);
    for (const [name, owner] of scope.delegated) shape.push(name, owner);
  }
  const values = given.map(binding => resolver.valueOfBinding(binding));
  if (own) values.push(...resolver.returnsOf(own));
  // What is defined inside of a function is not compared.
  const isLocal = values.some(value => value?.symbol.includes('<locals>') === true);
  return isLocal ? undefined : { values, shape };
}

/** Whether the part has functions or classes that are found by their names from outside. */
function definesSomething(
  scopes: readonly Scope[],
  own: Scope | undefined,
  isInside: (node: NodeIndex) => boolean,
): boolean {
  const defined = scopes.filter(({ kind, node }) => (kind === 'function' || kind === 'class') && isInside(node));
  if (defined.length === 0) return false;
  const locals = own && `${own.qualifiedName}.<locals>.`;
  if (locals === undefined || !defined.every(({ qualifiedName }) => qualifiedName.startsWith(locals))) return true;
  // What another definition of that name calls its own is found here.
  return scopes.some(({ qualifiedName, index }) => index !== own?.index && qualifiedName === own?.qualifiedName);
}

/** What a binding says without being evaluated, and where it is sure to have run. */
function shapeOf({ source }: Version, binding: Binding, start: NodeIndex): string {
  const home = homeOf(source, binding);
  const place = home < start ? home : 'inside';
  if (binding.kind !== 'assignment') return `${binding.kind} ${place}`;
  const isNone = kindOf(source.tree, binding.value) === Kind.none;
  return `${isNone ? 'none' : 'value'} ${binding.annotation < 0 ? 'plain' : 'annotated'} ${place}`;
}

function orderOfEnds(source: PythonSource, bindings: readonly Binding[]): readonly number[] {
  const sorted = bindings.toSorted((left, right) => bindingEnd(source, left) - bindingEnd(source, right));
  return bindings.map(binding => sorted.indexOf(binding));
}

function isSameList<Item>(left: readonly Item[], right: readonly Item[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}

/** Old numbers paired with new ones, one to one. */
interface Pairing {
  readonly numbers: ReadonlyMap<number, number>;
  readonly accepts: (old: number | undefined, now: number | undefined) => boolean;
}

function pairNumbers(): Pairing {
  const numbers = new Map<number, number>();
  const backwards = new Map<number, number>();
  return {
    numbers,
    accepts(old, now) {
      if (old === undefined || now === undefined) return old === now;
      if (!numbers.has(old) && !backwards.has(now)) {
        numbers.set(old, now);
        backwards.set(now, old);
      }
      return numbers.get(old) === now && backwards.get(now) === old;
    },
  };
}

function isSameValue(
  old: Value | undefined,
  now: Value | undefined,
  arePaired: (old: number | undefined, now: number | undefined) => boolean,
): boolean {
  if (!old || !now) return old === now;
  if (old.symbol !== now.symbol || old.deferred !== now.deferred) return false;
  return arePaired(old.origin, now.origin) && arePaired(old.partial, now.partial);
}
