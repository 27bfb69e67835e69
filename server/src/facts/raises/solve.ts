import type { FunctionId } from '../../core/python-index.ts';
import type { RaiseSummary } from '../../core/raise-summary.ts';
import { NOTHING_RAISED } from './escaping.ts';

/** What functions raise, worked out when it is first asked for. */
export interface RaiseSolver {
  of(id: FunctionId): RaiseSummary;
}

/**
 * The least solution of `summary = evaluate(summaries of what it runs)`, over the functions that can be reached from those
 * that are asked for. What a function runs besides its calls (properties, context managers, callbacks) comes out as it is
 * evaluated, so no graph has to be known before.
 * @param evaluate monotone; more in what `summaryOf` says never gives less
 */
export function createRaiseSolver(
  evaluate: (id: FunctionId, summaryOf: (callee: FunctionId) => RaiseSummary) => RaiseSummary,
): RaiseSolver {
  const summaries = new Map<FunctionId, RaiseSummary>();
  const readers = new Map<FunctionId, Set<FunctionId>>();

  function solve(start: FunctionId): void {
    const open = [start];
    const waiting = new Set(open);
    const enqueue = (id: FunctionId): void => {
      if (waiting.has(id)) return;
      waiting.add(id);
      open.push(id);
    };
    summaries.set(start, NOTHING_RAISED);
    // The last one that was met comes first: callees before their callers are looked at again.
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      waiting.delete(id);
      const reader = id;
      const after = evaluate(reader, callee => {
        const known = summaries.get(callee);
        noteReader(callee, reader);
        if (known) return known;
        summaries.set(callee, NOTHING_RAISED);
        enqueue(callee);
        return NOTHING_RAISED;
      });
      if (isSame(after, summaries.get(reader))) continue;
      summaries.set(reader, after);
      for (const caller of readers.get(reader) ?? []) enqueue(caller);
    }
  }

  function noteReader(callee: FunctionId, reader: FunctionId): void {
    const known = readers.get(callee);
    if (known) known.add(reader);
    else readers.set(callee, new Set([reader]));
  }

  return {
    of: id => {
      if (!summaries.has(id)) solve(id);
      return summaries.get(id) ?? NOTHING_RAISED;
    },
  };
}

/** Both lists are sorted and hold each entry once. */
function isSame(left: RaiseSummary, right: RaiseSummary | undefined): boolean {
  return (
    right !== undefined &&
    left.guessed === right.guessed &&
    left.types.join() === right.types.join() &&
    left.unknown.join('\n') === right.unknown.join('\n')
  );
}
