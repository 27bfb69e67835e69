import type { CallRef, Symbol, Value } from '../../core/python-facts.ts';
import type { FunctionId } from '../../core/python-index.ts';
import type { OutlineFunction } from '../../core/python-outline.ts';
import { BUILTIN_NAMES } from '../python/builtins.ts';
import { createClassHierarchy, type ClassHierarchy } from './class-hierarchy.ts';
import { createClassMembers } from './class-members.ts';
import { decorationOf, type Decoration } from './decorators.ts';
import { agreed, isSame, type ClassEntity, type Entity, type FunctionEntity, type InstanceEntity } from './entity.ts';
import type { ModuleMap, WorkspaceModule } from './module-map.ts';
import type { OutlineStore } from './outline-store.ts';
import { stepsOf, type Step } from './symbol-steps.ts';
import type { Tracker } from './tracker.ts';

/** Says what the symbols and values of files stand for. Unknown is `undefined`. */
export interface Evaluator {
  readonly hierarchy: ClassHierarchy;
  symbol(path: string, symbol: Symbol): Entity | undefined;
  value(path: string, value: Value): Entity | undefined;
  member(entity: Entity, name: string): Entity | undefined;
  /** The function behind a number, with its file. */
  functionOf(id: FunctionId): { readonly path: string; readonly fact: OutlineFunction } | undefined;
  decorationOf(id: FunctionId): Decoration;
  /** Whether a subclass in the workspace has a member of that name, too. */
  isOverridden(owner: { readonly path: string; readonly name: string }, member: string): boolean;
}

/** What evaluation asks of the index around it. */
export interface EvaluationContext {
  readonly store: OutlineStore;
  readonly tracker: Tracker;
  readonly modules: () => ModuleMap;
  readonly isOverridden: (owner: { readonly path: string; readonly name: string }, member: string) => boolean;
}

/** Where a value is looked at from: the object that a method was called on takes the place of `self`. */
interface Receiver {
  /** Its class and the ancestors of that, as far as they stand in the file. */
  readonly classNames: readonly string[];
  readonly entity: InstanceEntity | ClassEntity;
}

/** Builds the evaluator of one workspace. */
export function createEvaluator({ store, tracker, modules, isOverridden }: EvaluationContext): Evaluator {
  const hierarchy = createClassHierarchy(store, tracker, (path, symbol) => evaluateSymbol(path, symbol));
  const members = createClassMembers(hierarchy, {
    value: (path, value, receiver) => evaluateValue(path, value, receiver),
    function: (path, index, receiver) => {
      const id = store.get(path)?.ids[index];
      return id === undefined ? undefined : attributeFunction({ kind: 'function', id, receiver });
    },
    isOverridden,
  });

  function evaluateValue(path: string, value: Value, receiver?: InstanceEntity | ClassEntity): Entity | undefined {
    const origin = value.origin === undefined ? undefined : { path, call: value.origin };
    const entity = evaluateSymbol(path, value.symbol, origin, receiver && selfOf(path, receiver));
    if (entity?.kind !== 'external' || value.partial === undefined) return entity;
    return { ...entity, partial: { path, call: value.partial } };
  }

  /** `self` means the receiver in the classes that it is an instance of. */
  function selfOf(path: string, entity: InstanceEntity | ClassEntity): Receiver {
    const order = hierarchy.orderOf(entity);
    return { entity, classNames: order.flatMap(one => (one.kind === 'class' && one.path === path ? [one.name] : [])) };
  }

  function evaluateSymbol(path: string, symbol: Symbol, origin?: CallRef, self?: Receiver): Entity | undefined {
    if (symbol.startsWith(':')) return evaluateLocal(path, symbol.slice(1), origin, self);
    const start = modules().start(path, symbol);
    if (start) return evaluateInModule(start.module, start.rest, origin, path);
    if (symbol.startsWith('.')) return undefined;
    return { kind: 'external', symbol, ...(origin && { origin }) };
  }

  function evaluateInModule(
    module: WorkspaceModule,
    rest: string,
    origin: CallRef | undefined,
    from: string,
  ): Entity | undefined {
    const steps = stepsOf(rest);
    const [first, ...others] = steps;
    // A package that takes a name out of itself means its submodule.
    if (first?.kind === 'member' && module.path === from && module.folder !== undefined) {
      const inner = modules().child(module, first.name);
      if (inner) return follow({ kind: 'module', module: inner }, others, origin);
    }
    return follow({ kind: 'module', module }, steps, origin);
  }

  function evaluateLocal(path: string, body: string, origin: CallRef | undefined, self?: Receiver): Entity | undefined {
    const className = /^[^()]+/.exec(body)?.[0] ?? '';
    if (self && origin === undefined && self.classNames.includes(className)) {
      const rest = body.slice(className.length);
      const isInstance = self.entity.kind === 'instance';
      if (isInstance && rest.startsWith('()')) return follow(self.entity, stepsOf(rest.slice(2)), origin);
      if (!isInstance && rest === '') return self.entity;
    }
    const [dotted = ''] = body.split('()', 1);
    const names = dotted.split('.');
    for (let size = names.length; size > 0; size--) {
      const name = names.slice(0, size).join('.');
      const found = definition(path, name);
      if (found === null) return undefined;
      if (found) return follow(found, stepsOf(body.slice(name.length)), origin);
    }
    const top = names[0] ?? '';
    return follow(ownName(path, top), stepsOf(body.slice(top.length)), origin);
  }

  /** `null`: there are several. */
  function definition(path: string, name: string): Entity | null | undefined {
    tracker.read(`D\0${path}\0${name}`);
    const file = store.get(path);
    const found = file?.definitions.get(name);
    if (!found) return found;
    if (found.kind === 'class') return { kind: 'class', path, name };
    const id = file?.ids[found.index];
    return id === undefined ? undefined : { kind: 'function', id };
  }

  function ownName(path: string, name: string): Entity | undefined {
    return moduleName(path, name) ?? (BUILTIN_NAMES.has(name) && !hasForeignStar(path) ? external(name) : undefined);
  }

  function external(name: string): Entity {
    return { kind: 'external', symbol: `builtins.${name}` };
  }

  function follow(start: Entity | undefined, steps: readonly Step[], origin: CallRef | undefined): Entity | undefined {
    let entity = start;
    for (let at = 0; entity && at < steps.length; at++) {
      const step = steps[at];
      if (!step) return entity;
      if (step.kind === 'member' && entity.kind === 'module') {
        const rest = steps.slice(at + 1);
        const [named, inner] = moduleMember(entity.module, step.name);
        if (named && inner && !isSame(named, inner)) return either(named, inner, rest, origin);
        entity = named ?? inner;
      } else entity = take(entity, step, origin);
    }
    return entity;
  }

  /** A package's attribute and a submodule share a name: what follows tells which one is meant. */
  function either(
    named: Entity,
    inner: Entity,
    rest: readonly Step[],
    origin: CallRef | undefined,
  ): Entity | undefined {
    if (rest.length === 0) return named;
    const first = follow(named, rest, origin);
    const second = follow(inner, rest, origin);
    return first && second ? undefined : (first ?? second);
  }

  function take(entity: Entity, step: Step, origin: CallRef | undefined): Entity | undefined {
    switch (step.kind) {
      case 'member':
        return member(entity, step.name);
      case 'call':
        return call(entity, step.isOrigin ? origin : undefined);
      case 'enter':
        return enter(entity);
      case 'depends':
        return depend(entity);
      case 'super':
        return entity.kind === 'class' ? { ...entity, kind: 'super' } : undefined;
    }
  }

  function member(entity: Entity, name: string): Entity | undefined {
    switch (entity.kind) {
      case 'module': {
        const [named, inner] = moduleMember(entity.module, name);
        return named ?? inner;
      }
      case 'class':
      case 'instance':
      case 'super':
        return members.find(entity, name);
      case 'external':
        return { ...entity, symbol: `${entity.symbol}.${name}` };
      case 'function':
      case 'manager':
        return undefined;
    }
  }

  /** What a package calls by a name, and its submodule of that name. */
  function moduleMember(module: WorkspaceModule, name: string): readonly [Entity | undefined, Entity | undefined] {
    const inner = modules().child(module, name);
    const named = module.path === undefined ? undefined : moduleName(module.path, name);
    return [named, inner && { kind: 'module', module: inner }];
  }

  /** What a module binds a name to, star imports included. */
  function moduleName(path: string, name: string): Entity | undefined {
    return tracker.memo(`name\0${path}\0${name}`, () => {
      tracker.read(`N\0${path}\0${name}`);
      const outline = store.get(path)?.outline;
      if (!outline) return undefined;
      if (Object.hasOwn(outline.names, name)) {
        const value = outline.names[name];
        return value ? evaluateValue(path, value) : undefined;
      }
      return starName(path, name);
    });
  }

  function starName(path: string, name: string): Entity | undefined {
    tracker.read(`S\0${path}`);
    const found: Entity[] = [];
    for (const star of store.get(path)?.outline.stars ?? []) {
      const module = modules().find(path, star);
      // A library's names may take the place of what came before.
      if (!module) found.length = 0;
      else if (module.path !== undefined && isExported(module.path, name)) {
        const entity = moduleName(module.path, name);
        if (!entity) return undefined;
        found.push(entity);
      }
    }
    return agreed(found);
  }

  function isExported(path: string, name: string): boolean {
    return (
      tracker.memo(`exported\0${path}\0${name}`, () => {
        tracker.read(`S\0${path}`);
        tracker.read(`N\0${path}\0${name}`);
        const outline = store.get(path)?.outline;
        if (!outline) return false;
        if (outline.exports) return outline.exports.includes(name);
        if (outline.exports === undefined && name.startsWith('_')) return false;
        if (Object.hasOwn(outline.names, name)) return true;
        return outline.stars.some(star => {
          const module = modules().find(path, star);
          return module?.path !== undefined && isExported(module.path, name);
        });
      }) ?? false
    );
  }

  function hasForeignStar(path: string): boolean {
    tracker.read(`S\0${path}`);
    return store.get(path)?.outline.stars.some(star => modules().find(path, star)?.path === undefined) ?? false;
  }

  function call(entity: Entity, origin: CallRef | undefined): Entity | undefined {
    switch (entity.kind) {
      case 'function':
        return result(entity);
      case 'class':
        return {
          kind: 'instance',
          path: entity.path,
          name: entity.name,
          exact: origin !== undefined,
          ...(origin && { origin }),
        };
      case 'instance': {
        const method = members.find(entity, '__call__');
        return method?.kind === 'function' ? result(method) : undefined;
      }
      case 'external':
        return { kind: 'external', symbol: `${entity.symbol}()`, ...(origin && { origin }) };
      case 'module':
      case 'manager':
      case 'super':
        return undefined;
    }
  }

  function enter(entity: Entity): Entity | undefined {
    switch (entity.kind) {
      case 'manager':
        return yielded(entity.function);
      case 'instance': {
        const method = members.own(entity, '__enter__') ?? members.own(entity, '__aenter__');
        return method?.kind === 'function' ? result(method) : members.isOwn(entity, '__enter__') ? undefined : entity;
      }
      case 'external':
        return { ...entity, symbol: `${entity.symbol}.__enter__()` };
      case 'class':
      case 'function':
      case 'module':
      case 'super':
        return undefined;
    }
  }

  function depend(entity: Entity): Entity | undefined {
    if (entity.kind !== 'function') return call(entity, undefined);
    const found = functionOf(entity.id);
    return found?.fact.isGenerator === true ? yielded(entity) : result(entity);
  }

  function functionOf(id: FunctionId): { readonly path: string; readonly fact: OutlineFunction } | undefined {
    const place = store.placeOf(id);
    const fact = place && store.get(place.path)?.outline.functions[place.index];
    if (!place || !fact) return undefined;
    tracker.read(`D\0${place.path}\0${fact.qualifiedName}`);
    return { path: place.path, fact };
  }

  function decoration(id: FunctionId): Decoration {
    return (
      tracker.memo(`decoration\0${id}`, () => {
        const found = functionOf(id);
        if (!found) return undefined;
        const { path, fact } = found;
        const entityOf = (decorator: Value): Entity | undefined => {
          const entity = evaluateValue(path, decorator);
          // The body of a decorator decides.
          if (entity?.kind === 'function') functionOf(entity.id);
          return entity;
        };
        return decorationOf(fact, entityOf, store);
      }) ?? { kind: 'open' }
    );
  }

  /** A property read through its class or an instance is what it gives back. */
  function attributeFunction(entity: FunctionEntity): Entity | undefined {
    return decoration(entity.id).kind === 'property' && entity.receiver?.kind === 'instance'
      ? returned(entity)
      : entity;
  }

  /** What calling a function gives. */
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
    return tracker.memo(`returned\0${entity.id}\0${receiverKey(entity)}`, () => {
      const found = functionOf(entity.id);
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
    return tracker.memo(`yielded\0${entity.id}\0${receiverKey(entity)}`, () => {
      const found = functionOf(entity.id);
      if (!found) return undefined;
      return agreed(
        found.fact.yields.map(value => (value ? evaluateValue(found.path, value, entity.receiver) : undefined)),
      );
    });
  }

  return {
    hierarchy,
    symbol: evaluateSymbol,
    value: evaluateValue,
    member,
    functionOf,
    decorationOf: decoration,
    isOverridden,
  };
}

function receiverKey({ receiver }: FunctionEntity): string {
  if (!receiver) return '';
  const made = receiver.kind === 'instance' && receiver.origin ? `${receiver.origin.path}:${receiver.origin.call}` : '';
  return `${receiver.kind}\0${receiver.path}\0${receiver.name}\0${made}`;
}
