import { CONFIGURATION_FILES, isConfiguration, type ConfigurationSource } from './configuration-files.ts';

/** What the look-up needs of a file system. Paths are absolute. */
export interface ConfigurationPort {
  /** Text of a file; undefined when there is none. */
  readText(path: string): Promise<string | undefined>;
  /** Whether a file or folder of that path exists. */
  exists(path: string): Promise<boolean>;
  /** Name of something in a folder. */
  join(folder: string, name: string): string;
  /** The folder that holds a folder; undefined at the top. */
  parent(folder: string): string | undefined;
}

/** Where a configuration was found. */
export interface FoundConfiguration {
  /** Absolute path of the folder; paths in the configuration are relative to it. */
  readonly folder: string;
  /** One or two files, with their bare names as paths. */
  readonly files: readonly ConfigurationSource[];
}

/**
 * Walks up from a folder to the nearest one that holds a configuration. The folder with `.git` is the last one that is
 * looked at, so that a configuration of another project never counts. Undefined when there is none.
 */
export async function findConfiguration(
  port: ConfigurationPort,
  start: string,
): Promise<FoundConfiguration | undefined> {
  for (let folder: string | undefined = start; folder !== undefined; folder = port.parent(folder)) {
    const files = await configurationsIn(port, folder);
    if (files.length > 0) return { folder, files };
    if (await port.exists(port.join(folder, '.git'))) return undefined;
  }
  return undefined;
}

async function configurationsIn(port: ConfigurationPort, folder: string): Promise<readonly ConfigurationSource[]> {
  const files: ConfigurationSource[] = [];
  for (const path of CONFIGURATION_FILES) {
    const text = await port.readText(port.join(folder, path));
    if (text !== undefined && (await isConfiguration({ path, text }))) files.push({ path, text });
  }
  return files;
}
