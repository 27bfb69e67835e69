import type { Symbol } from '../../core/python-facts.ts';
import { returnKnowledge } from '../../knowledge/returns.ts';

/**
 * The one name under which a library's thing stands in the knowledge: `httpx.AsyncClient.get` for
 * `httpx.AsyncClient().get`, `requests.Session.get` for `requests.session().__enter__().get`.
 * Undefined when a step on the way gives back something unknown.
 */
export function canonicalName(symbol: Symbol): string | undefined {
  const { aliases, returns, enters } = returnKnowledge;
  const [head = '', ...calls] = symbol.split('()');
  let name = aliases[head] ?? head;
  for (const rest of calls) {
    const made = resultOf(name);
    if (made === undefined) return rest === '' && calls.length === 1 ? `${name}()` : undefined;
    name = rest === '' ? made : made + rest;
    name = aliases[name] ?? name;
  }
  return name;

  function resultOf(callable: string): string | undefined {
    const entered = /^(.*)\.__a?enter__$/.exec(callable);
    if (entered?.[1] !== undefined) return enters[entered[1]] ?? entered[1];
    const known = returns[callable];
    if (known !== undefined) return known;
    return isClassName(callable) || LOWER_CASE_CLASSES.has(callable) ? callable : undefined;
  }
}

/** Classes that break PEP 8's CapWords; `builtins.open` stands for the file object that it gives. */
const LOWER_CASE_CLASSES: ReadonlySet<string> = new Set([
  'builtins.open',
  'builtins.str',
  'builtins.int',
  'builtins.float',
  'builtins.bool',
  'builtins.list',
  'builtins.dict',
  'builtins.set',
  'builtins.tuple',
  'builtins.bytes',
  'socket.socket',
  'datetime.datetime',
  'datetime.date',
]);

/** PEP 8: class names are CapWords, functions are not. */
function isClassName(name: string): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return /^_*[A-Z]/.test(last) && !/^[A-Z0-9_]+$/.test(last);
}
