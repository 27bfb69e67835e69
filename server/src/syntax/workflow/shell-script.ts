import type { TextRange } from '../../core/text.ts';

/** One word of a command. Offsets are UTF-16 units of the script. */
export interface ShellWord {
  /** What the shell makes of it, without a leading `$GITHUB_WORKSPACE/` or the like; undefined when unknown. */
  readonly text: string | undefined;
  /** Where `text` starts from: the current folder, the workspace, or the folder of the action. */
  readonly root: 'current' | 'workspace' | 'action';
  /** Place of `text`, quotes excluded where they stand around all of it. */
  readonly range: TextRange;
}

/** A redirection: `>`, `>>`, `<`, `&>` … and its target. */
export interface ShellRedirect {
  readonly operator: string;
  readonly target: ShellWord;
}

/** A simple command. */
export interface ShellCommand {
  readonly kind: 'command';
  readonly words: readonly ShellWord[];
  readonly redirects: readonly ShellRedirect[];
  /** Operator before it: `&&`, `||`, `|`, `;` (newlines too), or empty at the start. */
  readonly before: string;
  /** Operator behind it. */
  readonly after: string;
  /** Whether `!` negates it. */
  readonly negated: boolean;
}

/** Where a group of commands starts or ends. `condition`: between `if` and `then`; `branch`: may not run. */
export interface ShellMark {
  readonly kind: 'open' | 'close';
  readonly group: 'subshell' | 'braces' | 'condition' | 'branch' | 'function';
}

/** A script as far as paths in it can be told; commands inside `$(…)` and heredocs are left out. */
export interface ShellScript {
  readonly items: readonly (ShellCommand | ShellMark)[];
  readonly comments: readonly TextRange[];
}
