import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { nearestName } from '../core/nearest-name.ts';
import { PRIORITIES, type Priority } from '../core/finding.ts';
import { explainUnknownRule, type RuleNames } from '../engine/rule-names.ts';
import type { OptionName } from './commands.ts';
import type { CommandLine } from './parse-command-line.ts';
import type { ScanOptions } from './scan-root.ts';
import { UsageError } from './usage-error.ts';

/**
 * Reads the options that every scanning command has.
 * @throws UsageError for a number of jobs that is none, and a configuration file that isn't there
 */
export function readScanOptions(line: CommandLine, cwd: string): ScanOptions {
  return {
    useCache: !line.has('no-cache'),
    useBaseline: !line.has('no-baseline'),
    jobs: readJobs(line.last('jobs')),
    configurationFile: readConfigurationFile(line.last('config'), cwd),
    quiet: line.has('quiet'),
  };
}

/**
 * Reads an option that takes one of a few words.
 * @throws UsageError when it is another word
 */
export function readChoice<Choice extends string>(
  line: CommandLine,
  option: OptionName,
  choices: readonly Choice[],
): Choice | undefined {
  const word = line.last(option);
  if (word === undefined) return undefined;
  const choice = choices.find(candidate => candidate === word);
  if (choice !== undefined) return choice;
  const nearest = nearestName(word, choices);
  const advice = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  throw new UsageError(`--${option} takes ${choices.join(', ')}, not ${word}.${advice}`);
}

/** Reads an option that takes a priority; see {@link readChoice}. */
export function readPriority(line: CommandLine, option: OptionName): Priority | undefined {
  return readChoice(line, option, PRIORITIES);
}

/** Reads the rules that `--rule` names; undefined for all. @throws UsageError for one that does not exist */
export function readRules(line: CommandLine, names: RuleNames): ReadonlySet<string> | undefined {
  const ids = line.all('rule');
  for (const id of ids) {
    const unknown = explainUnknownRule(id, names);
    if (unknown) throw new UsageError(unknown.message);
  }
  return ids.length === 0 ? undefined : new Set(ids);
}

function readJobs(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  if (!/^[1-9]\d{0,2}$/.test(word)) throw new UsageError(`--jobs takes a number from 1 to 999, not ${word}.`);
  return Number(word);
}

function readConfigurationFile(given: string | undefined, cwd: string): string | undefined {
  if (given === undefined) return undefined;
  const path = resolve(cwd, given);
  if (!existsSync(path)) throw new UsageError(`There is no such configuration file: ${given}`);
  return path;
}
