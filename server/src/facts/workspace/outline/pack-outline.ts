import type { FileKind } from '../../../core/file-kind.ts';
import type {
  LocalEffects,
  OutlineCall,
  OutlineClass,
  OutlineFunction,
  OutlineParameter,
  PythonOutline,
} from '../../../core/python-outline.ts';
import { createByteReader, createByteWriter, type ByteReader, type ByteWriter } from './bytes.ts';
import { readCall, writeCall } from './packed-call.ts';
import {
  readKnownValue,
  readRange,
  readValue,
  readValues,
  writeRange,
  writeValue,
  writeValues,
} from './packed-value.ts';

/** An outline as bytes: a tenth of its JSON, and no objects until somebody asks. */
export function packOutline(outline: PythonOutline): Uint8Array<ArrayBuffer> {
  const out = createByteWriter();
  out.string(outline.path);
  out.string(outline.kind);
  writeValues(out, outline.names);
  out.list(outline.stars, out.string);
  out.number(outline.exports === undefined ? 0 : outline.exports === null ? 1 : 2);
  out.list(outline.exports ?? [], out.string);
  out.list(outline.functions, one => {
    writeFunction(out, one);
  });
  out.list(outline.classes, one => {
    writeClass(out, one);
  });
  out.list(outline.assigned, ({ object, name }) => {
    writeValue(out, object);
    out.string(name);
  });
  out.list(outline.handed, value => {
    writeValue(out, value);
  });
  out.mark();
  out.list(outline.calls, call => {
    writeCall(out, call);
  });
  return out.finish();
}

/**
 * The outline that {@link packOutline} was given, except for its calls.
 * @param calls gives them when they are asked for
 */
export function unpackOutline(
  bytes: Uint8Array,
  intern: (text: string) => string,
  calls: () => readonly OutlineCall[],
): PythonOutline {
  const from = createByteReader(bytes, intern);
  const path = from.string();
  // `packOutline` wrote a kind.
  const kind = from.string() as FileKind;
  const names = readValues(from);
  const stars = from.list(from.string);
  const exporting = from.number();
  const exported = from.list(from.string);
  const functions = from.list(() => readFunction(from));
  const classes = from.list(() => readClass(from));
  const assigned = from.list(() => ({ object: readKnownValue(from), name: from.string() }));
  const handed = from.list(() => readKnownValue(from));
  return {
    path,
    kind,
    names,
    stars,
    ...(exporting === 0 ? {} : { exports: exporting === 1 ? null : exported }),
    functions,
    classes,
    get calls() {
      return calls();
    },
    assigned,
    handed,
  };
}

/** The calls of a packed outline. */
export function unpackCalls(bytes: Uint8Array, intern: (text: string) => string): readonly OutlineCall[] {
  const from = createByteReader(bytes, intern);
  from.jump();
  return from.list(() => readCall(from));
}

function writeFunction(out: ByteWriter, one: OutlineFunction): void {
  out.string(one.qualifiedName);
  out.number((one.isLambda ? 1 : 0) + (one.isAsync ? 2 : 0) + (one.isGenerator ? 4 : 0) + (one.returnsFirst ? 8 : 0));
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

function readFunction(from: ByteReader): OutlineFunction {
  const qualifiedName = from.string();
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
    isLambda: (flags & 1) !== 0,
    isAsync: (flags & 2) !== 0,
    isGenerator: (flags & 4) !== 0,
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
    ...((flags & 8) === 0 ? {} : { returnsFirst: true as const }),
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

function writeClass(out: ByteWriter, one: OutlineClass): void {
  out.string(one.qualifiedName);
  writeRange(out, one.range);
  writeRange(out, one.nameRange);
  out.list(one.bases, value => {
    writeValue(out, value);
  });
  out.list(one.decorators, value => {
    writeValue(out, value);
  });
  out.list(Object.entries(one.methods), ([name, index]) => {
    out.string(name);
    out.index(index);
  });
  writeValues(out, one.attributes);
}

function readClass(from: ByteReader): OutlineClass {
  return {
    qualifiedName: from.string(),
    range: readRange(from),
    nameRange: readRange(from),
    bases: from.list(() => readValue(from)),
    decorators: from.list(() => readValue(from)),
    methods: Object.fromEntries(from.list(() => [from.string(), from.index()] as const)),
    attributes: readValues(from),
  };
}
