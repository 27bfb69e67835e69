import type { CancellationToken } from '../core/cancellation.ts';
import type { Session } from '../engine/session.ts';
import { openSession } from '../product.ts';
import type { Terminal } from './terminal.ts';

/** How a root is to be scanned. */
export interface ScanOptions {
  readonly useCache: boolean;
  readonly useBaseline: boolean;
  readonly jobs: number | undefined;
  /** Absolute path. */
  readonly configurationFile: string | undefined;
  readonly quiet: boolean;
}

/**
 * Opens a root, scans it and hands the session to `use`; the session is disposed afterwards, whatever happens.
 * A configuration that can't be parsed keeps the root from being scanned.
 */
export async function withScannedRoot<Result>(
  root: string,
  options: ScanOptions,
  terminal: Terminal,
  token: CancellationToken,
  use: (session: Session) => Promise<Result>,
): Promise<Result> {
  const session = await openRoot(root, options, terminal);
  try {
    if (!session.configurationProblems.some(({ fatal }) => fatal)) {
      await session.scan(token, options.quiet ? undefined : progressOn(terminal));
      if (!options.quiet) terminal.progress('');
    }
    return await use(session);
  } finally {
    session.dispose();
  }
}

/** Opens a root without looking at its files yet; what fails is noted. @throws Error as `openSession` does */
export function openRoot(root: string, options: ScanOptions, terminal: Terminal): Promise<Session> {
  const { useCache, useBaseline, jobs, configurationFile } = options;
  const logger = {
    info: () => undefined,
    error: (message: string) => {
      terminal.progress('');
      terminal.note(message);
    },
  };
  return openSession(root, logger, {
    ...(useCache ? {} : { cacheFolder: null }),
    useBaseline,
    ...(jobs !== undefined && { jobs }),
    ...(configurationFile !== undefined && { configurationFile }),
  });
}

/** Draws a line anew only when the percentage changes: terminals are slow. */
function progressOn(terminal: Terminal): Parameters<Session['scan']>[1] {
  let shown = -1;
  return ({ checked, total }) => {
    const percent = Math.floor((100 * checked) / total);
    if (percent === shown) return;
    shown = percent;
    terminal.progress(`Checked ${checked} of ${total} files`);
  };
}
