import { Console } from 'node:console';
import { describeError } from './log.ts';
import {
  createConnection,
  createProtocolConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
  type Connection,
  type WatchDog,
} from './protocol-library.ts';

/**
 * Connects to the client over standard input and output, and ends the process with it: 0 after a proper shutdown,
 * otherwise 1. The end of the client shows as the end of its pipe, so nobody has to ask for it every few seconds,
 * which is what the library's own connection for Node does.
 */
export function connectStdio(): Connection {
  // Whatever a library prints must not get between the messages.
  globalThis.console = new Console(process.stderr, process.stderr);
  const watchDog = createWatchDog();
  const exit = (): void => {
    watchDog.exit(watchDog.shutdownReceived ? 0 : 1);
  };
  process.stdin.once('end', exit);
  process.stdin.once('close', exit);
  // The client is gone in the middle of a message (EPIPE).
  process.stdout.on('error', exit);

  const connection = createConnection(
    logger =>
      createProtocolConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout), logger),
    watchDog,
    ProposedFeatures.all,
  );
  logStrayFailures(connection);
  return connection;
}

function createWatchDog(): WatchDog {
  return {
    shutdownReceived: false,
    initialize: () => undefined,
    exit: code => process.exit(code),
  };
}

/** A rejection that nobody waits for is a bug of ours, and no reason to take the findings away from the user. */
function logStrayFailures(connection: Connection): void {
  process.on('unhandledRejection', reason => {
    connection.console.error(`A promise failed, and nobody was waiting: ${describeError(reason)}`);
  });
}
