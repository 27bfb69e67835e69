import type { TextRange } from './text.ts';

/** What the `try` body of a handler can raise, fit to be written into its head. */
export interface Narrowing {
  /** The shortest list that covers the body, in the order in which it is written; at least one. */
  readonly types: readonly NarrowType[];
  /** Source text of what can't be seen through, sorted; empty when everything is understood. */
  readonly unknown: readonly string[];
  /** Everything is understood, though some of it by the names of methods and attributes alone. */
  readonly guessed: boolean;
}

/** How an exception class may be written. */
export type NarrowType =
  | { readonly kind: 'builtin'; readonly name: string }
  /** A class of the file itself, by its name at module level. */
  | { readonly kind: 'local'; readonly name: string }
  | {
      readonly kind: 'imported';
      /** Where it can be imported from; the first is what people write, the others count where they are imported already. */
      readonly from: readonly { readonly module: string; readonly name: string }[];
      /** What comes after the imported name, such as `.error` of `imaplib.IMAP4.error`; mostly empty. */
      readonly rest: string;
    };

/** Works out what a handler guards; `clause` is the range of the `except` clause in the file as it is now. */
export type InferNarrowing = (path: string, clause: TextRange) => Narrowing | undefined;
