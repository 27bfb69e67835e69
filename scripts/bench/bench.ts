import type { BenchFiles } from './bench-files.ts';
import type { Figure } from './figure.ts';

/** Where and how much is measured. */
export interface Bench {
  /** Less of everything: to see that it works, or to compare two states of the code in a minute. */
  readonly quick: boolean;
  readonly files: BenchFiles;
  /** Absolute path of an empty folder for whatever a work needs. */
  readonly scratch: (name: string) => string;
  /** Bundled scripts. */
  readonly scripts: { readonly server: string; readonly probe: string };
}

/** Something that is measured together, under one name. */
export interface BenchWork {
  readonly name: string;
  readonly run: (bench: Bench) => Promise<readonly Figure[]>;
}
