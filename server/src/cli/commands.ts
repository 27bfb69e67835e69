/** An option of the command line. */
export interface OptionSpec {
  /** What the help calls its value; undefined for a switch. */
  readonly value?: string;
  readonly description: string;
}

export const OPTIONS = {
  format: { value: 'FORMAT', description: 'text, json or sarif (default: text)' },
  rule: { value: 'ID', description: 'this rule only; may be given several times' },
  priority: { value: 'LEVEL', description: 'critical, high, medium or low: findings of at least this priority' },
  'fail-on': { value: 'LEVEL', description: 'exit with 1 from this priority on (default: high)' },
  'changed-since': { value: 'REF', description: 'findings on lines that changed since this commit or branch only' },
  fix: { description: 'apply the safe fixes' },
  'fix-suggested': { description: 'apply the suggested fixes too; look through what they change' },
  diff: { description: 'print what --fix or --fix-suggested would change as a unified diff, and change nothing' },
  'no-cache': { description: 'analyse every file anew' },
  'no-baseline': { description: 'report what the baseline accepts too' },
  output: { value: 'FILE', description: 'write to this file in place of the standard output' },
  reason: { value: 'TEXT', description: 'why the findings are accepted' },
  jobs: { value: 'N', description: 'worker threads (default: the cores but one, at most 4)' },
  quiet: { description: 'print findings only' },
  config: { value: 'FILE', description: 'use this configuration file' },
  stdio: { description: 'speak over standard input and output' },
  // Some editors' clients add it to every server that they start.
  clientProcessId: { value: 'ID', description: 'ignored' },
  help: { description: 'show this help' },
  version: { description: 'show the version' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export type OptionName = keyof typeof OPTIONS;

/** What a command is called with, and what the help says of it. */
export interface CommandSpec {
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly OptionName[];
  /** Most positional arguments that it takes. */
  readonly positionals: number;
  /** What the help says of options that mean something else here. */
  readonly descriptions?: Partial<Readonly<Record<OptionName, string>>>;
  /** Ends the help. */
  readonly notes?: string;
}

const SCAN_OPTIONS = ['no-cache', 'no-baseline', 'jobs', 'quiet', 'config'] as const satisfies readonly OptionName[];

export const COMMANDS = {
  check: {
    usage: 'readiness check [paths…]',
    summary: 'Review files and folders; by default the working folder',
    options: [
      'format',
      'rule',
      'priority',
      'fail-on',
      'changed-since',
      'fix',
      'fix-suggested',
      'diff',
      ...SCAN_OPTIONS,
    ],
    positionals: Infinity,
    notes:
      'Exit code: 0 clean, 1 findings at or above the failing priority, 2 mistake in the call or the configuration,\n130 interrupted.',
  },
  baseline: {
    usage: 'readiness baseline create|prune|show [path]',
    summary: 'Accept the findings of today, drop what no longer occurs, or list what is accepted',
    options: ['rule', 'priority', 'reason', 'no-cache', 'jobs', 'quiet', 'config'],
    positionals: 2,
    notes:
      'The baseline is kept in .readiness/baseline.json; commit it. It goes by the code around a finding, not by lines.',
  },
  explain: {
    usage: 'readiness explain RULE',
    summary: 'Show the page of a rule',
    options: [],
    positionals: 1,
  },
  rules: {
    usage: 'readiness rules',
    summary: 'List the rules',
    options: ['format'],
    descriptions: { format: 'text or json (default: text)' },
    positionals: 0,
  },
  score: {
    usage: 'readiness score [path]',
    summary: 'Show the score with its arithmetic',
    options: ['format', ...SCAN_OPTIONS],
    descriptions: { format: 'text or json (default: text)' },
    positionals: 1,
  },
  report: {
    usage: 'readiness report [path]',
    summary: 'Write a report for people: summary, scorecard, findings, a plan and a checklist',
    options: ['format', 'output', ...SCAN_OPTIONS],
    descriptions: { format: 'markdown, html, sarif or json (default: markdown)' },
    positionals: 1,
  },
  task: {
    usage: 'readiness task FILE:LINE|FINGERPRINT',
    summary: 'Print a finding as a task for a coding assistant: the code, the rule, and what done means',
    options: ['rule', ...SCAN_OPTIONS],
    positionals: 1,
    notes: 'Secrets in the code are left out. `readiness check --format json` lists the fingerprints.',
  },
  mcp: {
    usage: 'readiness mcp [path]',
    summary: 'Serve findings, fixes and the score to coding assistants, over the Model Context Protocol',
    options: ['no-cache', 'no-baseline', 'jobs', 'config'],
    positionals: 1,
    notes: 'It speaks over standard input and output, and changes no file. docs/mcp.md has snippets for clients.',
  },
  lsp: {
    usage: 'readiness lsp --stdio',
    summary: 'Run the language server, for editors',
    options: ['stdio', 'clientProcessId'],
    positionals: 0,
  },
  help: {
    usage: 'readiness help [command]',
    summary: 'Show the help of a command',
    options: [],
    positionals: 1,
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;

export type CommandName = keyof typeof COMMANDS;

/** Narrows a word of the user to a command. */
export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
