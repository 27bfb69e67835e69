import { CANCEL_SCAN_REQUEST, SCAN_REQUEST } from '../../../server/src/protocol/messages.ts';
import type { ServerProcess } from '../server-process.ts';

/** Analyses every file of the window again. */
export async function scan(server: ServerProcess): Promise<void> {
  await server.request(SCAN_REQUEST, {});
}

/** Stops the scan that is running. */
export async function cancelScan(server: ServerProcess): Promise<void> {
  await server.request(CANCEL_SCAN_REQUEST, {});
}
