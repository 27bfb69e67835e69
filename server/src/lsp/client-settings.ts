import { DidChangeConfigurationNotification } from './protocol-library.ts';
import { readLimits } from './diagnostic-limits.ts';
import { inBackground } from './log.ts';
import type { ServerContext } from './server-context.ts';

/** Name of our settings among those of a client. */
const SECTION = 'readiness';

/** Keeps up with the settings of the client: it is asked where it can answer, else it may push them. */
export function registerSettings(context: ServerContext): void {
  const { connection, features, log } = context;
  connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
    if (features.configuration) inBackground(log, 'read the settings', () => askForSettings(context));
    else applySettings(context, sectionOf(settings));
  });
}

/** Asks for the settings, and to be told of changes. */
export async function startSettings(context: ServerContext): Promise<void> {
  const { connection, features } = context;
  if (!features.configuration) return;
  if (features.configurationChanges) {
    await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
  }
  await askForSettings(context);
}

async function askForSettings(context: ServerContext): Promise<void> {
  const settings: unknown = await context.connection.workspace.getConfiguration(SECTION);
  applySettings(context, settings);
}

function applySettings({ budget, roots }: ServerContext, settings: unknown): void {
  const { perFile, total } = readLimits(settings);
  if (perFile === budget.limits.perFile && total === budget.limits.total) return;
  budget.change({ perFile, total });
  for (const { publisher } of roots.all()) publisher.limitsChanged();
}

/** Clients that push send all settings, or ours alone. */
function sectionOf(settings: unknown): unknown {
  if (typeof settings !== 'object' || settings === null) return undefined;
  return SECTION in settings ? settings[SECTION] : settings;
}
