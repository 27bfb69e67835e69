import type { Value } from '../../core/python-facts.ts';
import type { FunctionId, Target } from '../../core/python-index.ts';
import type { OutlineCall } from '../../core/python-outline.ts';
import type { Entity, InstanceEntity } from './entity.ts';
import type { Evaluator } from './evaluate.ts';
import type { OutlineStore } from './outline-store.ts';

/** What a call calls; a method that a subclass in the workspace overrides is unknown. */
export function calleeEntity(
  evaluator: Evaluator,
  path: string,
  call: Pick<OutlineCall, 'callee' | 'calleeText'>,
): Entity | undefined {
  const entity = evaluator.value(path, call.callee);
  if (entity?.kind !== 'function') return entity;
  const found = evaluator.functionOf(entity.id);
  if (!found) return undefined;
  const { kind } = evaluator.decorationOf(entity.id);
  if (kind === 'open' || kind === 'property') return undefined;
  const { qualifiedName } = found.fact;
  if (found.fact.class < 0 || entity.receiver || !call.callee.symbol.startsWith(':')) return entity;
  // The file itself has named the method, of an object that may be of a subclass.
  const dot = qualifiedName.lastIndexOf('.');
  const owner = { path: found.path, name: qualifiedName.slice(0, dot) };
  const isByClass = call.calleeText.startsWith(`${owner.name}.`);
  const isSuper = call.callee.symbol.includes('<super>');
  return !isByClass && !isSuper && evaluator.isOverridden(owner, qualifiedName.slice(dot + 1)) ? undefined : entity;
}

/** Functions that run when something is called: itself, or the constructor of a class. */
export function calledFunction(evaluator: Evaluator, callee: Entity | undefined): FunctionId | undefined {
  switch (callee?.kind) {
    case 'function':
      return callee.id;
    case 'class': {
      const made = { kind: 'instance', path: callee.path, name: callee.name, exact: true } as const;
      const constructor = evaluator.member(made, '__init__') ?? afterFields(evaluator, made);
      return constructor?.kind === 'function' ? constructor.id : undefined;
    }
    case 'instance': {
      const method = evaluator.member(callee, '__call__');
      return method?.kind === 'function' ? method.id : undefined;
    }
    case 'external':
    case 'manager':
    case 'module':
    case 'super':
    case undefined:
      return undefined;
  }
}

const DATACLASS = /^(?:dataclasses|pydantic\.dataclasses)\.dataclass(?:\(\))?$/;

/** What the constructor that `@dataclass` writes calls in the end. */
function afterFields(evaluator: Evaluator, made: InstanceEntity): Entity | undefined {
  const { hierarchy } = evaluator;
  const isDataclass = hierarchy.orderOf(made).some(one => {
    if (one.kind !== 'class') return false;
    return hierarchy.classOf(one)?.decorators.some(decorator => {
      const entity = decorator && evaluator.symbol(one.path, decorator.symbol);
      return entity?.kind === 'external' && DATACLASS.test(entity.symbol);
    });
  });
  return isDataclass ? evaluator.member(made, '__post_init__') : undefined;
}

/**
 * Functions that run when `with` enters and leaves what a call gives: those of a class of the workspace that `async with`
 * can't enter.
 * @param callee what is called, as its file sees it
 */
export function enteredFunctions(
  evaluator: Evaluator,
  path: string,
  entity: Entity | undefined,
  callee: Value | undefined,
): readonly FunctionId[] {
  const made = entity && callee && madeBy(evaluator, path, entity, callee);
  if (made?.kind !== 'instance' || evaluator.member(made, '__aenter__')) return [];
  return ['__enter__', '__exit__'].flatMap(name => {
    const method = evaluator.member(made, name);
    const isPlain = method?.kind === 'function' && evaluator.decorationOf(method.id).kind === 'plain';
    return isPlain ? [method.id] : [];
  });
}

function madeBy(evaluator: Evaluator, path: string, entity: Entity, { symbol }: Value): Entity | undefined {
  if (entity.kind === 'class') return { kind: 'instance', path: entity.path, name: entity.name, exact: true };
  return entity.kind === 'function' ? evaluator.symbol(path, `${symbol}()`) : undefined;
}

/** An entity in the terms of the index. */
export function toTarget(entity: Entity | undefined, store: OutlineStore): Target | undefined {
  switch (entity?.kind) {
    case 'function': {
      const place = store.placeOf(entity.id);
      return place && { kind: 'function', path: place.path, function: place.index };
    }
    case 'class':
    case 'instance': {
      const definition = store.get(entity.path)?.definitions.get(entity.name);
      if (definition?.kind !== 'class') return undefined;
      const origin = entity.kind === 'instance' && entity.origin ? { origin: entity.origin } : {};
      return { kind: entity.kind, path: entity.path, class: definition.index, ...origin };
    }
    case 'module':
      return entity.module.path === undefined ? undefined : { kind: 'module', path: entity.module.path };
    case 'external': {
      const { symbol, origin, partial, inheritedBy } = entity;
      const definition = inheritedBy && store.get(inheritedBy.path)?.definitions.get(inheritedBy.name);
      return {
        kind: 'external',
        symbol,
        ...(origin && { origin }),
        ...(partial && { partial }),
        ...(inheritedBy && { inheritedBy: { path: inheritedBy.path, class: definition?.index ?? -1 } }),
      };
    }
    case 'manager':
    case 'super':
    case undefined:
      return undefined;
  }
}
