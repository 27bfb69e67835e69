/** How the program ends. */
export const EXIT = {
  clean: 0,
  findings: 1,
  /** A mistake in the call or the configuration, or a file that could not be written. */
  mistake: 2,
  /** What shells expect after Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
