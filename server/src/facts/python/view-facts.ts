import { defineLazy } from '../../core/lazy.ts';
import type {
  ArgumentFact,
  AttributeFact,
  BindingFact,
  CallFact,
  ClassFact,
  FunctionFact,
  ParameterFact,
  PythonFacts,
  Value,
} from '../../core/python-facts.ts';
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

/** Facts with every value seen through a view, each kind of them when somebody asks for it. */
export function viewFacts(facts: PythonFacts, view: ValueView): PythonFacts {
  return lazyView({}, { facts, sight: sightThrough(view) });
}

const lazyView = defineLazy<{ readonly facts: PythonFacts; readonly sight: Sight }, PythonFacts>({
  calls: ({ facts, sight }) => mapKeeping(facts.calls, sight.call),
  functions: ({ facts, sight }) => mapKeeping(facts.functions, sight.function),
  classes: ({ facts, sight }) => mapKeeping(facts.classes, sight.class),
  imports: ({ facts }) => facts.imports,
  loops: ({ facts }) => facts.loops,
  tries: ({ facts }) => facts.tries,
  bindings: ({ facts, sight }) => mapKeeping(facts.bindings, sight.binding),
  exports: ({ facts }) => facts.exports,
  mainGuards: ({ facts }) => facts.mainGuards,
});

/** How each kind of fact looks through a view; the same object where it looks the same. */
interface Sight {
  readonly call: (call: CallFact) => CallFact;
  readonly function: (one: FunctionFact) => FunctionFact;
  readonly class: (one: ClassFact) => ClassFact;
  readonly binding: (binding: BindingFact) => BindingFact;
}

function sightThrough(view: ValueView): Sight {
  const see = (value: Value | undefined): Value | undefined => value && view(value);
  const seeAll = (values: readonly (Value | undefined)[]): readonly (Value | undefined)[] => mapKeeping(values, see);
  const seeParameter = (parameter: ParameterFact): ParameterFact => {
    const depends = see(parameter.depends);
    if (depends === parameter.depends) return parameter;
    const { name, kind, hasDefault, annotation } = parameter;
    return { name, kind, hasDefault, annotation, ...(depends && { depends }) };
  };
  const seeArgument = (argument: ArgumentFact): ArgumentFact => {
    const value = see(argument.value);
    return value === argument.value ? argument : { ...argument, value };
  };
  const seeNamed = <Named extends AttributeFact | BindingFact>(named: Named): Named => {
    const value = see(named.value);
    return value === named.value ? named : { ...named, value };
  };
  return {
    call: call => {
      const callee = see(call.callee);
      const given = mapKeeping(call.arguments, seeArgument);
      return callee === call.callee && given === call.arguments ? call : withCallee(call, callee, given);
    },
    function: one => {
      const decorators = seeAll(one.decorators);
      const returns = seeAll(one.returns);
      const parameters = mapKeeping(one.parameters, seeParameter);
      const isSame = decorators === one.decorators && returns === one.returns && parameters === one.parameters;
      return isSame ? one : { ...one, decorators, parameters, returns };
    },
    class: one => {
      const bases = seeAll(one.bases);
      const decorators = seeAll(one.decorators);
      const attributes = mapKeeping(one.attributes, seeNamed);
      const isSame = bases === one.bases && decorators === one.decorators && attributes === one.attributes;
      return isSame ? one : { ...one, bases, decorators, attributes };
    },
    binding: seeNamed,
  };
}

/** What a function gives for each item; the list itself when each stays what it is. */
function mapKeeping<Item>(items: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  let changed: Item[] | undefined;
  let index = 0;
  for (const item of items) {
    const next = change(item);
    if (changed) changed.push(next);
    else if (next !== item) changed = [...items.slice(0, index), next];
    index++;
  }
  return changed ?? items;
}

/** Written out: half of a file's calls are made by names that other files may explain. */
function withCallee(call: CallFact, callee: Value | undefined, given: readonly ArgumentFact[]): CallFact {
  return {
    index: call.index,
    range: call.range,
    calleeRange: call.calleeRange,
    argumentsRange: call.argumentsRange,
    calleeText: call.calleeText,
    callee,
    arguments: given,
    function: call.function,
    awaited: call.awaited,
    usage: call.usage,
    target: call.target,
    statementRange: call.statementRange,
    loops: call.loops,
    tries: call.tries,
    inComprehension: call.inComprehension,
    atDefinition: call.atDefinition,
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
