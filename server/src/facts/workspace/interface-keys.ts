import type { Value } from '../../core/python-facts.ts';
import type { OutlineFunction, PythonOutline } from '../../core/python-outline.ts';

/**
 * What other files can see of a file, by the keys under which the evaluator reads it, each with a text that changes when
 * an answer may: `N` a module-level name, `S` star imports and exports, `D` a definition, `M` a member of a class.
 */
export function interfaceOf(outline: PythonOutline): ReadonlyMap<string, string> {
  const { path, functions, classes } = outline;
  const found = new Map<string, string>();
  const add = (key: string, text: string): void => {
    const known = found.get(key);
    found.set(key, known === undefined ? text : `${known}\n${text}`);
  };
  for (const [name, value] of Object.entries(outline.names)) add(`N\0${path}\0${name}`, textOf(value));
  add(`S\0${path}`, JSON.stringify([outline.stars, outline.exports]));
  for (const one of functions) if (!one.isLambda) add(`D\0${path}\0${one.qualifiedName}`, signatureOf(one));
  for (const { qualifiedName, bases, decorators, methods, attributes } of classes) {
    add(`D\0${path}\0${qualifiedName}`, `class ${textOfAll(bases)} ${textOfAll(decorators)}`);
    for (const [name, index] of Object.entries(methods))
      add(memberKey(path, qualifiedName, name), index < 0 ? 'many' : 'one');
    for (const [name, value] of Object.entries(attributes)) add(memberKey(path, qualifiedName, name), textOf(value));
  }
  return found;
}

/** Keys whose text is not the same in both; a key that one of them lacks counts. */
export function changedKeys(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const changed = [...after].filter(([key, text]) => before.get(key) !== text).map(([key]) => key);
  return [...changed, ...[...before.keys()].filter(key => !after.has(key))];
}

function memberKey(path: string, className: string, member: string): string {
  return `M\0${path}\0${className}\0${member}`;
}

function signatureOf(one: OutlineFunction): string {
  const { isAsync, isGenerator, decorators, returns, yields, returnAnnotation, callsOuter, returnsFirst } = one;
  return JSON.stringify([
    isAsync,
    isGenerator,
    textOfAll(decorators),
    textOfAll(returns),
    textOfAll(yields),
    returnAnnotation,
    callsOuter,
    returnsFirst,
    one.class < 0,
    one.parameters[0]?.name,
  ]);
}

function textOfAll(values: readonly (Value | null)[]): string {
  return values.map(textOf).join(' ');
}

function textOf(value: Value | null | undefined): string {
  return value ? `${value.symbol}#${value.origin ?? ''}#${value.partial ?? ''}` : '-';
}
