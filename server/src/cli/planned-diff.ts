import { RULE_NAMES } from '../product.ts';
import type { Session } from '../engine/session.ts';
import { secretsIn } from '../report/conceal-secrets.ts';
import { CONCEALED } from '../report/excerpt.ts';
import { unifiedDiff } from '../report/unified-diff.ts';
import type { PlannedFix } from './planned-fixes.ts';
import type { Terminal } from './terminal.ts';

/**
 * What planned fixes would change, as a unified diff in which a mark stands for each secret: it may end up in the log of a
 * pipeline. Notes tell what can't be applied therefore.
 * @param show path of a file as the reader names it
 */
export async function plannedDiff(
  planned: readonly PlannedFix[],
  session: Pick<Session, 'analyses'>,
  show: (path: string) => string,
  terminal: Terminal,
): Promise<string> {
  const before = new Map(planned.map(fix => [fix.path, fix.before]));
  const { hides, mask } = await secretsIn([...before.keys()], session, RULE_NAMES.rules, path =>
    Promise.resolve(before.get(path)),
  );
  for (const { path } of planned) {
    if (hides(path)) terminal.note(`Left out of the diff: ${show(path)}: it holds secrets.`);
  }
  const shown = planned.filter(({ path }) => !hides(path));
  const diff = shown.map(fix => unifiedDiff(show(fix.path), fix.before && mask(fix.before), mask(fix.after))).join('');
  if (diff.includes(CONCEALED)) {
    terminal.note(`${CONCEALED} stands for a secret, which keeps the diff from being applied there.`);
  }
  return diff;
}
