import type { FileEdit } from '../core/fix.ts';
import type { RuleMeta } from '../core/rule.ts';
import type { Session } from '../engine/session.ts';
import { secretsIn } from './conceal-secrets.ts';
import { diffOfEdits } from './fix-diff.ts';

/**
 * The diff of a fix with a mark in place of each secret, fit to be shown to a model; of a file that is a secret as a
 * whole it says only that it changes.
 * @param textOf text of a path of the root, as it was analysed; undefined when it can't be read
 */
export async function secretlessDiff(
  edits: readonly FileEdit[],
  session: Pick<Session, 'analyses'>,
  rules: readonly RuleMeta[],
  textOf: (path: string) => Promise<string | undefined>,
): Promise<string> {
  const paths = edits.map(({ path }) => path);
  const { hides, mask } = await secretsIn(paths, session, rules, textOf);
  const shown = await diffOfEdits(
    edits.filter(({ path }) => !hides(path)),
    textOf,
    mask,
  );
  const hidden = paths.filter(hides).map(path => `# ${path} changes too; it is left out, because it holds secrets.\n`);
  return shown + hidden.join('');
}
