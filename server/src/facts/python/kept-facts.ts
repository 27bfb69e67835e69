import type { CallFact, ClassFact, FunctionFact, ParameterFact, Value } from '../../core/python-facts.ts';
import type { PythonSource } from '../../core/source-file.ts';
import type { TextRange } from '../../core/text.ts';
import { findChangedPart, startOfSurroundings, type ChangedPart } from '../../syntax/python/changed-part.ts';
import type { NumberedNodes } from './numbered-nodes.ts';
import { matchOutsideViews } from './outside-view.ts';
import type { PythonFile } from './python-file.ts';

/** Facts of the version before that are true of the next one too, at their new places; undefined for all others. */
export interface KeptFacts {
  call(index: number): CallFact | undefined;
  function(index: number): FunctionFact | undefined;
  /** Without its ranges: those of a class around the change are others. */
  class(index: number): KeptClass | undefined;
}

export type KeptClass = Omit<ClassFact, 'range' | 'nameRange'>;

/**
 * Finds what remains true where an edit has changed nothing but the inside of one function, and nothing of that which
 * others see of it: facts of all code outside of it follow from the same names and the same values as before.
 * @param now the next version, of which no facts are known yet
 */
export function keepFacts(before: PythonFile, now: Omit<PythonFile, 'facts'>): KeptFacts | undefined {
  const part = findChangedPart(before.source, now.source);
  const origins = part && matchOutsideViews(before, now, part);
  if (!part || !origins) return undefined;
  const calls = renumber(before.numbers.calls, now.numbers.calls, part);
  if (![...origins].every(([old, current]) => isPaired(calls, old, current))) return undefined;
  const numbers = {
    calls,
    functions: renumber(before.numbers.functions, now.numbers.functions, part),
    classes: renumber(before.numbers.classes, now.numbers.classes, part),
    loops: renumber(before.numbers.loops, now.numbers.loops, part),
    tries: renumber(before.numbers.tries, now.numbers.tries, part),
  };
  const move = { numbers, valueOf: valueMover(numbers.calls, origins), rangeOf: rangeMover(before.source, part) };
  const { facts } = before;
  return {
    call: index => moveCall(facts.calls[numbers.calls.oldOf(index)], index, move),
    function: index => moveFunction(facts.functions[numbers.functions.oldOf(index)], index, move),
    class: index => moveClass(facts.classes[numbers.classes.oldOf(index)], index, move),
  };
}

/** How the numbers of things outside of the changed function differ between the versions; -1 for those inside. */
interface Renumbering {
  readonly oldOf: (index: number) => number;
  readonly newOf: (index: number) => number;
}

/** Whether two numbers may name the same thing: one outside of the function, or any two inside. */
function isPaired({ oldOf, newOf }: Renumbering, old: number, now: number): boolean {
  return newOf(old) < 0 ? oldOf(now) < 0 : newOf(old) === now;
}

function renumber(before: NumberedNodes, now: NumberedNodes, { start, oldEnd, newEnd }: ChangedPart): Renumbering {
  const first = before.countBefore(start);
  const end = { before: before.countBefore(oldEnd), now: now.countBefore(newEnd) };
  return {
    oldOf: index => (index < first ? index : index < end.now ? -1 : index - end.now + end.before),
    newOf: index => (index < first ? index : index < end.before ? -1 : index - end.before + end.now),
  };
}

/** Takes what was true of the version before to the next one. */
interface Move {
  readonly numbers: { readonly [Kind in 'calls' | 'functions' | 'classes' | 'loops' | 'tries']: Renumbering };
  /** The same value where nothing about it has changed. */
  readonly valueOf: (value: Value) => Value;
  /** Undefined for a range that the change touches. */
  readonly rangeOf: (range: TextRange) => TextRange | undefined;
}

function rangeMover({ tree }: PythonSource, part: ChangedPart): Move['rangeOf'] {
  const { oldEnd, newEnd } = part.stretch;
  const shift = newEnd - oldEnd;
  const first = startOfSurroundings(tree, part);
  return range => {
    if (range.end < first) return range;
    return range.start > oldEnd ? { start: range.start + shift, end: range.end + shift } : undefined;
  };
}

/** @param origins numbers of calls inside of the changed function that values outside of it come from */
function valueMover(calls: Renumbering, origins: ReadonlyMap<number, number>): Move['valueOf'] {
  const newOf = (call: number): number => {
    const moved = calls.newOf(call);
    return moved < 0 ? (origins.get(call) ?? -1) : moved;
  };
  return value => {
    const { origin, partial } = value;
    const isSame =
      (origin === undefined || newOf(origin) === origin) && (partial === undefined || newOf(partial) === partial);
    if (isSame) return value;
    return {
      ...value,
      ...(origin !== undefined && { origin: newOf(origin) }),
      ...(partial !== undefined && { partial: newOf(partial) }),
    };
  };
}

function moveCall(call: CallFact | undefined, index: number, move: Move): CallFact | undefined {
  // A statement that was not found has an empty range at the start.
  const statementRange = call && call.statementRange.end > 0 ? move.rangeOf(call.statementRange) : undefined;
  if (!call || !statementRange) return undefined;
  const { numbers, valueOf, rangeOf } = move;
  const isUnmoved = statementRange === call.statementRange;
  if (isUnmoved && hasSameValues(call, valueOf)) return call;
  const place = (range: TextRange): TextRange => rangeOf(range) ?? range;
  // Written out: half of a file's calls are moved at each key.
  return {
    index,
    range: place(call.range),
    calleeRange: place(call.calleeRange),
    argumentsRange: place(call.argumentsRange),
    calleeText: call.calleeText,
    callee: call.callee && valueOf(call.callee),
    arguments: call.arguments.map(argument => ({
      name: argument.name,
      kind: argument.kind,
      range: place(argument.range),
      valueRange: place(argument.valueRange),
      literal: argument.literal,
      value: argument.value && valueOf(argument.value),
    })),
    function: newNumber(numbers.functions, call.function),
    awaited: call.awaited,
    usage: call.usage,
    target: call.target,
    statementRange,
    loops: newNumbers(numbers.loops, call.loops),
    tries: newNumbers(numbers.tries, call.tries),
    inComprehension: call.inComprehension,
    atDefinition: call.atDefinition,
  };
}

function hasSameValues({ callee, arguments: given }: CallFact, valueOf: Move['valueOf']): boolean {
  if (callee && valueOf(callee) !== callee) return false;
  return given.every(({ value }) => !value || valueOf(value) === value);
}

function newNumber(numbers: Renumbering, index: number): number {
  return index < 0 ? index : numbers.newOf(index);
}

function newNumbers(numbers: Renumbering, indices: readonly number[]): readonly number[] {
  return indices.length === 0 ? indices : indices.map(index => newNumber(numbers, index));
}

function moveFunction(one: FunctionFact | undefined, index: number, move: Move): FunctionFact | undefined {
  const range = one && move.rangeOf(one.range);
  if (!one || !range) return undefined;
  const { numbers, valueOf, rangeOf } = move;
  return {
    index,
    qualifiedName: one.qualifiedName,
    kind: one.kind,
    isAsync: one.isAsync,
    isGenerator: one.isGenerator,
    range,
    nameRange: rangeOf(one.nameRange) ?? range,
    bodyRange: rangeOf(one.bodyRange) ?? range,
    parent: newNumber(numbers.functions, one.parent),
    class: newNumber(numbers.classes, one.class),
    decorators: moveValues(one.decorators, valueOf),
    parameters: one.parameters.some(({ depends }) => depends) ? one.parameters.map(moveParameter) : one.parameters,
    returnAnnotation: one.returnAnnotation,
    returns: moveValues(one.returns, valueOf),
    codeHash: one.codeHash,
  };

  function moveParameter(parameter: ParameterFact): ParameterFact {
    return parameter.depends ? { ...parameter, depends: valueOf(parameter.depends) } : parameter;
  }
}

function moveValues(values: readonly (Value | undefined)[], valueOf: Move['valueOf']): readonly (Value | undefined)[] {
  return values.length === 0 ? values : values.map(value => value && valueOf(value));
}

function moveClass(one: ClassFact | undefined, index: number, { valueOf }: Move): KeptClass | undefined {
  if (!one) return undefined;
  return {
    index,
    qualifiedName: one.qualifiedName,
    bases: moveValues(one.bases, valueOf),
    decorators: moveValues(one.decorators, valueOf),
    methods: one.methods,
    attributes: one.attributes.map(attribute => {
      const value = attribute.value && valueOf(attribute.value);
      return value === attribute.value ? attribute : { name: attribute.name, value };
    }),
  };
}
