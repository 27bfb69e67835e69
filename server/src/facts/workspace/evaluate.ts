import type { CallRef, Symbol, Value } from '../../core/python-facts.ts';
import type { FunctionId } from '../../core/python-index.ts';
import type { OutlineFunction } from '../../core/python-outline.ts';
import { createClassHierarchy, type ClassHierarchy } from './class-hierarchy.ts';
import { createClassMembers } from './class-members.ts';
import type { Decoration } from './decorators.ts';
import { isSame, type ClassEntity, type ClassRef, type Entity, type InstanceEntity } from './entity.ts';
import { createFunctionResults } from './function-results.ts';
import type { Keys } from './keys.ts';
import type { ModuleMap, WorkspaceModule } from './module-map.ts';
import { createModuleNames } from './module-names.ts';
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
  isOverridden(owner: ClassRef, member: string): boolean;
}

/** What evaluation asks of the index around it. */
export interface EvaluationContext {
  readonly store: OutlineStore;
  readonly tracker: Tracker;
  readonly keys: Keys;
  readonly modules: () => ModuleMap;
  readonly isOverridden: (owner: ClassRef, member: string) => boolean;
  readonly isPatched: (path: string, name: string) => boolean;
}

/** Where a value is looked at from: the object that a method was called on takes the place of `self`. */
interface Receiver {
  /** Its class and the ancestors of that, as far as they stand in the file. */
  readonly classNames: readonly string[];
  readonly entity: InstanceEntity | ClassEntity;
}

/** Builds the evaluator of one workspace. */
export function createEvaluator(context: EvaluationContext): Evaluator {
  const { store, modules, isOverridden, isPatched } = context;
  const hierarchy = createClassHierarchy(context, (path, symbol) => evaluateSymbol(path, symbol));
  const members = createClassMembers(hierarchy, {
    value: (path, value, receiver) => evaluateValue(path, value, receiver),
    function: (path, index, receiver) => {
      const id = store.get(path)?.ids[index];
      return id === undefined ? undefined : results.attributeFunction({ kind: 'function', id, receiver });
    },
    isOverridden,
    isPatched,
  });

  const names = createModuleNames({ ...context, value: (path, value) => evaluateValue(path, value) });
  const results = createFunctionResults({
    ...context,
    value: (path, value, receiver) => evaluateValue(path, value, receiver),
    symbol: (path, symbol) => evaluateSymbol(path, symbol),
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
    if (symbol.startsWith('.') || modules().mayStart(symbol)) return undefined;
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
    const parts = dotted.split('.');
    for (let size = parts.length; size > 0; size--) {
      const name = parts.slice(0, size).join('.');
      const found = names.definition(path, name);
      if (found === null) return undefined;
      if (found) return follow(found, stepsOf(body.slice(name.length)), origin);
    }
    const top = parts[0] ?? '';
    return follow(names.ownName(path, top), stepsOf(body.slice(top.length)), origin);
  }

  function follow(start: Entity | undefined, steps: readonly Step[], origin: CallRef | undefined): Entity | undefined {
    let entity = start;
    for (let at = 0; entity && at < steps.length; at++) {
      const step = steps[at];
      if (!step) return entity;
      if (step.kind === 'member' && entity.kind === 'module') {
        const rest = steps.slice(at + 1);
        const [named, inner] = names.moduleMember(entity.module, step.name);
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
        const [named, inner] = names.moduleMember(entity.module, name);
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

  function call(entity: Entity, origin: CallRef | undefined): Entity | undefined {
    switch (entity.kind) {
      case 'function':
        return results.result(entity);
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
        return method?.kind === 'function' ? results.result(method) : undefined;
      }
      case 'external':
        // A variable for types, or another name for one, stands for whatever it is set to.
        if (TYPE_FORMS.test(entity.symbol)) return undefined;
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
        return results.yielded(entity.function);
      case 'instance': {
        const method = members.own(entity, '__enter__') ?? members.own(entity, '__aenter__');
        return method?.kind === 'function'
          ? results.result(method)
          : members.isOwn(entity, '__enter__')
            ? undefined
            : entity;
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
    const found = results.functionOf(entity.id);
    return found?.fact.isGenerator === true ? results.yielded(entity) : results.result(entity);
  }

  return {
    hierarchy,
    symbol: evaluateSymbol,
    value: evaluateValue,
    member,
    functionOf: results.functionOf,
    decorationOf: results.decoration,
    isOverridden,
  };
}

const TYPE_FORMS = /^typing(?:_extensions)?\.(?:TypeVar|ParamSpec|TypeAlias|TypeAliasType|NewType)\(\)$/;
