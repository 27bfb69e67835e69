import { join } from 'node:path';
import type { CancellationToken } from '../core/cancellation.ts';
import { PRIORITIES, type Finding, type Priority } from '../core/finding.ts';
import type { Session } from '../engine/session.ts';
import { RULE_NAMES } from '../product.ts';
import { collectReview, type Scope } from '../report/collect-review.ts';
import type { Review } from '../report/review.ts';
import { applyFixes } from './apply-fixes.ts';
import { findChangedLines, onlyChanged, type ChangedLines } from './changed-lines.ts';
import { readCheckRequest, type CheckRequest } from './check-request.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { mergeReviews, type RootReview } from './merge-reviews.ts';
import { noteLeftOut, noteProblems } from './notes.ts';
import type { CommandLine } from './parse-command-line.ts';
import { createPlaces } from './places.ts';
import { plannedDiff } from './planned-diff.ts';
import { planFixes } from './planned-fixes.ts';
import { renderReview } from './render-review.ts';
import { withScannedRoot } from './scan-root.ts';
import type { Terminal } from './terminal.ts';
import { isSelected, selectRoots, type Selection } from './workspace-roots.ts';

/** What came of one root. */
interface RootResult extends RootReview {
  readonly diff: string;
  /** Whether something went wrong that the user has to mend, beside the findings. */
  readonly hasMistake: boolean;
}

/** `readiness check`: scans, fixes where asked to, reports. @throws UsageError for mistakes in the call. */
export async function check(line: CommandLine, terminal: Terminal, token: CancellationToken): Promise<ExitCode> {
  const request = readCheckRequest(line, RULE_NAMES, terminal.cwd);
  const selections = await selectRoots(request.paths, terminal.cwd);

  // Before the scan, because a mistake here should not take long to show.
  const changed = await changedLinesOf(selections, request.changedSince);
  const results: RootResult[] = [];
  for (const selection of selections) {
    const scope = scopeOf(selection, selections, request);
    const result = await withScannedRoot(selection.root, request.scan, terminal, token, session =>
      token.isCancellationRequested
        ? Promise.resolve(undefined)
        : checkRoot(session, selection, scope, request, terminal),
    );
    if (token.isCancellationRequested) return EXIT.interrupted;
    if (!result) return EXIT.mistake;
    const lines = changed.get(selection.root);
    results.push(lines ? { ...result, review: onlyChanged(result.review, lines) } : result);
  }
  const [first, ...others] = results;
  if (!first) return EXIT.mistake;

  const review = mergeReviews([first, ...others], RULE_NAMES.rules);
  if (request.diff) terminal.print(results.map(({ diff }) => diff).join(''));
  else terminal.print(await renderReview(review, request, selections, terminal));
  if (results.some(({ hasMistake }) => hasMistake)) return EXIT.mistake;
  return hasFailingFinding(review, request.failOn) ? EXIT.findings : EXIT.clean;
}

async function changedLinesOf(
  selections: readonly Selection[],
  reference: string | undefined,
): Promise<ReadonlyMap<string, ChangedLines>> {
  const changed = new Map<string, ChangedLines>();
  if (reference === undefined) return changed;
  for (const { root } of selections) changed.set(root, await findChangedLines(root, reference));
  return changed;
}

/** Undefined when the configuration can't be parsed: the findings of another one would mislead. */
async function checkRoot(
  session: Session,
  selection: Selection,
  scope: Scope,
  request: CheckRequest,
  terminal: Terminal,
): Promise<RootResult | undefined> {
  await noteProblems(session, terminal);
  if (session.configurationProblems.some(({ fatal }) => fatal)) return undefined;
  noteLeftOut(session, selection, terminal);

  let diff = '';
  let hasUnwritten = false;
  if (request.fix !== undefined) {
    const everyRule = request.ruleIds === undefined && request.priority === 'low';
    const planned = await planFixes(session, scope, { grade: request.fix, everyRule });
    const { show } = createPlaces(session.root, terminal.cwd);
    if (request.diff) diff = await plannedDiff(planned, session, show, terminal);
    else hasUnwritten = !(await applyFixes(session, planned, request.scan.quiet, terminal));
  }
  const review = await collectReview(session, scope, RULE_NAMES.rules, createPlaces(session.root, terminal.cwd));
  for (const { path, reason } of request.scan.quiet ? [] : review.notMeasured) {
    terminal.note(`Not analysed: ${path}: ${reason}`);
  }
  const hasMistake = hasUnwritten || session.configurationProblems.length > 0;
  return { review, settings: session.settings, diff, hasMistake };
}

/** A file inside two roots that the user named belongs to the inner one. */
function scopeOf(selection: Selection, all: readonly Selection[], { ruleIds, priority }: CheckRequest): Scope {
  const inner = all.filter(other => other.root.length > selection.root.length);
  const isInInner = (path: string): boolean => {
    const absolute = join(selection.root, path);
    return inner.some(other => {
      const prefix = join(other.root, '/');
      return absolute.startsWith(prefix) && isSelected(other, absolute.slice(prefix.length).replaceAll('\\', '/'));
    });
  };
  return {
    isSelected: path => isSelected(selection, path) && !isInInner(path),
    isCounted: path => !isInInner(path),
    isWanted: (finding: Finding) =>
      (ruleIds === undefined || ruleIds.has(finding.ruleId)) && isAtLeast(finding.priority, priority),
  };
}

function hasFailingFinding({ findings }: Review, failOn: Priority): boolean {
  return findings.some(({ finding }) => isAtLeast(finding.priority, failOn));
}

function isAtLeast(priority: Priority, least: Priority): boolean {
  return PRIORITIES.indexOf(priority) <= PRIORITIES.indexOf(least);
}
