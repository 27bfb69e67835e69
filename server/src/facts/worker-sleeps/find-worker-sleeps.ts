import type { WorkerSleepFact, WorkerStop } from '../../core/facts/worker-sleep.ts';
import type { TextRange } from '../../core/text.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { childByField, kindOf, parentOf, type NodeIndex } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { constantNumber, operandsOf } from './seconds.ts';
import { stopOfLoop } from './stop-of-loop.ts';

/** Sleeps of synchronous functions, and of the module itself, in loops that an event or a flag ends. */
export function findWorkerSleeps(file: PythonFile): readonly WorkerSleepFact[] {
  const { facts, numbers } = file;
  const sleeps = new Set(
    facts.calls
      .filter(call => call.callee?.symbol === 'time.sleep' && call.loops.length > 0 && !call.atDefinition)
      .filter(call => facts.functions[call.function]?.isAsync !== true)
      .map(({ index }) => index),
  );
  if (sleeps.size === 0) return [];
  return [...numbers.calls]
    .filter(([, index]) => sleeps.has(index))
    .flatMap(([node, index]) => sleepAt(file, node, index));
}

function sleepAt(file: PythonFile, node: NodeIndex, index: number): readonly WorkerSleepFact[] {
  const call = file.facts.calls[index];
  const found = findStop(file, node);
  if (!call || !found) return [];
  const { tree, text } = file.source;
  const [argument, ...others] = operandsOf(file, childByField(tree, node, Field.arguments));
  return [
    {
      range: call.range,
      calleeRange: call.calleeRange,
      calleeText: call.calleeText,
      isStatement: kindOf(tree, parentOf(tree, node)) === Kind.expression_statement,
      ownLine: isOnOwnLine(text, call.range),
      hasPlainArgument:
        others.length === 0 &&
        call.arguments.every(({ name, kind }) => name === undefined && kind !== 'star') &&
        argument !== undefined,
      seconds: argument === undefined ? undefined : constantNumber(file, argument),
      ...found,
    },
  ];
}

function isOnOwnLine(text: string, { start, end }: TextRange): boolean {
  const before = /[^\r\n]*$/.exec(text.slice(Math.max(0, start - 500), start))?.[0] ?? '';
  const after = /^[^\r\n]*/.exec(text.slice(end, end + 500))?.[0] ?? '';
  return before.trim() === '' && /^\s*(#.*)?$/.test(after);
}

/** The nearest loop around a node that something can end. */
function findStop(file: PythonFile, from: NodeIndex): { stop: WorkerStop; isDirect: boolean } | undefined {
  const { tree } = file.source;
  let isDirect = true;
  for (let child = from, node = parentOf(tree, from); node > 0; child = node, node = parentOf(tree, node)) {
    const kind = kindOf(tree, node);
    if (kind === Kind.function_definition || kind === Kind.lambda) return undefined;
    const isLoop = kind === Kind.while_statement || kind === Kind.for_statement;
    if (!isLoop || tree.fields[child] !== Field.body) continue;
    const stop = stopOfLoop(file, node);
    if (stop) return { stop, isDirect };
    isDirect = false;
  }
  return undefined;
}
