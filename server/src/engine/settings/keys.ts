/** Name of the configuration file. */
export const CONFIGURATION_FILE = 'readiness.yaml';
/** The other place for the same keys: its table `[tool.readiness]`. */
export const PROJECT_FILE = 'pyproject.toml';

/** Whether a configuration file is a `pyproject.toml`, whatever its name. */
export function isToml(path: string): boolean {
  return path.endsWith('.toml');
}

/** All keys of the configuration, in the order of the documentation. */
export const CONFIGURATION_KEYS = [
  'tier',
  'exclude',
  'httpTimeoutSeconds',
  'requireSuppressionReason',
  'knowledge',
  'rules',
] as const;
export type ConfigurationKey = (typeof CONFIGURATION_KEYS)[number];

/** Words that switch a rule as a whole; YAML's `true` and `false` do the same. */
export const RULE_SWITCHES = ['off', 'on'] as const;

/** A day; a longer timeout is a slip. */
export const MAX_TIMEOUT_SECONDS = 86_400;
