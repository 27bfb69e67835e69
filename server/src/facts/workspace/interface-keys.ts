import type { Value } from '../../core/python-facts.ts';
import type { OutlineFunction, PythonOutline } from '../../core/python-outline.ts';
import type { Keys } from './keys.ts';
import type { KeyNumber } from './tracker.ts';

/**
 * What other files can see of a file, by the keys under which the evaluator reads it, each with a text that changes when
 * an answer may: module-level names, star imports and exports, definitions, members of classes.
 */
export function interfaceOf(outline: PythonOutline, keys: Keys): ReadonlyMap<KeyNumber, string> {
  const { path, functions, classes } = outline;
  const found = new Map<KeyNumber, string>();
  const add = (key: KeyNumber, text: string): void => {
    const known = found.get(key);
    found.set(key, known === undefined ? text : `${known}\n${text}`);
  };
  for (const [name, value] of Object.entries(outline.names)) add(keys.name(path, name), textOf(value));
  add(keys.stars(path), JSON.stringify([outline.stars, outline.exports]));
  for (const one of functions) {
    if (one.isLambda) continue;
    add(keys.definition(path, one.qualifiedName), signatureOf(one));
    add(keys.results(path, one.qualifiedName), resultsOf(one));
  }
  for (const { qualifiedName, bases, decorators, methods, attributes } of classes) {
    const owner = { path, name: qualifiedName };
    add(keys.definition(path, qualifiedName), `class ${textOfAll(bases)} ${textOfAll(decorators)}`);
    for (const [name, index] of Object.entries(methods)) add(keys.member(owner, name), index < 0 ? 'many' : 'one');
    for (const [name, value] of Object.entries(attributes)) add(keys.member(owner, name), textOf(value));
  }
  return found;
}

/** Keys whose text is not the same in both; a key that one of them lacks counts. */
export function changedKeys(
  before: ReadonlyMap<KeyNumber, string>,
  after: ReadonlyMap<KeyNumber, string>,
): readonly KeyNumber[] {
  const changed = [...after].filter(([key, text]) => before.get(key) !== text).map(([key]) => key);
  return [...changed, ...[...before.keys()].filter(key => !after.has(key))];
}

function signatureOf(one: OutlineFunction): string {
  const { isAsync, isGenerator, decorators, callsOuter, returnsFirst } = one;
  return JSON.stringify([
    isAsync,
    isGenerator,
    textOfAll(decorators),
    callsOuter,
    returnsFirst,
    one.class < 0,
    one.parameters[0]?.name,
  ]);
}

/** Many call a function and do nothing with what it gives back, which changes more often than the rest. */
function resultsOf({ returns, yields, returnAnnotation }: OutlineFunction): string {
  return JSON.stringify([textOfAll(returns), textOfAll(yields), returnAnnotation]);
}

function textOfAll(values: readonly (Value | null)[]): string {
  return values.map(textOf).join(' ');
}

function textOf(value: Value | null | undefined): string {
  return value ? `${value.symbol}#${value.origin ?? ''}#${value.partial ?? ''}` : '-';
}
