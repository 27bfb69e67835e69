import type { Symbol } from '../../core/python-facts.ts';
import { returnKnowledge } from '../../knowledge/returns.ts';

/**
 * The one name under which a library's thing stands in the knowledge: `httpx.AsyncClient.get` for
 * `httpx.AsyncClient().get`, `requests.Session.get` for `requests.session().__enter__().get`.
 * Undefined when a step on the way gives back something unknown.
 */
export function canonicalName(symbol: Symbol): string | undefined {
  // Most symbols call nothing, and this function is asked about every call of a file several times.
  if (!symbol.includes('()')) return ALIASES.get(symbol) ?? symbol;
  const [head = '', ...calls] = symbol.split('()');
  let name = ALIASES.get(head) ?? head;
  for (const rest of calls) {
    const made = resultOf(name);
    if (made === undefined) return rest === '' && calls.length === 1 ? `${name}()` : undefined;
    name = rest === '' ? made : made + rest;
    name = ALIASES.get(name) ?? name;
  }
  return name;
}

/** Whether it is known what calling a library's thing gives; by its canonical name. */
export function hasKnownResult(name: string): boolean {
  return RETURNS.has(name);
}

function resultOf(callable: string): string | undefined {
  const entered = enteredObject(callable);
  if (entered !== undefined) return ENTERS.get(entered) ?? entered;
  const known = RETURNS.get(callable);
  if (known !== undefined) return known;
  return isClassName(callable) || LOWER_CASE_CLASSES.has(callable) ? callable : undefined;
}

/** The context manager whose `__enter__` or `__aenter__` a name is. */
function enteredObject(name: string): string | undefined {
  if (!name.endsWith('enter__')) return undefined;
  const dot = name.lastIndexOf('.');
  const method = name.slice(dot + 1);
  return dot >= 0 && (method === '__enter__' || method === '__aenter__') ? name.slice(0, dot) : undefined;
}

// Modules may be called `constructor`, which a plain object would find in its prototype.
const ALIASES: ReadonlyMap<string, string> = new Map(Object.entries(returnKnowledge.aliases));
const RETURNS: ReadonlyMap<string, string> = new Map(Object.entries(returnKnowledge.returns));
const ENTERS: ReadonlyMap<string, string> = new Map(Object.entries(returnKnowledge.enters));

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
