import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFileSystemError } from './cache-index.ts';

/**
 * Names the code that extracts and judges, for the cache: the version of the product with the hash of its bundles, so
 * that a rule that changed during development does not meet its former judgements.
 * @param assetFolder absolute path of the folder of the bundles
 * @param version of the product; stands alone where no build has described its bundles
 */
export function analysisVersion(assetFolder: string, version: string): string {
  const analysis = readAnalysis(join(assetFolder, 'package.json'));
  return analysis === undefined ? version : `${version}-${analysis}`;
}

function readAnalysis(file: string): string | undefined {
  try {
    const description: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const isDescribed = typeof description === 'object' && description !== null && 'analysis' in description;
    return isDescribed && typeof description.analysis === 'string' ? description.analysis : undefined;
  } catch (error) {
    // Sources that run without having been built, or a file that somebody cut off.
    if (isFileSystemError(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
