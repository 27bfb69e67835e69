import { CancellationTokenSource, type Connection, type WorkDoneProgressServerReporter } from './protocol-library.ts';
import type { CancellationToken } from '../core/cancellation.ts';
import type { ScanProgress } from '../engine/model.ts';

/** How often the client hears of progress, in milliseconds. */
const REPORT_INTERVAL = 100;

/** A scan that shows its progress in the client, where both sides can cancel it. */
export interface VisibleScan {
  readonly token: CancellationToken;
  report(progress: ScanProgress): void;
  cancel(): void;
  /** Takes the progress away again. */
  end(): void;
}

/**
 * Asks the client to show progress. The scan need not wait for the answer: until it comes, or when the client
 * refuses, reports go nowhere.
 */
export function startVisibleScan(connection: Connection, title: string): VisibleScan {
  const source = new CancellationTokenSource();
  let reporter: WorkDoneProgressServerReporter | undefined;
  let ended = false;
  let reported = 0;

  connection.window.createWorkDoneProgress().then(
    created => {
      if (ended) {
        // The client has made something to show, so it must be told that it's over.
        created.begin(title);
        created.done();
        return;
      }
      reporter = created;
      created.begin(title, 0, undefined, true);
      created.token.onCancellationRequested(() => {
        source.cancel();
      });
    },
    () => undefined,
  );

  return {
    token: source.token,
    report({ checked, total }) {
      const now = Date.now();
      if (reporter === undefined || (now - reported < REPORT_INTERVAL && checked < total)) return;
      reported = now;
      reporter.report(total === 0 ? 100 : (checked / total) * 100, `${checked}/${total} files`);
    },
    cancel() {
      source.cancel();
    },
    end() {
      ended = true;
      reporter?.done();
      reporter = undefined;
    },
  };
}
