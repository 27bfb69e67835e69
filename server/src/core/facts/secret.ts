import type { TextRange } from '../text.ts';

/** A string literal that looks like a secret. The secret itself never leaves the file: not even into facts. */
export interface SecretFact {
  /** The literal, quotes included. */
  readonly range: TextRange;
  /** `GitHub token`, `private key`, or `value of PASSWORD` for a secret-like name. */
  readonly description: string;
  /** Name that it is assigned to, in upper snake case, for the environment variable; undefined without one. */
  readonly environmentName: string | undefined;
  readonly certainty: 'format' | 'entropy';
}
