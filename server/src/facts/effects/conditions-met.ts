import type { CallEdge, CallGraph, FunctionId } from '../../core/python-index.ts';
import type { CallCondition, OutlineArgument } from '../../core/python-outline.ts';
import { isApplied } from './entry.ts';

/** Whether the arguments of a call meet conditions on the parameters of the function that it calls; false where unsure. */
export function meetsConditions(
  { call, callee }: CallEdge,
  conditions: readonly CallCondition[],
  graph: CallGraph,
): boolean {
  // `with` hands over what has gone wrong, which mostly is nothing.
  if (isByWith(call.calleeText, callee, graph)) return conditions.every(({ when }) => when === 'missing');
  const given = isApplied(call, graph.functionOf(callee)) ? call.arguments.slice(1) : call.arguments;
  const isOpen = given.some(({ kind }) => kind === 'star' || kind === 'doubleStar');
  const skipped = isBound(call.calleeText, callee, graph) ? 1 : 0;
  const positional = given.filter(({ name }) => name === undefined);
  return conditions.every(({ parameter, position, when, byDefault }) => {
    if (isOpen) return false;
    const named = given.find(({ name }) => name === parameter);
    const argument = named ?? (position === undefined ? undefined : positional[position - skipped]);
    if (!argument) return byDefault ?? false;
    const value = valueOf(argument);
    // Who passes something on mostly has it.
    return value === when || (value === 'unknown' && when === 'given');
  });
}

function isByWith(calleeText: string, callee: FunctionId, graph: CallGraph): boolean {
  const name = /\.(__(?:enter|exit)__)$/.exec(graph.functionOf(callee).qualifiedName)?.[1];
  return name !== undefined && !calleeText.endsWith(name);
}

/** Whether the first parameter is the object that the method is taken from, or the one that is made. */
function isBound(calleeText: string, callee: FunctionId, graph: CallGraph): boolean {
  const owner = graph.classOf(callee)?.qualifiedName;
  const { decorators } = graph.functionOf(callee);
  const hasDecorator = (name: string): boolean => decorators.some(decorator => decorator?.symbol === name);
  if (owner === undefined || hasDecorator('builtins.staticmethod')) return false;
  return hasDecorator('builtins.classmethod') || !calleeText.startsWith(`${owner}.`);
}

function valueOf({ kind, literal }: OutlineArgument): CallCondition['when'] | 'unknown' {
  if (kind === 'none' || kind === 'false') return 'missing';
  if (literal === undefined) return 'unknown';
  return /^(?:None|False|0|""|''|\(\)|\[\]|\{\})$/.test(literal) ? 'missing' : 'given';
}
