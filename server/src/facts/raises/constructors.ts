import type { PythonIndex, Target } from '../../core/python-index.ts';
import type { RaiseSummary } from '../../core/raise-summary.ts';
import { raiseKnowledge } from '../../knowledge/raises.ts';
import { canonicalName } from '../python/canonical-name.ts';
import { exceptionName } from './canonical.ts';
import { NOTHING_RAISED, union, withoutReported } from './escaping.ts';
import {
  CONSTRUCTORS,
  ENUMERATIONS,
  MAX_BASES,
  PLAIN_BASES,
  SAFE_CLASS_DECORATORS,
  VALIDATORS,
} from './plain-definitions.ts';

type ClassTarget = Extract<Target, { kind: 'class' }>;

/**
 * What making an instance of a class of the workspace raises; undefined where a base class, decorator or method on the
 * way is unknown.
 * @param ofMethod what a method raises, by its file and index
 */
export function raisesOfConstructor(
  index: Pick<PythonIndex, 'outline' | 'resolve'>,
  { path, class: number }: ClassTarget,
  ofMethod: (path: string, index: number) => RaiseSummary | undefined,
  depth = 0,
): RaiseSummary | undefined {
  const definition = index.outline(path)?.classes[number];
  if (!definition || depth > MAX_BASES) return undefined;
  const decorators = definition.decorators.map(decorator => decorator && index.resolve(path, decorator.symbol));
  if (!decorators.every(isSafe)) return undefined;

  const own = CONSTRUCTORS.filter(name => Object.hasOwn(definition.methods, name));
  const parts = own.map(name => ofMethod(path, definition.methods[name] ?? -1));
  for (const number of Object.values(definition.methods)) {
    const raised = isValidator(index, path, number) ? ofMethod(path, number) : NOTHING_RAISED;
    parts.push(raised && withoutReported(raised));
  }
  const bases = definition.bases.map(base => (base ? index.resolve(path, base.symbol) : undefined));
  const enumerations = bases.filter(isEnumeration);
  const asked = enumerations.length > 0 ? enumerations : own.includes('__init__') ? [] : bases;
  for (const target of asked) {
    const isOwn = target?.kind === 'class';
    parts.push(isOwn ? raisesOfConstructor(index, target, ofMethod, depth + 1) : ofLibrary(target));
  }
  return parts.every(part => part !== undefined) ? union(parts) : undefined;
}

function isSafe(decorator: Target | null | undefined): boolean {
  return decorator?.kind === 'external' && SAFE_CLASS_DECORATORS.has(decorator.symbol.replace(/\(\)$/, ''));
}

function isValidator(index: Pick<PythonIndex, 'outline' | 'resolve'>, path: string, number: number): boolean {
  const decorators = index.outline(path)?.functions[number]?.decorators ?? [];
  return decorators.some(decorator => {
    const target = decorator ? index.resolve(path, decorator.symbol) : undefined;
    return target?.kind === 'external' && VALIDATORS.has(target.symbol.replace(/\(\)$/, ''));
  });
}

function isEnumeration(base: Target | undefined): boolean {
  return base?.kind === 'external' && ENUMERATIONS.has(canonicalName(base.symbol) ?? '');
}

function ofLibrary(target: Target | undefined): RaiseSummary | undefined {
  const name = target?.kind === 'external' ? canonicalName(target.symbol) : undefined;
  if (name === undefined) return undefined;
  if (raiseKnowledge.exceptions.has(exceptionName(name)) || PLAIN_BASES.has(name)) return NOTHING_RAISED;
  const types = raiseKnowledge.raises.get(name);
  return types && { types, unknown: [] };
}
