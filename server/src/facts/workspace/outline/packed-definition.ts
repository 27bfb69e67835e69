import type { LocalEffects, OutlineClass, OutlineFunction, OutlineParameter } from '../../../core/python-outline.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import type { ClassHead, FunctionHead } from './packed-head.ts';
import { readRange, readValue, readValues, writeRange, writeValue, writeValues } from './packed-value.ts';

/** Writes what the head of an outline does not say of a function. */
export function writeFunction(out: ByteWriter, one: OutlineFunction): void {
  out.number((one.isGenerator ? 1 : 0) + (one.returnsFirst ? 2 : 0));
  writeRange(out, one.range);
  writeRange(out, one.nameRange);
  out.index(one.parent);
  out.index(one.class);
  out.list(one.decorators, value => {
    writeValue(out, value);
  });
  out.list(one.parameters, parameter => {
    out.string(parameter.name);
    out.number(PARAMETER_KINDS.indexOf(parameter.kind) * 2 + (parameter.hasDefault ? 1 : 0));
    out.optionalString(parameter.annotation);
    writeValue(out, parameter.depends);
  });
  out.optionalString(one.returnAnnotation);
  out.list(one.returns, value => {
    writeValue(out, value);
  });
  out.list(one.yields, value => {
    writeValue(out, value);
  });
  out.list(one.callsOuter ?? [], out.string);
  out.number(one.codeHash);
  const hasEffects = Object.keys(one.effects).length > 0;
  out.optionalString(hasEffects ? JSON.stringify(one.effects) : undefined);
}

/** Reads what {@link writeFunction} wrote. */
export function readFunction(from: ByteReader, { qualifiedName, isLambda, isAsync }: FunctionHead): OutlineFunction {
  const flags = from.number();
  const range = readRange(from);
  const nameRange = readRange(from);
  const parent = from.index();
  const owner = from.index();
  const decorators = from.list(() => readValue(from));
  const parameters = from.list(() => readParameter(from));
  const returnAnnotation = from.optionalString();
  const returns = from.list(() => readValue(from));
  const yields = from.list(() => readValue(from));
  const callsOuter = from.list(from.string);
  const codeHash = from.number();
  const effects = from.optionalString();
  return {
    qualifiedName,
    isLambda,
    isAsync,
    isGenerator: (flags & 1) !== 0,
    range,
    nameRange,
    parent,
    class: owner,
    decorators,
    parameters,
    ...(returnAnnotation === undefined ? {} : { returnAnnotation }),
    returns,
    yields,
    ...(callsOuter.length === 0 ? {} : { callsOuter }),
    ...((flags & 2) === 0 ? {} : { returnsFirst: true as const }),
    codeHash,
    // `writeFunction` wrote effects.
    effects: effects === undefined ? NO_EFFECTS : (JSON.parse(effects) as LocalEffects),
  };
}

const NO_EFFECTS: LocalEffects = {};

const PARAMETER_KINDS: readonly OutlineParameter['kind'][] = ['positional', 'keywordOnly', 'star', 'doubleStar'];

function readParameter(from: ByteReader): OutlineParameter {
  const name = from.string();
  const code = from.number();
  const annotation = from.optionalString();
  const depends = readValue(from);
  return {
    name,
    kind: PARAMETER_KINDS[code >> 1] ?? 'positional',
    hasDefault: code % 2 === 1,
    ...(annotation === undefined ? {} : { annotation }),
    ...(depends && { depends }),
  };
}

/** Writes what the head of an outline does not say of a class. */
export function writeClass(out: ByteWriter, one: OutlineClass): void {
  writeRange(out, one.range);
  writeRange(out, one.nameRange);
  out.list(one.decorators, value => {
    writeValue(out, value);
  });
  out.list(Object.keys(one.methods), name => {
    out.string(name);
    out.index(one.methods[name] ?? -1);
  });
  writeValues(out, one.attributes);
}

/** Reads what {@link writeClass} wrote. */
export function readClass(from: ByteReader, { qualifiedName, bases }: ClassHead): OutlineClass {
  return {
    qualifiedName,
    range: readRange(from),
    nameRange: readRange(from),
    bases,
    decorators: from.list(() => readValue(from)),
    methods: Object.fromEntries(from.list(() => [from.string(), from.index()] as const)),
    attributes: readValues(from),
  };
}
