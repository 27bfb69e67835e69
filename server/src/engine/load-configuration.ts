import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { DEFAULT_SETTINGS, type Settings } from '../core/settings.ts';
import { decodeText } from '../workspace/decode.ts';
import type { ConfigurationProblem } from './model.ts';
import type { RuleNames } from './rule-names.ts';
import { findConfiguration, type ConfigurationPort } from './settings/find-configuration.ts';
import type { ConfigurationSource } from './settings/configuration-files.ts';
import type { OwnName } from './settings/read-configuration.ts';

/** The configuration in force for a root. */
export interface LoadedConfiguration {
  readonly settings: Settings;
  /** Relative to the root, with `/`; it may lie above it. */
  readonly path: string | undefined;
  readonly problems: readonly ConfigurationProblem[];
  /** Names of Python code that it speaks of. */
  readonly ownNames: readonly OwnName[];
}

/**
 * Reads the configuration that holds for a root: the nearest one from the root upwards, or the file that the user named.
 * @param lastGood settings that stay in force when the file can't be parsed
 * @throws Error when a file that the user named can't be read.
 */
export async function loadConfiguration(
  root: string,
  names: RuleNames,
  lastGood: Settings | undefined,
  file?: string,
): Promise<LoadedConfiguration> {
  const found = file === undefined ? await findConfiguration(diskPort, root) : await namedFile(file);
  if (!found) return { settings: DEFAULT_SETTINGS, path: undefined, problems: [], ownNames: [] };

  const toRelative = (path: string): string => relative(root, join(found.folder, path)).split(sep).join('/');
  // A bundle of its own, with the parsers of YAML and TOML: most folders have no configuration.
  const { readConfiguration } = await import('./settings/read-configuration.ts');
  const { settings, path, problems, ownNames } = readConfiguration(found.files, names);
  return {
    settings: withExcludesFor(root, found.folder, settings ?? lastGood ?? DEFAULT_SETTINGS, settings !== undefined),
    path: path === undefined ? undefined : toRelative(path),
    problems: problems.map(problem => ({ ...problem, path: toRelative(problem.path) })),
    ownNames: ownNames.map(own => ({ ...own, path: toRelative(own.path) })),
  };
}

/** Whether a change of this file alters what is analysed, or how; `inForce` is the configuration's path. */
export function changesConfiguration(path: string, inForce: string | undefined): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return path === inForce || name === 'readiness.yaml' || name === 'pyproject.toml' || name === '.gitignore';
}

async function namedFile(file: string): Promise<{ folder: string; files: readonly ConfigurationSource[] }> {
  const name = relative(dirname(file), file);
  const decoded = decodeText(name, await readFile(file));
  if (decoded.kind !== 'text') throw new Error(`${file} can't be read: ${decoded.reason}`);
  return { folder: dirname(file), files: [{ path: name, text: decoded.text }] };
}

/** Patterns of a configuration above the root are relative to its own folder. */
function withExcludesFor(root: string, folder: string, settings: Settings, isFresh: boolean): Settings {
  const below = relative(folder, root).split(sep).join('/');
  if (!isFresh || below === '' || below.startsWith('..')) return settings;
  const exclude = settings.exclude.flatMap(pattern => {
    if (pattern.startsWith(`${below}/`)) return [pattern.slice(below.length + 1)];
    return pattern.startsWith('**') || !pattern.includes('/') ? [pattern] : [];
  });
  return { ...settings, exclude };
}

const diskPort: ConfigurationPort = {
  async readText(path) {
    if (!existsSync(path)) return undefined;
    const decoded = decodeText(path, await readFile(path));
    return decoded.kind === 'text' ? decoded.text : undefined;
  },
  exists: path => Promise.resolve(existsSync(path)),
  join,
  parent: folder => (dirname(folder) === folder ? undefined : dirname(folder)),
};
