import type { ExceptionName, WorkspaceRaises } from '../../core/raise-summary.ts';
import { raiseKnowledge } from '../../knowledge/raises.ts';

/** What a file may ask about classes of its workspace. */
export type ClassQuestions = Pick<WorkspaceRaises, 'basesOf' | 'attributesOf'>;

/** An exception class with all its ancestors, itself first; `complete` unless an ancestor is unknown. */
interface Ancestry {
  readonly names: readonly ExceptionName[];
  readonly complete: boolean;
}

/** Whether a class certainly derives from another one, or is it. */
export function isSubclass(name: ExceptionName, base: ExceptionName, ask: ClassQuestions): boolean {
  return ancestryOf(name, ask).names.includes(base);
}

/** Whether a handler for `Exception` may see the class: all but `SystemExit`, `KeyboardInterrupt` and the like. */
export function isOrdinary(name: ExceptionName, ask: ClassQuestions): boolean {
  const { names, complete } = ancestryOf(name, ask);
  return !complete || names.includes('builtins.Exception');
}

/** Whether every instance of a class has an attribute. */
export function hasAttribute(name: ExceptionName, attribute: string, ask: ClassQuestions): boolean {
  if (ALWAYS.test(attribute)) return true;
  return ancestryOf(name, ask).names.some(each => {
    const known = raiseKnowledge.exceptions.get(each);
    return (known?.attributes ?? ask.attributesOf(each)).includes(attribute);
  });
}

/** Attributes of every exception. */
const ALWAYS = /^(args|with_traceback|__\w+__)$/;

function ancestryOf(name: ExceptionName, ask: ClassQuestions): Ancestry {
  const names: ExceptionName[] = [];
  let complete = true;
  const open = [name];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    if (names.includes(next) || next === 'builtins.object') continue;
    names.push(next);
    const bases = raiseKnowledge.exceptions.get(next)?.bases ?? ask.basesOf(next);
    if (bases === undefined) complete = false;
    open.push(...(bases ?? []));
  }
  return { names, complete };
}

/**
 * The shortest list of classes that covers all given ones, in a fixed order: a base replaces its subclasses, and a class
 * that people catch for all of its kin replaces two or more of them. Undefined when nothing short of `Exception` does.
 */
export function coverOf(types: readonly ExceptionName[], ask: ClassQuestions): readonly ExceptionName[] | undefined {
  let cover = new Set(types.filter(type => isOrdinary(type, ask)));
  if (EVERYTHING.some(name => cover.has(name))) return undefined;
  cover = withoutSubclasses(cover, ask);
  for (const family of familiesOf(cover, ask)) {
    const kin = [...cover].filter(type => isSubclass(type, family, ask));
    if (kin.length > 1) cover = withoutSubclasses(new Set([...cover, family]), ask);
  }
  return [...cover].sort(byOriginAndName);
}

/** A cover with further classes that have to be named beside it, where it does not have them; broad ones are left out. */
export function coverWith(
  cover: readonly ExceptionName[],
  others: readonly ExceptionName[],
  ask: ClassQuestions,
): readonly ExceptionName[] {
  const wanted = others.filter(type => !EVERYTHING.includes(type));
  if (wanted.length === 0) return cover;
  return [...withoutSubclasses(new Set([...cover, ...wanted]), ask)].sort(byOriginAndName);
}

/** A handler for one of these is as broad as before. */
const EVERYTHING = ['Exception', 'BaseException', 'ExceptionGroup', 'BaseExceptionGroup'].map(
  name => `builtins.${name}`,
);

function withoutSubclasses(types: ReadonlySet<ExceptionName>, ask: ClassQuestions): Set<ExceptionName> {
  const all = [...types];
  return new Set(all.filter(type => !all.some(other => other !== type && isSubclass(type, other, ask))));
}

/** Family classes among the ancestors, the narrowest first. */
function familiesOf(types: ReadonlySet<ExceptionName>, ask: ClassQuestions): readonly ExceptionName[] {
  const ancestors = new Set([...types].flatMap(type => ancestryOf(type, ask).names));
  return [...ancestors]
    .filter(name => raiseKnowledge.exceptions.get(name)?.family === true)
    .sort((a, b) => ancestryOf(b, ask).names.length - ancestryOf(a, ask).names.length || (a < b ? -1 : 1));
}

/** Built-ins first, then by name. */
function byOriginAndName(left: ExceptionName, right: ExceptionName): number {
  const isBuiltin = (name: ExceptionName): boolean => name.startsWith('builtins.');
  if (isBuiltin(left) !== isBuiltin(right)) return isBuiltin(left) ? -1 : 1;
  return left < right ? -1 : left > right ? 1 : 0;
}
