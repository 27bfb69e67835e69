import { parseArgs } from 'node:util';
import { nearestName } from '../core/nearest-name.ts';
import {
  COMMANDS,
  isCommand,
  OPTIONS,
  type CommandName,
  type CommandSpec,
  type OptionName,
  type OptionSpec,
} from './commands.ts';
import { UsageError } from './usage-error.ts';

/** A command with its options and arguments, all of which it knows. */
export interface CommandLine {
  /** Undefined when none was named. */
  readonly command: CommandName | undefined;
  readonly positionals: readonly string[];
  /** Whether a switch is given. */
  readonly has: (name: OptionName) => boolean;
  /** Values of an option in the order of the command line. */
  readonly all: (name: OptionName) => readonly string[];
  /** The last value of an option. */
  readonly last: (name: OptionName) => string | undefined;
}

/** Options that every command takes, and the command line without one. */
const EVERYWHERE: readonly OptionName[] = ['help', 'version'];

/**
 * Reads the words after the program's name.
 * @throws UsageError for unknown commands and options, missing or unwanted values, and too many arguments
 */
export function parseCommandLine(words: readonly string[]): CommandLine {
  const { tokens } = parseArgs({
    args: [...words],
    options: parserOptions(),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const arguments_ = tokens.flatMap(token => (token.kind === 'positional' ? [token.value] : []));
  const options = tokens.flatMap(token => (token.kind === 'option' ? [token] : []));
  const [name, ...positionals] = arguments_;
  const wantsHelp = options.some(option => option.name === 'help');
  const command = name === undefined ? undefined : commandNamed(name);

  const given = options.map(option => validate(option, command));
  const most = command === undefined ? 0 : COMMANDS[command].positionals;
  const extra = positionals[most];
  if (extra !== undefined && !wantsHelp) throw new UsageError(`Unexpected argument: ${extra}`);

  const all = (wanted: OptionName): readonly string[] =>
    given.flatMap(option => (option.name === wanted && option.value !== undefined ? [option.value] : []));
  return {
    command,
    positionals,
    has: wanted => given.some(option => option.name === wanted),
    all,
    last: wanted => all(wanted).at(-1),
  };
}

function parserOptions(): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  const entries = Object.entries(OPTIONS).map(([name, spec]) => {
    return [name, { type: 'value' in spec ? ('string' as const) : ('boolean' as const) }] as const;
  });
  return {
    ...Object.fromEntries(entries),
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'V' },
  };
}

function commandNamed(name: string): CommandName {
  if (isCommand(name)) return name;
  throw new UsageError(`Unknown command: ${name}.${didYouMean(nearestName(name, Object.keys(COMMANDS)))}`);
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function validate(
  option: OptionToken,
  command: CommandName | undefined,
): { readonly name: OptionName; readonly value: string | undefined } {
  const { name, rawName, value } = option;
  const own: CommandSpec['options'] = command === undefined ? [] : COMMANDS[command].options;
  const known = [...own, ...EVERYWHERE].find(candidate => candidate === name);
  if (known === undefined) throw new UsageError(unknownOption(rawName, name, own, command));

  const spec: OptionSpec = OPTIONS[known];
  if (spec.value !== undefined) {
    // What looks like an option was hardly meant as a value, unless it is tied on with `=`.
    const isMissing = value === undefined || value === '' || (option.inlineValue === false && /^-./.test(value));
    if (isMissing) throw new UsageError(`${rawName} needs a value: ${rawName} ${spec.value}`);
  } else if (value !== undefined) {
    throw new UsageError(`${rawName} takes no value.`);
  }
  return { name: known, value };
}

function unknownOption(
  rawName: string,
  name: string,
  own: readonly OptionName[],
  command: CommandName | undefined,
): string {
  const nearest = nearestName(name, [...own, ...EVERYWHERE]);
  const where = command === undefined ? '' : ` of readiness ${command}`;
  return `Unknown option${where}: ${rawName}.${didYouMean(nearest === undefined ? undefined : `--${nearest}`)}`;
}

function didYouMean(name: string | undefined): string {
  return name === undefined ? '' : ` Did you mean ${name}?`;
}
