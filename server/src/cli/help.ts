import { COMMANDS, OPTIONS, type CommandName, type CommandSpec, type OptionName, type OptionSpec } from './commands.ts';

/** Help for one command, or for the program. */
export function helpText(command: CommandName | undefined): string {
  if (command === undefined || command === 'help') return generalHelp();
  const { usage, summary, options, descriptions, notes }: CommandSpec = COMMANDS[command];
  const rows = [...options, 'help' as const]
    .filter(name => name !== 'clientProcessId')
    .map(name => optionRow(name, descriptions?.[name]));
  const sections = [
    `${summary}.`,
    `Usage: ${usage}${options.length > 0 ? ' [options]' : ''}`,
    `Options:\n${table(rows)}`,
  ];
  return `${[...sections, ...(notes === undefined ? [] : [notes])].join('\n\n')}\n`;
}

function generalHelp(): string {
  const commands = Object.values(COMMANDS).map(({ usage, summary }) => [usage, summary] as const);
  return [
    'Readiness reviews code for production readiness.',
    `Commands:\n${table(commands)}`,
    `Options:\n${table([optionRow('help'), optionRow('version')])}`,
    '`readiness help COMMAND` shows the options of a command.\n',
  ].join('\n\n');
}

function optionRow(name: OptionName, description: string = OPTIONS[name].description): readonly [string, string] {
  const { value }: OptionSpec = OPTIONS[name];
  return [value === undefined ? `--${name}` : `--${name} ${value}`, description];
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
