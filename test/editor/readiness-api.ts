import type { ReadinessApi } from '../../client/src/api.ts';
import { activateExtension, until } from './support.ts';

/** What the extension lets others read, once every folder has been scanned. */
export async function readinessApi(): Promise<ReadinessApi> {
  const { exports } = await activateExtension();
  // The manifest names the module whose `activate` returns it.
  const api = exports as ReadinessApi;
  await until(
    'the first scan',
    () => {
      const { roots } = api.snapshot();
      return roots.length > 0 && roots.every(({ activity }) => activity.kind === 'idle' && activity.scanned);
    },
    60_000,
  );
  return api;
}
