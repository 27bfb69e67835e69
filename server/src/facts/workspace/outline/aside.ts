import type { Value } from '../../../core/python-facts.ts';

const ASIDE = /\.(?:setter|deleter)$|^(?:typing|typing_extensions)\.overload$/;

/**
 * Whether a function with such decorators leaves its name to another definition: setters, and what type checkers read.
 */
export function isAside(decorators: readonly (Value | null | undefined)[]): boolean {
  return decorators.some(value => value && ASIDE.test(value.symbol));
}
