import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { CancellationToken } from '../core/cancellation.ts';
import { RULE_NAMES, VERSION } from '../product.ts';
import { collectReview, WHOLE_SESSION } from '../report/collect-review.ts';
import { renderReport } from '../report/render-report.ts';
import { REPORT_FORMATS } from '../report/report-model.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { noteProblems } from './notes.ts';
import type { CommandLine } from './parse-command-line.ts';
import { createPlaces } from './places.ts';
import { readPages } from './rule-pages.ts';
import { readChoice, readScanOptions } from './scan-options.ts';
import { withScannedRoot } from './scan-root.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { selectRoots } from './workspace-roots.ts';

/** `readiness report`: the report of the workspace root of a path. @throws UsageError for mistakes in the call */
export async function report(line: CommandLine, terminal: Terminal, token: CancellationToken): Promise<ExitCode> {
  const format = readChoice(line, 'format', REPORT_FORMATS) ?? 'markdown';
  const output = line.last('output');
  const options = readScanOptions(line, terminal.cwd);
  const [selection] = await selectRoots([line.positionals[0] ?? '.'], terminal.cwd);
  if (!selection) return EXIT.mistake;

  return withScannedRoot(selection.root, options, terminal, token, async session => {
    if (token.isCancellationRequested) return EXIT.interrupted;
    await noteProblems(session, terminal);
    if (session.configurationProblems.some(({ fatal }) => fatal)) return EXIT.mistake;

    const { rules } = RULE_NAMES;
    const pages = await readPages(rules);
    // Paths are those of the service, wherever the report is made.
    const places = createPlaces(session.root, session.root);
    const text = renderReport(
      {
        subject: basename(session.root),
        date: dayOf(new Date()),
        version: VERSION,
        review: await collectReview(session, WHOLE_SESSION, rules, places),
        rules,
        pageOf: ruleId => pages.get(ruleId),
        base: session.root,
      },
      format,
    );
    if (output === undefined) terminal.print(text);
    else await writeReport(resolve(terminal.cwd, output), output, text);
    return session.configurationProblems.length > 0 ? EXIT.mistake : EXIT.clean;
  });
}

/** The day where the reader is, as `2026-11-21`. */
function dayOf(date: Date): string {
  const digits = [date.getMonth() + 1, date.getDate()].map(part => String(part).padStart(2, '0'));
  return [date.getFullYear(), ...digits].join('-');
}

/** Written in place, so that a device or a link is what it was. */
async function writeReport(path: string, given: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new UsageError(`The report can't be written to ${given}${why}.`, { cause });
  }
}
