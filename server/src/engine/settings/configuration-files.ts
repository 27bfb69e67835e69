import { CONFIGURATION_FILE, isToml, PROJECT_FILE } from './keys.ts';

/** A configuration file; `path` is relative to the workspace root and comes back in problems. */
export interface ConfigurationSource {
  readonly path: string;
  readonly text: string;
}

/** Names of the files to look for in a folder. */
export const CONFIGURATION_FILES = [CONFIGURATION_FILE, PROJECT_FILE] as const;

/** Whether a file configures Readiness at all; a `pyproject.toml` often doesn't. */
export async function isConfiguration({ path, text }: ConfigurationSource): Promise<boolean> {
  if (!isToml(path)) return true;
  // Most projects have the file and no such table: they don't pay for the parser.
  if (!text.includes('readiness')) return false;
  const { parseToml } = await import('./read-configuration.ts');
  return parseToml(text).kind !== 'absent';
}
