import type { Symbol, Value } from '../../core/python-facts.ts';
import type { FunctionId } from '../../core/python-index.ts';
import type { OutlineFunction } from '../../core/python-outline.ts';
import { decorationOf, type Decoration } from './decorators.ts';
import { agreed, type ClassEntity, type Entity, type FunctionEntity, type InstanceEntity } from './entity.ts';
import type { Keys } from './keys.ts';
import type { OutlineStore } from './outline-store.ts';
import type { Tracker } from './tracker.ts';

/** Says what functions of the workspace give back. Unknown is `undefined`. */
export interface FunctionResults {
  /** The function behind a number, with its file. */
  readonly functionOf: (id: FunctionId) => { readonly path: string; readonly fact: OutlineFunction } | undefined;
  readonly decoration: (id: FunctionId) => Decoration;
  /** A property read through its class or an instance is what it gives back. */
  attributeFunction(entity: FunctionEntity): Entity | undefined;
  /** What calling a function gives. */
  result(entity: FunctionEntity): Entity | undefined;
  /** What a generator yields, when that is always the same. */
  yielded(entity: FunctionEntity): Entity | undefined;
}

/** What the answers are made of. */
export interface ResultContext {
  readonly store: OutlineStore;
  readonly tracker: Tracker;
  readonly keys: Keys;
  readonly value: (path: string, value: Value, receiver?: InstanceEntity | ClassEntity) => Entity | undefined;
  readonly symbol: (path: string, symbol: Symbol) => Entity | undefined;
}

/** Builds the answers for one workspace. */
export function createFunctionResults({
  store,
  tracker,
  keys,
  value: evaluateValue,
  symbol: evaluateSymbol,
}: ResultContext): FunctionResults {
  function functionOf(id: FunctionId): { readonly path: string; readonly fact: OutlineFunction } | undefined {
    const place = store.placeOf(id);
    const fact = store.functionOf(id);
    if (!place || !fact) return undefined;
    tracker.read(keys.definition(place.path, fact.qualifiedName));
    return { path: place.path, fact };
  }

  /** The same, for those who look at what the function gives back. */
  function resultsOf(id: FunctionId): ReturnType<typeof functionOf> {
    const found = functionOf(id);
    if (found) tracker.read(keys.results(found.path, found.fact.qualifiedName));
    return found;
  }

  /** The body of a decorator decides, and that of the wrapper that it gives back. */
  function readDecorator(id: FunctionId): void {
    const { path, fact } = resultsOf(id) ?? {};
    if (path === undefined || !fact) return;
    for (const value of fact.returns) {
      if (value?.symbol.startsWith(':')) tracker.read(keys.definition(path, value.symbol.slice(1)));
    }
  }

  function decoration(id: FunctionId): Decoration {
    return (
      tracker.memo('decoration', id, '', () => {
        const found = functionOf(id);
        if (!found) return undefined;
        const { path, fact } = found;
        const entityOf = (decorator: Value): Entity | undefined => {
          const entity = evaluateValue(path, decorator);
          if (entity?.kind === 'function') readDecorator(entity.id);
          return entity;
        };
        return decorationOf(fact, entityOf, store);
      }) ?? { kind: 'open' }
    );
  }

  function attributeFunction(entity: FunctionEntity): Entity | undefined {
    return decoration(entity.id).kind === 'property' && entity.receiver?.kind === 'instance'
      ? returned(entity)
      : entity;
  }

  function result(entity: FunctionEntity): Entity | undefined {
    switch (decoration(entity.id).kind) {
      case 'plain':
        return returned(entity);
      case 'manager':
        return { kind: 'manager', function: entity };
      case 'property':
      case 'open':
        return undefined;
    }
  }

  function returned(entity: FunctionEntity): Entity | undefined {
    return tracker.memo('returned', entity.id, receiverKey(entity), () => {
      const found = resultsOf(entity.id);
      if (!found || found.fact.isGenerator) return undefined;
      const { path, fact } = found;
      const values = fact.returns.map(value => (value ? evaluateValue(path, value, entity.receiver) : undefined));
      if (fact.returnsFirst && fact.class >= 0) return entity.receiver;
      const both = agreed(values);
      if (both || fact.returnAnnotation === undefined) return both;
      return evaluateSymbol(path, fact.returnAnnotation);
    });
  }

  function yielded(entity: FunctionEntity): Entity | undefined {
    return tracker.memo('yielded', entity.id, receiverKey(entity), () => {
      const found = resultsOf(entity.id);
      if (!found) return undefined;
      return agreed(
        found.fact.yields.map(value => (value ? evaluateValue(found.path, value, entity.receiver) : undefined)),
      );
    });
  }

  return { functionOf, decoration, attributeFunction, result, yielded };
}

function receiverKey({ receiver }: FunctionEntity): string {
  if (!receiver) return '';
  const made = receiver.kind === 'instance' && receiver.origin ? `${receiver.origin.path}:${receiver.origin.call}` : '';
  return `${receiver.kind}\0${receiver.path}\0${receiver.name}\0${made}`;
}
