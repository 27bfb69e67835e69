import type { CallGraph, FunctionId } from '../../core/python-index.ts';
import type { BlockingCallable } from '../../knowledge/blocking.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { ownNameOf } from '../python/known-name.ts';

/** What has to be known of callables to tell which functions hold their threads. */
export type BlockingKnowledge = Pick<Knowledge, 'blockingCallable' | 'isOwn'>;

/** How a function of the workspace holds its thread, where the user says that it does. */
export function taughtBlocking(
  id: FunctionId,
  graph: CallGraph,
  { blockingCallable, isOwn }: BlockingKnowledge,
): BlockingCallable | undefined {
  const name = isOwn && ownNameOf(graph.functionOf(id).qualifiedName, graph.pathOf(id), isOwn);
  return name === undefined ? undefined : blockingCallable(name);
}
