import type { FileKind } from '../../../core/file-kind.ts';
import type { FunctionFact, Value } from '../../../core/python-facts.ts';
import type { OutlineClass, OutlineFunction, OutlineParameter, PythonOutline } from '../../../core/python-outline.ts';
import type { FileEffects } from '../../effects/local-effects.ts';
import type { PythonFile } from '../../python/python-file.ts';
import { isAside } from './aside.ts';
import { findAssigned } from './assigned.ts';
import { leadingCalls, outlineCalls } from './outline-calls.ts';
import { plainValue } from './plain-value.ts';
import { findWrapping } from './wrapping.ts';
import { yieldsByFunction } from './yields.ts';

/**
 * What the workspace is to remember of a file.
 * @param raw the file as its own resolver sees it, deferred values included
 * @param findEffects finds what its functions do by themselves, given the calls that may lead to others of the workspace
 */
export function extractOutline(
  raw: PythonFile,
  kind: FileKind,
  findEffects: (leading: ReadonlySet<number>) => FileEffects,
): PythonOutline {
  const { facts, source } = raw;
  const leading = leadingCalls(raw);
  const effects = findEffects(leading);
  const yields = yieldsByFunction(raw);
  const names = moduleNames(raw);
  const wrapping = findWrapping(raw);
  const functions = facts.functions.map(one => ({
    ...outlineFunction(one, yields.get(one.index) ?? [], effects),
    ...wrapping.get(one.index),
  }));
  const classes = outlineClasses(raw);
  const made = originsOf(names, functions, classes);
  const { assigned, handed } = findAssigned(raw, made);
  const exports = facts.exports ?? (Object.hasOwn(names, '__all__') ? null : undefined);
  return {
    path: source.path,
    kind,
    names,
    stars: facts.imports.filter(({ name, function: owner }) => name === '*' && owner < 0).map(({ module }) => module),
    ...(exports === undefined ? {} : { exports }),
    functions,
    classes,
    calls: outlineCalls(raw, effects, leading, made),
    assigned,
    handed,
  };
}

function moduleNames({ facts, resolver }: PythonFile): Record<string, Value | null> {
  return Object.fromEntries(facts.bindings.map(({ name }) => [name, plainValue(resolver.lookup(name, 0))]));
}

function outlineFunction(fact: FunctionFact, yields: readonly (Value | null)[], effects: FileEffects): OutlineFunction {
  return {
    qualifiedName: fact.qualifiedName,
    isLambda: fact.kind === 'lambda',
    isAsync: fact.isAsync,
    isGenerator: fact.isGenerator,
    range: fact.range,
    nameRange: fact.nameRange,
    parent: fact.parent,
    class: fact.class,
    decorators: fact.decorators.map(plainValue),
    parameters: fact.parameters.map(({ name, kind, hasDefault, annotation, depends }): OutlineParameter => {
      const dependency = plainValue(depends);
      return {
        name,
        kind,
        hasDefault,
        ...(annotation === undefined ? {} : { annotation }),
        ...(dependency && { depends: dependency }),
      };
    }),
    ...(fact.returnAnnotation === undefined ? {} : { returnAnnotation: fact.returnAnnotation }),
    returns: fact.isGenerator ? [] : fact.returns.map(plainValue),
    yields,
    codeHash: fact.codeHash,
    effects: effects.functions[fact.index] ?? {},
  };
}

function outlineClasses({ facts }: PythonFile): OutlineClass[] {
  const methodsOf: Record<string, number>[] = facts.classes.map(() => ({}));
  for (const { index, class: owner, qualifiedName, decorators } of facts.functions) {
    const methods = methodsOf[owner];
    if (!methods) continue;
    const name = qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1);
    if (name !== '<lambda>' && !isAside(decorators)) methods[name] = Object.hasOwn(methods, name) ? -1 : index;
  }
  return facts.classes.map(({ qualifiedName, range, nameRange, bases, decorators, attributes, index }) => ({
    qualifiedName,
    range,
    nameRange,
    bases: bases.map(plainValue),
    decorators: decorators.map(plainValue),
    methods: methodsOf[index] ?? {},
    attributes: Object.fromEntries(attributes.map(({ name, value }) => [name, plainValue(value)])),
  }));
}

/** Calls that made what names, attributes and results of a file hold. */
function originsOf(
  names: Readonly<Record<string, Value | null>>,
  functions: readonly OutlineFunction[],
  classes: readonly OutlineClass[],
): Set<number> {
  const origins = new Set<number>();
  const note = (value: Value | null): void => {
    if (value?.origin !== undefined) origins.add(value.origin);
    if (value?.partial !== undefined) origins.add(value.partial);
  };
  Object.values(names).forEach(note);
  for (const { returns, yields, decorators } of functions) {
    returns.forEach(note);
    yields.forEach(note);
    decorators.forEach(note);
  }
  for (const { attributes, bases } of classes) {
    Object.values(attributes).forEach(note);
    bases.forEach(note);
  }
  return origins;
}
