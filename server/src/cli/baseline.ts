import type { CancellationToken } from '../core/cancellation.ts';
import { PRIORITIES, type Finding } from '../core/finding.ts';
import {
  BASELINE_PATH,
  removableEntries,
  withFindings,
  withoutEntries,
  type Baseline,
} from '../engine/baseline/baseline.ts';
import { saveBaseline } from '../engine/baseline/save-baseline.ts';
import type { Session } from '../engine/session.ts';
import { RULE_NAMES } from '../product.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { noteProblems } from './notes.ts';
import type { CommandLine } from './parse-command-line.ts';
import { createPlaces } from './places.ts';
import { readPriority, readRules, readScanOptions } from './scan-options.ts';
import { withScannedRoot } from './scan-root.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { selectRoots } from './workspace-roots.ts';

const ACTIONS = ['create', 'prune', 'show'] as const;
type Action = (typeof ACTIONS)[number];

/** `readiness baseline create|prune|show`. @throws UsageError for mistakes in the call */
export async function baseline(line: CommandLine, terminal: Terminal, token: CancellationToken): Promise<ExitCode> {
  const action = ACTIONS.find(candidate => candidate === line.positionals[0]);
  if (action === undefined) throw new UsageError(`readiness baseline takes ${ACTIONS.join(', ')}.`);
  if (line.has('reason') && action !== 'create') throw new UsageError('--reason belongs to readiness baseline create.');
  const isWanted = wantedFindings(line);
  const options = readScanOptions(line, terminal.cwd);
  const [selection] = await selectRoots([line.positionals[1] ?? '.'], terminal.cwd);
  if (!selection) return EXIT.mistake;

  return withScannedRoot(selection.root, options, terminal, token, async session => {
    if (token.isCancellationRequested) return EXIT.interrupted;
    await noteProblems(session, terminal);
    if (session.configurationProblems.length > 0) return EXIT.mistake;
    await ACT[action]({ session, isWanted, reason: line.last('reason'), quiet: options.quiet, terminal });
    return EXIT.clean;
  });
}

interface Request {
  readonly session: Session;
  readonly isWanted: (finding: Finding) => boolean;
  readonly reason: string | undefined;
  readonly quiet: boolean;
  readonly terminal: Terminal;
}

const ACT: Readonly<Record<Action, (request: Request) => Promise<void>>> = { create, prune, show };

/** Accepts what is found today; what was accepted before and still occurs stays, with its reasons. */
async function create({ session, isWanted, reason, quiet, terminal }: Request): Promise<void> {
  const found = session
    .analyses()
    .flatMap(({ findings }) => findings)
    .filter(isWanted);
  const kept = withoutEntries(session.baseline, leftOver(session));
  await saveBaseline(session.root, withFindings(kept, found, reason));
  if (!quiet) terminal.note(`Accepted ${counted(found.length, 'finding')} in ${shownPath(session, terminal)}.`);
}

async function prune({ session, quiet, terminal }: Request): Promise<void> {
  const gone = leftOver(session);
  if (gone.length > 0) await saveBaseline(session.root, withoutEntries(session.baseline, gone));
  if (!quiet) terminal.note(`Removed ${counted(total(gone), 'finding')} that no longer ${occurs(total(gone))}.`);
}

function show({ session, terminal }: Request): Promise<void> {
  const { show: shown } = createPlaces(session.root, terminal.cwd);
  const gone = new Map(leftOver(session).map(({ fingerprint, count }) => [fingerprint, count]));
  const lines = session.baseline.map(({ path, ruleId, count, fingerprint, reason }) => {
    const times = count === 1 ? '' : ` ×${count}`;
    const stale = gone.has(fingerprint) ? '  (no longer occurs)' : '';
    return `${shown(path)}  ${ruleId}${times}${reason === undefined ? '' : `  ${reason}`}${stale}`;
  });
  const removable = gone.size === 0 ? '' : ` ${counted(gone.size, 'entry', 'entries')} can be pruned.`;
  const summary = `${counted(total(session.baseline), 'finding')} accepted.${removable}`;
  terminal.print(`${[...lines, ...(lines.length > 0 ? [''] : []), summary].join('\n')}\n`);
  return Promise.resolve();
}

function wantedFindings(line: CommandLine): Request['isWanted'] {
  const ruleIds = readRules(line, RULE_NAMES);
  const least = readPriority(line, 'priority') ?? 'low';
  return ({ ruleId, priority }) =>
    (ruleIds === undefined || ruleIds.has(ruleId)) && PRIORITIES.indexOf(priority) <= PRIORITIES.indexOf(least);
}

function leftOver(session: Session): Baseline {
  return removableEntries(
    session.baseline,
    session.analyses().flatMap(({ accepted }) => accepted),
  );
}

function shownPath(session: Session, terminal: Terminal): string {
  return createPlaces(session.root, terminal.cwd).show(BASELINE_PATH);
}

function total(entries: Baseline): number {
  return entries.reduce((sum, { count }) => sum + count, 0);
}

function occurs(count: number): string {
  return count === 1 ? 'occurs' : 'occur';
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
