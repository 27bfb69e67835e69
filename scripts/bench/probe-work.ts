/** What the probe is asked to measure. Paths are absolute unless they say something else. */
export type ProbeWork =
  /** Types into a file and has it judged after every keystroke, by us and by Ruff in turn. */
  | { readonly kind: 'type'; readonly root: string; readonly path: string; readonly keystrokes: number }
  /** Scans a folder once. */
  | { readonly kind: 'scan'; readonly root: string; readonly cacheFolder: string; readonly threads: number }
  /** Has Ruff judge files, one after the other. */
  | { readonly kind: 'ruff'; readonly root: string; readonly paths: readonly string[] }
  /** Scans a generated workspace, then gives one of its modules the two texts in turn. */
  | {
      readonly kind: 'edit';
      readonly root: string;
      readonly path: string;
      readonly texts: readonly [string, string];
      readonly edits: number;
      readonly threads: number;
    }
  /** Reads and judges files one after the other, in this thread, and then links them. */
  | { readonly kind: 'link'; readonly root: string; readonly paths: readonly string[] };

/** How long something took in milliseconds, by the clock on the wall and in CPU time of all threads. */
export interface Sample {
  readonly wall: number;
  readonly cpu: number;
}

/** What it answers; times are milliseconds. */
export interface ProbeAnswers {
  readonly type: { readonly ours: readonly Sample[]; readonly ruff: readonly Sample[] };
  readonly scan: Sample & { readonly files: number; readonly findings: number };
  readonly ruff: { readonly wall: number };
  /** `alone`: reading and judging each file; `outline`: writing its outline; `link`: the call graph over all of them. */
  readonly link: { readonly alone: number; readonly outline: number; readonly link: number };
  /** `changed`: files whose findings another file's edit changes. */
  readonly edit: { readonly times: readonly number[]; readonly changed: number };
}
