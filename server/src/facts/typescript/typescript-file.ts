import type { Resolver } from '../../syntax/typescript/resolve.ts';
import type { Walk } from '../../syntax/typescript/walk.ts';
import type { CommentFact } from '../../core/python-facts.ts';

/** One file as recognisers see it; lives only while its facts are extracted or a fix is built. */
export interface TypeScriptFile {
  /** Relative to the workspace root, forward slashes. */
  readonly path: string;
  readonly walk: Walk;
  readonly resolver: Resolver;
  readonly comments: readonly CommentFact[];
}
