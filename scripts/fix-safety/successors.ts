import type { Finding } from '../../server/src/core/finding.ts';

/** A finding that is meant to stand where a fix has been made. */
interface Successor {
  readonly mended: string;
  readonly appears: string;
  readonly reason: string;
}

/** Everything else that a fix brings out is a failure of the fix. */
const SUCCESSORS: readonly Successor[] = [
  {
    mended: 'bare-except',
    appears: 'broad-except',
    reason: '`except Exception` no longer stops the service from ending, and still hides bugs.',
  },
];

/** Rules whose fix prepares a mend that only a command of the user can finish. */
const STAYS: ReadonlyMap<string, string> = new Map([
  ['env-file-tracked', 'The file is tracked until the user runs `git rm --cached`; the fix ignores it from then on.'],
]);

/** Actions that make a defect smaller, and leave the rest of the mend to another one. */
const STEPS: readonly RegExp[] = [/^Move what can’t fail out of the `try`$/];

/** Whether a fix is only a step on the way, by its title. */
export function isStep(title: string): boolean {
  return STEPS.some(step => step.test(title));
}

/** Whether a rule may report something where another one has been satisfied. */
export function isKnownSuccessor(mended: readonly string[], appeared: Finding): boolean {
  return SUCCESSORS.some(pair => mended.includes(pair.mended) && pair.appears === appeared.ruleId);
}

/** Whether the fixes of a rule leave the finding in place on purpose. */
export function staysOnPurpose(ruleId: string): boolean {
  return STAYS.has(ruleId);
}
