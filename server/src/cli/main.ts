/** The command line: `readiness COMMAND …`. */
import type { CancellationToken } from '../core/cancellation.ts';
import { VERSION } from '../product.ts';
import { baseline } from './baseline.ts';
import { check } from './check.ts';
import { isCommand } from './commands.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { helpText } from './help.ts';
import { mcp } from './mcp.ts';
import { parseCommandLine, type CommandLine } from './parse-command-line.ts';
import { report } from './report.ts';
import { explain, listRules } from './rule-commands.ts';
import { showScore } from './show-score.ts';
import { task } from './task.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

void main();

/** The process ends by itself once nothing is left to do, so that all output gets through. */
async function main(): Promise<void> {
  const terminal = processTerminal();
  const code = await run(process.argv.slice(2), terminal);
  if (code !== undefined) process.exitCode = code;
}

async function run(words: readonly string[], terminal: Terminal): Promise<ExitCode | undefined> {
  try {
    return await runCommand(parseCommandLine(words), terminal);
  } catch (error) {
    terminal.progress('');
    if (error instanceof UsageError) terminal.note(`readiness: ${error.message}`);
    else
      terminal.note(
        `readiness: unexpected failure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    return EXIT.mistake;
  }
}

/** Undefined while the language server runs, which ends the process itself. */
async function runCommand(line: CommandLine, terminal: Terminal): Promise<ExitCode | undefined> {
  if (line.has('version')) return answer(`readiness ${VERSION}\n`, terminal);
  if (line.has('help')) return answer(helpText(line.command), terminal);
  switch (line.command) {
    case undefined:
      terminal.note(helpText(undefined).trimEnd());
      return EXIT.mistake;
    case 'check':
      return check(line, terminal, cancelledByInterrupt());
    case 'score':
      return showScore(line, terminal, cancelledByInterrupt());
    case 'report':
      return report(line, terminal, cancelledByInterrupt());
    case 'task':
      return task(line, terminal, cancelledByInterrupt());
    case 'baseline':
      return baseline(line, terminal, cancelledByInterrupt());
    case 'explain':
      return explain(line, terminal);
    case 'rules':
      return listRules(line, terminal);
    case 'help':
      return help(line, terminal);
    case 'mcp':
      return mcp(line, terminal);
    case 'lsp':
      return serve(line);
  }
}

function answer(text: string, terminal: Terminal): ExitCode {
  terminal.print(text);
  return EXIT.clean;
}

function help({ positionals: [command] }: CommandLine, terminal: Terminal): ExitCode {
  if (command === undefined) return answer(helpText(undefined), terminal);
  if (!isCommand(command)) throw new UsageError(`Unknown command: ${command}.`);
  return answer(helpText(command), terminal);
}

async function serve(line: CommandLine): Promise<undefined> {
  if (!line.has('stdio'))
    throw new UsageError('The language server speaks over standard input and output: readiness lsp --stdio');
  // The server's own bundle: the other commands start faster without it. It begins to serve when it is loaded.
  await import('../main.ts');
}

/** Ctrl-C asks the scan to stop; a second one doesn't ask. */
function cancelledByInterrupt(): CancellationToken {
  let isCancellationRequested = false;
  process.on('SIGINT', () => {
    if (isCancellationRequested) process.exit(EXIT.interrupted);
    isCancellationRequested = true;
  });
  return {
    get isCancellationRequested() {
      return isCancellationRequested;
    },
  };
}
