import { relative, resolve, sep } from 'node:path';
import type { CancellationToken } from '../core/cancellation.ts';
import type { FileAnalysis } from '../engine/model.ts';
import type { Session } from '../engine/session.ts';
import { RULE_NAMES } from '../product.ts';
import { renderAssistantTask } from '../report/assistant-task.ts';
import { collectReview } from '../report/collect-review.ts';
import type { ReportedFinding } from '../report/review.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { noteProblems } from './notes.ts';
import type { CommandLine } from './parse-command-line.ts';
import { createPlaces } from './places.ts';
import { readText } from './read-text.ts';
import { readPage } from './rule-pages.ts';
import { readRules, readScanOptions } from './scan-options.ts';
import { withScannedRoot } from './scan-root.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { selectRoots } from './workspace-roots.ts';

/** Which finding is meant: by its fingerprint, or by file and 1-based line. */
type Wanted =
  | { readonly kind: 'fingerprint'; readonly fingerprint: string }
  | { readonly kind: 'line'; readonly path: string; readonly line: number };

/** `readiness task FILE:LINE|FINGERPRINT`: findings as tasks for a coding assistant. @throws UsageError when there is none */
export async function task(line: CommandLine, terminal: Terminal, token: CancellationToken): Promise<ExitCode> {
  const [word] = line.positionals;
  if (word === undefined) throw new UsageError('Which finding? Name it as FILE:LINE, or by its fingerprint.');
  const wanted = readWanted(word);
  const ruleIds = readRules(line, RULE_NAMES);
  const options = readScanOptions(line, terminal.cwd);
  const [selection] = await selectRoots([wanted.kind === 'line' ? wanted.path : '.'], terminal.cwd);
  if (!selection) return EXIT.mistake;

  return withScannedRoot(selection.root, options, terminal, token, async session => {
    if (token.isCancellationRequested) return EXIT.interrupted;
    await noteProblems(session, terminal);
    if (session.configurationProblems.some(({ fatal }) => fatal)) return EXIT.mistake;

    const all = await findWanted(session, wanted, terminal.cwd);
    const found = all.filter(({ finding }) => ruleIds === undefined || ruleIds.has(finding.ruleId));
    if (found.length === 0) throw new UsageError(`There is no open finding at ${word}.`);
    const tasks: string[] = [];
    for (const reported of found) tasks.push(await taskOf(reported, session));
    terminal.print(tasks.join('\n---\n\n'));
    return EXIT.clean;
  });
}

function readWanted(word: string): Wanted {
  if (/^[0-9a-f]{16}$/.test(word)) return { kind: 'fingerprint', fingerprint: word };
  // A column may follow, as reports print it.
  const [, path, line] = /^(.+?):(\d+)(?::\d+)?$/.exec(word) ?? [];
  if (path === undefined || line === undefined) {
    throw new UsageError(`Neither FILE:LINE nor a fingerprint: ${word}`);
  }
  return { kind: 'line', path, line: Number(line) };
}

async function findWanted(session: Session, wanted: Wanted, cwd: string): Promise<readonly ReportedFinding[]> {
  const path =
    wanted.kind === 'line' ? relative(session.root, resolve(cwd, wanted.path)).split(sep).join('/') : undefined;
  const scope = {
    isSelected: (candidate: string) => path === undefined || candidate === path,
    isWanted: ({ fingerprint }: { readonly fingerprint: string }) =>
      wanted.kind === 'line' || fingerprint === wanted.fingerprint,
  };
  const places = createPlaces(session.root, session.root);
  const { findings } = await collectReview(session, scope, RULE_NAMES.rules, places);
  if (wanted.kind === 'fingerprint') return findings.slice(0, 1);
  return findings.filter(({ start, end }) => start.line < wanted.line && wanted.line <= end.line + 1);
}

async function taskOf(reported: ReportedFinding, session: Session): Promise<string> {
  const { finding } = reported;
  const { rules } = RULE_NAMES;
  const rule = rules.find(({ id }) => id === finding.ruleId);
  return renderAssistantTask({
    reported,
    text: (await readText(reported.absolute)) ?? '',
    analysis: analysisOf(session, finding.path),
    rules,
    page: rule && (await readPage(rule)),
    fixes: (await session.fixes(finding)).map(({ title }) => title),
  });
}

function analysisOf(session: Session, path: string): Pick<FileAnalysis, 'findings' | 'accepted'> {
  return session.analyses().find(analysis => analysis.path === path) ?? { findings: [], accepted: [] };
}
