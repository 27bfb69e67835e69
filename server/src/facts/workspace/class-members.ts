import type { Value } from '../../core/python-facts.ts';
import type { ClassHierarchy } from './class-hierarchy.ts';
import type { ClassEntity, ClassRef, Entity, InstanceEntity } from './entity.ts';

/** What members are made of. */
export interface MemberContext {
  readonly value: (
    path: string,
    value: Value,
    receiver: InstanceEntity | ClassEntity | undefined,
  ) => Entity | undefined;
  readonly function: (path: string, index: number, receiver: InstanceEntity | ClassEntity) => Entity | undefined;
  readonly isOverridden: (owner: ClassRef, member: string) => boolean;
  readonly isPatched: (path: string, name: string) => boolean;
}

/** Looks up attributes and methods of classes of the workspace. */
export interface ClassMembers {
  find(
    entity: ClassEntity | InstanceEntity | ({ readonly kind: 'super' } & ClassRef),
    name: string,
  ): Entity | undefined;
  /** A member that a class of the workspace defines, whatever libraries the class builds on. */
  own(entity: InstanceEntity, name: string): Entity | undefined;
  isOwn(entity: InstanceEntity, name: string): boolean;
}

/** Builds the look-up over a hierarchy. */
export function createClassMembers(hierarchy: ClassHierarchy, context: MemberContext): ClassMembers {
  const find: ClassMembers['find'] = (entity, name) => {
    const order = hierarchy.orderOf(entity);
    const receiver = entity.kind === 'super' ? undefined : entity;
    const isExact = entity.kind !== 'instance' || entity.exact;
    if (!isExact && context.isOverridden(entity, name)) return undefined;
    const libraries: string[] = [];
    for (const ancestor of entity.kind === 'super' ? order.slice(1) : order) {
      if (ancestor.kind === 'open') return undefined;
      if (ancestor.kind === 'external') {
        libraries.push(ancestor.symbol);
        continue;
      }
      if (context.isPatched(ancestor.path, `${ancestor.name}.${name}`)) return undefined;
      if (!defines(ancestor, name)) continue;
      // A library's class in front of this one may have a member of the same name.
      return libraries.length > 0 ? undefined : memberOf(ancestor, name, receiver ?? { ...entity, kind: 'class' });
    }
    const [library, ...others] = libraries;
    return library === undefined || others.length > 0 ? undefined : inherited(entity, library, name);
  };
  const defines = (owner: ClassRef, name: string): boolean => {
    const fact = hierarchy.classOf(owner);
    hierarchy.readMember(owner, name);
    if (hierarchy.innerOf(owner, name) !== undefined) return true;
    return fact !== undefined && (Object.hasOwn(fact.methods, name) || Object.hasOwn(fact.attributes, name));
  };
  const memberOf = (owner: ClassRef, name: string, receiver: InstanceEntity | ClassEntity): Entity | undefined => {
    const fact = hierarchy.classOf(owner);
    if (!fact) return undefined;
    const method = Object.hasOwn(fact.methods, name) ? fact.methods[name] : undefined;
    const hasAttribute = Object.hasOwn(fact.attributes, name);
    const inner = hierarchy.innerOf(owner, name);
    if (inner !== undefined)
      return method !== undefined || hasAttribute || !inner ? undefined : { kind: 'class', ...inner };
    if (method !== undefined) {
      return hasAttribute || method < 0 ? undefined : context.function(owner.path, method, receiver);
    }
    const value = hasAttribute ? fact.attributes[name] : undefined;
    return value ? context.value(owner.path, value, receiver) : undefined;
  };
  const own: ClassMembers['own'] = (entity, name) => {
    for (const ancestor of hierarchy.orderOf(entity)) {
      if (ancestor.kind === 'open') return undefined;
      if (ancestor.kind === 'external') continue;
      if (context.isPatched(ancestor.path, `${ancestor.name}.${name}`)) return undefined;
      if (defines(ancestor, name)) return memberOf(ancestor, name, entity);
    }
    return undefined;
  };
  return {
    find,
    own,
    isOwn: (entity, name) =>
      hierarchy.orderOf(entity).some(one => one.kind === 'open' || (one.kind === 'class' && defines(one, name))),
  };
}

function inherited(
  entity: ClassEntity | InstanceEntity | ({ readonly kind: 'super' } & ClassRef),
  library: string,
  name: string,
): Entity {
  const { path, name: className } = entity;
  const isInstance = entity.kind !== 'class';
  return {
    kind: 'external',
    symbol: `${library}${isInstance ? '()' : ''}.${name}`,
    ...(entity.kind === 'instance' && entity.origin ? { origin: entity.origin } : {}),
    inheritedBy: { path, name: className },
  };
}
