import { decodeText } from '../../workspace/decode.ts';
import { isFileSystemError } from '../scan/cache-index.ts';
import type { ConfigurationProblem } from '../model.ts';
import { BASELINE_PATH, type Baseline } from '../baseline/baseline.ts';
import { readBaseline } from '../baseline/baseline-file.ts';

/** The baseline of a root. */
export interface LoadedBaseline {
  readonly baseline: Baseline;
  readonly problems: readonly ConfigurationProblem[];
}

export const NO_BASELINE: LoadedBaseline = { baseline: [], problems: [] };

/**
 * Reads the baseline file of a root.
 * @param read content of a path of the root. @throws Error when it can't be read
 * @param lastGood stays in force when the file has a mistake
 */
export function loadBaseline(read: (path: string) => Uint8Array, lastGood: Baseline): LoadedBaseline {
  let bytes: Uint8Array;
  try {
    bytes = read(BASELINE_PATH);
  } catch (error) {
    // Most roots have none.
    if (isFileSystemError(error)) return NO_BASELINE;
    throw error;
  }
  const decoded = decodeText(BASELINE_PATH, bytes);
  const text = decoded.kind === 'text' ? decoded.text : '';
  const { baseline, problems } = readBaseline(text);
  return {
    baseline: baseline ?? lastGood,
    problems: problems.map(problem => ({ ...problem, path: BASELINE_PATH, fatal: false })),
  };
}
