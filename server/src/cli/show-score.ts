import type { CancellationToken } from '../core/cancellation.ts';
import { explainScore } from '../engine/explain-score.ts';
import { toJson } from '../report/json-report.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { noteProblems } from './notes.ts';
import type { CommandLine } from './parse-command-line.ts';
import { readChoice, readScanOptions } from './scan-options.ts';
import { withScannedRoot } from './scan-root.ts';
import type { Terminal } from './terminal.ts';
import { selectRoots } from './workspace-roots.ts';

/** `readiness score`: the score of the workspace root of a path. @throws UsageError for mistakes in the call */
export async function showScore(line: CommandLine, terminal: Terminal, token: CancellationToken): Promise<ExitCode> {
  const format = readChoice(line, 'format', ['text', 'json']);
  const options = readScanOptions(line, terminal.cwd);
  const [selection] = await selectRoots([line.positionals[0] ?? '.'], terminal.cwd);
  if (!selection) return EXIT.mistake;

  return withScannedRoot(selection.root, options, terminal, token, async session => {
    if (token.isCancellationRequested) return EXIT.interrupted;
    await noteProblems(session, terminal);
    if (session.configurationProblems.some(({ fatal }) => fatal)) return EXIT.mistake;

    const { score } = session.readiness();
    terminal.print(format === 'json' ? toJson({ version: 1, score }) : `${explainScore(score).join('\n')}\n`);
    return session.configurationProblems.length > 0 ? EXIT.mistake : EXIT.clean;
  });
}
