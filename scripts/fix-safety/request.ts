import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What the user asked for. */
export interface SafetyRequest {
  /** Absolute path. */
  readonly folder: string;
  /** Whether files that rules leave alone (tests, examples, vendored ones …) count too. */
  readonly allFiles: boolean;
  /** Number of fixes to print as diffs. */
  readonly sample: number;
  readonly seed: number;
  readonly ruleId: string | undefined;
  /** Absolute path of the report to write. */
  readonly jsonFile: string | undefined;
}

export const USAGE =
  'Usage: npm run fix-safety -- FOLDER [--all-files] [--sample COUNT] [--seed NUMBER] [--rule ID] [--json FILE]';

/**
 * Reads the words of a call.
 * @throws Error with a sentence for the user when they make no sense
 */
export function readRequest(words: readonly string[], ruleIds: readonly string[]): SafetyRequest {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: {
      'all-files': { type: 'boolean', default: false },
      sample: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      rule: { type: 'string' },
      json: { type: 'string' },
    },
    allowPositionals: true,
  });
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) throw new Error(USAGE);
  const root = resolve(folder);
  if (!existsSync(root) || !statSync(root).isDirectory()) throw new Error(`There is no folder ${root}.`);
  if (values.rule !== undefined && !ruleIds.includes(values.rule)) {
    throw new Error(`There is no rule ${values.rule}. The rules are: ${ruleIds.join(', ')}.`);
  }
  return {
    folder: root,
    allFiles: values['all-files'],
    sample: readNumber('--sample', values.sample),
    seed: readNumber('--seed', values.seed),
    ruleId: values.rule,
    jsonFile: values.json === undefined ? undefined : resolve(values.json),
  };
}

function readNumber(option: string, word: string): number {
  if (!/^\d{1,9}$/.test(word)) throw new Error(`${option} takes a whole number, not ${word}.`);
  return Number(word);
}
