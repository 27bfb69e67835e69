import type { TextRange } from '../text.ts';

/** A string literal that looks like a secret. The secret itself never leaves the file: not even into facts. */
export interface SecretFact {
  /** The literal, quotes included; of parts that stand side by side, all of them. */
  readonly range: TextRange;
  /** `GitHub token`, `private key`, or `value of PASSWORD` for a secret-like name. */
  readonly description: string;
  /** Name that it is assigned to, in upper snake case, for the environment variable; undefined without one. */
  readonly environmentName: string | undefined;
  readonly certainty: 'format' | 'entropy';
  /**
   * What the literal is for: `fallback` stands in for a setting or variable that is not there, `parameter` is the default
   * of a parameter, `value` is everything else.
   */
  readonly role: 'value' | 'fallback' | 'parameter';
  /** Type of the literal where another expression may stand in its place; undefined where it is only part of a text. */
  readonly replaceableAs: 'text' | 'bytes' | undefined;
}
