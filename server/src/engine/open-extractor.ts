import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExtractor, type Extractor } from './extract.ts';

/**
 * Loads the parsers, for several sessions to share.
 * @throws Error when a file in the asset folder is missing or damaged.
 */
export function openExtractor(assetFolder: string): Promise<Extractor> {
  return createExtractor({ readAsset: name => readFileSync(join(assetFolder, name)) });
}
