import { knowledge } from './shipped.ts';

/** Names by names; see `returns.yaml`. */
export interface ReturnKnowledge {
  /** Other names of the same thing. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Class of what a callable gives back. */
  readonly returns: Readonly<Record<string, string>>;
  /** Class of what entering a context manager gives, where it is not the manager. */
  readonly enters: Readonly<Record<string, string>>;
}

export const returnKnowledge: ReturnKnowledge = knowledge.returns;
