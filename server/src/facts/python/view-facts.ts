import type { CallFact, FunctionFact, ParameterFact, PythonFacts, Value } from '../../core/python-facts.ts';
import type { LinkedClients } from './linked-clients.ts';
import type { Resolver } from './resolve.ts';

/** Says what a value of one file is to its readers; undefined: unknown to them. Gives back the same object where it can. */
export interface ValueView {
  (value: Value): Value | undefined;
  /** What other files do with clients; absent where they do nothing, and where nobody asked them. */
  readonly clients?: LinkedClients;
}

/** What recognisers see of a file that is looked at alone: nothing that only other files can explain. */
export const aloneView: ValueView = value => (value.deferred ? undefined : value);

/** Facts with every value seen through a view. */
export function viewFacts(facts: PythonFacts, view: ValueView): PythonFacts {
  const see = (value: Value | undefined): Value | undefined => value && view(value);
  const seeAll = (values: readonly (Value | undefined)[]): readonly (Value | undefined)[] =>
    values.some(value => see(value) !== value) ? values.map(see) : values;
  const seeParameter = (parameter: ParameterFact): ParameterFact => {
    const depends = see(parameter.depends);
    if (depends === parameter.depends) return parameter;
    const { name, kind, hasDefault, annotation } = parameter;
    return { name, kind, hasDefault, annotation, ...(depends && { depends }) };
  };
  const seeCall = (call: CallFact): CallFact => {
    const callee = see(call.callee);
    const isSame = callee === call.callee && call.arguments.every(({ value }) => see(value) === value);
    if (isSame) return call;
    const given = call.arguments.map(argument => ({ ...argument, value: see(argument.value) }));
    return { ...call, callee, arguments: given };
  };
  const seeFunction = (one: FunctionFact): FunctionFact => {
    const decorators = seeAll(one.decorators);
    const returns = seeAll(one.returns);
    const parameters = one.parameters.map(seeParameter);
    const isSame =
      decorators === one.decorators &&
      returns === one.returns &&
      parameters.every((parameter, index) => parameter === one.parameters[index]);
    return isSame ? one : { ...one, decorators, parameters, returns };
  };
  return {
    ...facts,
    calls: facts.calls.map(seeCall),
    functions: facts.functions.map(seeFunction),
    classes: facts.classes.map(one => ({
      ...one,
      bases: seeAll(one.bases),
      decorators: seeAll(one.decorators),
      attributes: one.attributes.map(({ name, value }) => ({ name, value: see(value) })),
    })),
    bindings: facts.bindings.map(({ name, value }) => ({ name, value: see(value) })),
  };
}

/** A resolver that answers through a view. */
export function viewResolver(resolver: Resolver, view: ValueView): Resolver {
  const see = (value: Value | undefined): Value | undefined => value && view(value);
  return {
    valueOf: node => see(resolver.valueOf(node)),
    instanceOf: annotation => see(resolver.instanceOf(annotation)),
    lookup: (name, at) => see(resolver.lookup(name, at)),
    valueOfBinding: binding => see(resolver.valueOfBinding(binding)),
    attributeOf: (scope, name) => see(resolver.attributeOf(scope, name)),
    returnsOf: scope => resolver.returnsOf(scope).map(see),
    isOrderSensitive: () => resolver.isOrderSensitive(),
  };
}
