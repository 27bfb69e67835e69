import type { Applicability, Finding } from '../core/finding.ts';
import type { FileEdit, Fix } from '../core/fix.ts';
import { applyEdits } from '../core/text.ts';
import type { Session } from '../engine/session.ts';
import { newDraft, openDraft, type Draft } from './draft.ts';

/** Applies the fixes of one file's findings that edit other files too; a fix whose edits don't all fit is left out. */
export async function planAcrossFiles(
  session: Session,
  path: string,
  grade: Applicability,
  isWanted: (finding: Finding) => boolean,
  drafts: Map<string, Draft>,
): Promise<void> {
  const tried = new Set<string>();
  for (let finding = await nextFinding(session, path, isWanted, tried); finding;) {
    const fixes = await session.fixes(finding);
    const fix = fixes.find(({ applicability }) => applicability === 'safe' || grade === 'suggested');
    if (fix && reachesOut(fix, path)) await apply(session, fix, drafts);
    finding = await nextFinding(session, path, isWanted, tried);
  }
}

/** The next finding that was not tried yet: each fix may move the others. */
async function nextFinding(
  session: Session,
  path: string,
  isWanted: (finding: Finding) => boolean,
  tried: Set<string>,
): Promise<Finding | undefined> {
  // Findings of workspace rules may stand in files that no front end reads: those have no analysis of their own.
  const own = await session.analyze(path);
  const findings = (own ?? session.analyses().find(analysis => analysis.path === path))?.findings ?? [];
  const next = findings.find(finding => isWanted(finding) && !tried.has(keyOf(finding)));
  if (next) tried.add(keyOf(next));
  return next;
}

function keyOf({ ruleId, fingerprint, range }: Finding): string {
  return `${ruleId} ${fingerprint} ${range.start}`;
}

function reachesOut({ edits }: Fix, path: string): boolean {
  return edits.some(edit => edit.path !== path || edit.create !== undefined);
}

/** All edits of a fix, or none. */
async function apply(session: Session, fix: Fix, drafts: Map<string, Draft>): Promise<void> {
  const changes: { readonly draft: Draft; readonly text: string }[] = [];
  for (const edit of fix.edits) {
    const draft = drafts.get(edit.path) ?? (await draftFor(session.root, edit));
    const text = draft && edited(draft, edit);
    const isTwice = changes.some(change => change.draft === draft);
    if (draft === undefined || text === undefined || isTwice || draft.encode(text) === undefined) return;
    changes.push({ draft, text });
  }
  for (const { draft, text } of changes) {
    draft.after = text;
    draft.version++;
    drafts.set(draft.path, draft);
    session.change(draft.path, text, draft.version, undefined);
  }
}

async function draftFor(root: string, { path, create }: FileEdit): Promise<Draft | undefined> {
  return create === undefined ? openDraft(root, path) : newDraft(root, path, create);
}

/** The text with the edits in it; undefined when they don't fit. */
function edited({ after }: Draft, { edits }: FileEdit): string | undefined {
  try {
    return applyEdits(after, edits);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
