import type { FunctionId } from '../../core/python-index.ts';
import type { OutlineCall } from '../../core/python-outline.ts';
import { calledFunction, calleeEntity, enteredFunctions } from './callee.ts';
import type { ExternalEntity } from './entity.ts';
import type { Evaluator } from './evaluate.ts';
import { APPLIERS } from './outline/outline-calls.ts';
import type { StoredFile } from './outline-store.ts';

/** What the calls in the functions of one file lead to: positions in the outline's calls, in source order. */
export interface FileCalls {
  readonly edges: readonly { readonly position: number; readonly owner: number; readonly callee: FunctionId }[];
  /** Calls whose callee only the index could name, and what that is. */
  readonly externals: readonly {
    readonly position: number;
    readonly owner: number;
    readonly entity: ExternalEntity;
  }[];
  /** Calls that nobody can name. */
  readonly unknown: readonly { readonly position: number; readonly owner: number }[];
}

/** Where a call leads; undefined: to what its file could name by itself, or to a class without a constructor. */
type Lead =
  | { readonly kind: 'function'; readonly callee: FunctionId }
  | { readonly kind: 'external'; readonly entity: ExternalEntity }
  | { readonly kind: 'unknown' }
  | undefined;

/** Follows the calls in the functions of a file. */
export function linkCalls(evaluator: Evaluator, { path, outline }: StoredFile): FileCalls {
  const edges: { position: number; owner: number; callee: FunctionId }[] = [];
  const externals: { position: number; owner: number; entity: ExternalEntity }[] = [];
  const unknown: { position: number; owner: number }[] = [];
  const { callees, calleeOf, ownerOf } = outline.unpackCallTable();
  const entities = callees.map(({ callee, calleeText }) => calleeEntity(evaluator, path, { callee, calleeText }));
  const leads = entities.map((entity, number): Lead => {
    const callee = callees[number]?.callee;
    if (entity?.kind === 'external') {
      return entity.symbol === callee?.symbol ? undefined : { kind: 'external', entity };
    }
    const called = calledFunction(evaluator, entity);
    if (called !== undefined) return { kind: 'function', callee: called };
    return entity?.kind === 'class' ? undefined : { kind: 'unknown' };
  });
  const { calls } = outline;
  calleeOf.forEach((number, position) => {
    const lead = leads[number];
    const owner = ownerOf[position] ?? -1;
    if (owner < 0) return;
    if (calls[position]?.usage === 'context') {
      const entered = enteredFunctions(evaluator, path, entities[number], callees[number]?.callee);
      for (const callee of entered) edges.push({ position, owner, callee });
    }
    if (APPLIERS.has(callees[number]?.callee.symbol ?? '')) {
      const applied = appliedFunction(evaluator, path, calls[position]);
      if (applied !== undefined) edges.push({ position, owner, callee: applied });
    }
    if (!lead) return;
    if (lead.kind === 'function') edges.push({ position, owner, callee: lead.callee });
    else if (lead.kind === 'external') externals.push({ position, owner, entity: lead.entity });
    else unknown.push({ position, owner });
  });
  return { edges, externals, unknown };
}

/** The function that `map` calls. */
function appliedFunction(evaluator: Evaluator, path: string, call: OutlineCall | undefined): FunctionId | undefined {
  const callee = call?.arguments[0]?.value;
  return callee && calledFunction(evaluator, calleeEntity(evaluator, path, { callee, calleeText: '' }));
}
