import type { CallFact, FunctionFact, PythonFacts, Symbol, Value } from '../../../core/python-facts.ts';
import type { OutlineCall } from '../../../core/python-outline.ts';
import { admitsMoveToThread } from '../../../syntax/python/edit/await-call.ts';
import type { FileEffects } from '../../effects/local-effects.ts';
import { createDeadlines } from '../../http-calls/deadlines.ts';
import type { PythonFile } from '../../python/python-file.ts';
import { plainValue } from './plain-value.ts';
import { isStandardLibrary } from './standard-library.ts';

/** Whether a symbol may stand for something that the workspace defines or made. */
export function mayLeadOut(symbol: Symbol): boolean {
  return symbol.startsWith(':') || symbol.startsWith('.') || !isStandardLibrary(symbol);
}

/** Indices of the calls of a file that may lead to what the workspace defines. */
export function leadingCalls({ facts }: PythonFile): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { index, callee, arguments: given } of facts.calls) {
    if (!callee) continue;
    const { symbol } = APPLIERS.has(callee.symbol) ? (given[0]?.value ?? callee) : callee;
    if (mayLeadOut(symbol) || SUPER.test(symbol)) found.add(index);
  }
  return found;
}

/** What calls its first argument with each item of the others, when somebody asks for the next one. */
export const APPLIERS: ReadonlySet<Symbol> = new Set(['builtins.map', 'builtins.filter']);

/**
 * The calls of a file that an outline keeps.
 * @param leading those that {@link leadingCalls} gives
 * @param made calls that made objects which other files may hold
 */
export function outlineCalls(
  raw: PythonFile,
  effects: FileEffects,
  leading: ReadonlySet<number>,
  made: ReadonlySet<number>,
): OutlineCall[] {
  const { facts, numbers, source } = raw;
  const kept = new Set([...made, ...leading]);
  // A set may grow while it is walked: what an object is made from counts as well.
  for (const index of kept) {
    for (const { value } of facts.calls[index]?.arguments ?? []) {
      if (value?.origin !== undefined) kept.add(value.origin);
    }
  }
  const isBounded = createDeadlines(raw);
  const calls: OutlineCall[] = [];
  for (const [node, index] of numbers.calls) {
    const call = facts.calls[index];
    const callee = plainValue(call && calleeOf(call, facts));
    if (!call || !callee || !kept.has(index)) continue;
    const isMovable = mayMove(call, facts.functions) && admitsMoveToThread(source, call.range);
    calls.push({
      index,
      range: call.range,
      calleeRange: call.calleeRange,
      callee,
      calleeText: call.calleeText,
      arguments: call.arguments.map(({ name, kind, literal, value }) => ({
        name,
        kind,
        literal,
        value: plainValue(value) ?? undefined,
      })),
      function: call.function,
      awaited: call.awaited,
      atDefinition: call.atDefinition,
      usage: call.usage,
      inComprehension: call.inComprehension,
      tries: call.tries,
      movable: isMovable,
      ...(effects.iterated.has(index) ? { iterated: true as const } : {}),
      ...(effects.deferred.has(index) ? { deferred: true as const } : {}),
      bounded: isBounded(node),
    });
  }
  return calls;
}

const SUPER = /^builtins\.super\(\)\.(\w+)$/;

/** `super().run` is a name of the class around it. */
function calleeOf({ callee, function: owner }: CallFact, { functions, classes }: PythonFacts): Value | undefined {
  const [, name] = SUPER.exec(callee?.symbol ?? '') ?? [];
  if (name === undefined) return callee;
  let method = functions[owner];
  while (method && method.class < 0) method = functions[method.parent];
  const inside = classes[method?.class ?? -1];
  return inside && { symbol: `:${inside.qualifiedName}.<super>.${name}` };
}

function mayMove(call: CallFact, functions: readonly FunctionFact[]): boolean {
  return functions[call.function]?.isAsync === true && !call.atDefinition;
}
