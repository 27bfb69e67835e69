import type { Symbol } from '../../core/python-facts.ts';
import { raiseKnowledge } from '../../knowledge/raises.ts';
import { returnKnowledge } from '../../knowledge/returns.ts';
import { canonicalName } from '../python/canonical-name.ts';

/** The name under which a callable stands in the knowledge of exceptions; looks through known attributes of libraries. */
export function canonicalCallable(symbol: Symbol): string | undefined {
  const [head = '', ...rest] = symbol.split('()');
  const shortened = [throughMembers(head), ...rest].join('()');
  const name = canonicalName(shortened);
  return name === undefined ? undefined : throughMembers(name);
}

/** `builtins.str.upper` for `pathlib.Path.name.upper`. */
function throughMembers(name: string): string {
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const type = raiseKnowledge.members.get(name.slice(0, dot));
    if (type !== undefined) return type + name.slice(dot);
  }
  return name;
}

/** Class of a value, by its canonical name; undefined for functions, modules and what is unknown. */
export function classOfValue(symbol: Symbol | undefined): string | undefined {
  if (symbol === undefined) return undefined;
  const name = canonicalName(symbol);
  if (name === undefined) return undefined;
  const held = raiseKnowledge.members.get(name);
  if (held !== undefined) return held;
  return symbol.endsWith('()') && !name.endsWith('()') ? name : undefined;
}

/** The canonical name of an exception class; what is none of a library's stays as it is written. */
export function exceptionName(symbol: Symbol): string {
  const plain = returnKnowledge.aliases[symbol] ?? symbol;
  return raiseKnowledge.aliases.get(plain) ?? plain;
}

/** Whether a symbol belongs to a library that the knowledge of exceptions covers. */
export function isOfLibrary(symbol: Symbol): boolean {
  const [top = ''] = symbol.split(/[.(]/, 1);
  return raiseKnowledge.libraries.has(top);
}
