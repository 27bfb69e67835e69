import type { CallEdge, CallGraph } from '../../core/python-index.ts';
import type { CallCondition, OutlineArgument, OutlineFunction, OutlineParameter } from '../../core/python-outline.ts';

/** Whether the arguments of a call meet conditions on the parameters of the function that it calls; false where unsure. */
export function meetsConditions(
  { call, callee }: CallEdge,
  conditions: readonly CallCondition[],
  graph: CallGraph,
): boolean {
  const target = graph.functionOf(callee);
  const isOpen = call.arguments.some(({ kind }) => kind === 'star' || kind === 'doubleStar');
  return conditions.every(condition => {
    const argument = argumentFor(
      call.arguments,
      condition.parameter,
      target,
      isBound(call.calleeText, target, graph, callee),
    );
    if (isOpen) return false;
    if (!argument) return condition.byDefault ?? false;
    return valueOf(argument) === condition.when || (valueOf(argument) === 'unknown' && condition.when === 'given');
  });
}

/** Whether the first parameter is the object that the method is taken from. */
function isBound(calleeText: string, target: OutlineFunction, graph: CallGraph, callee: CallEdge['callee']): boolean {
  const owner = graph.classOf(callee)?.qualifiedName;
  const isStatic = target.decorators.some(decorator => decorator?.symbol === 'builtins.staticmethod');
  if (owner === undefined || isStatic) return false;
  const isClassMethod = target.decorators.some(decorator => decorator?.symbol === 'builtins.classmethod');
  return isClassMethod || !calleeText.startsWith(`${owner}.`);
}

function argumentFor(
  given: readonly OutlineArgument[],
  name: string,
  { parameters }: OutlineFunction,
  isMethod: boolean,
): OutlineArgument | undefined {
  const positional = parameters.filter(({ kind }: OutlineParameter) => kind === 'positional');
  const position = positional.findIndex(parameter => parameter.name === name) - (isMethod ? 1 : 0);
  return given.find(one => one.name === name) ?? given.filter(one => one.name === undefined)[position];
}

function valueOf({ kind, literal }: OutlineArgument): CallCondition['when'] | 'unknown' {
  if (kind === 'none' || kind === 'false') return 'missing';
  if (literal === undefined) return 'unknown';
  return /^(?:None|False|0|""|''|\(\)|\[\]|\{\})$/.test(literal) ? 'missing' : 'given';
}
