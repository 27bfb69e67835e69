import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { TextRange } from '../core/text.ts';
import type { ReportFormat } from '../protocol/explaining.ts';
import { renderAssistantTask } from '../report/assistant-task.ts';
import { collectReview, type Places, type Scope } from '../report/collect-review.ts';
import { renderReport } from '../report/render-report.ts';
import type { Place } from '../report/review.ts';
import { toRange } from './convert.ts';
import type { LocatedFinding } from './publish-diagnostics.ts';
import type { KnownFile } from './published-file.ts';
import type { RulePages } from './rule-pages.ts';
import type { WorkspaceRoot } from './workspace-root.ts';

/** What a report needs beside the results. */
export interface ReportContext {
  readonly pages: RulePages;
  /** Of Readiness. */
  readonly version: string;
  /** Printed as the day in UTC. */
  readonly today: Date;
}

/** A report on the latest results of a root; null before the session has started. */
export async function reportOn(
  root: WorkspaceRoot,
  format: ReportFormat,
  { pages, version, today }: ReportContext,
): Promise<string | null> {
  const { session, options } = root;
  if (!session) return null;
  const rules = [...pages.all()];
  const texts = new Map(await Promise.all(rules.map(async ({ id }) => [id, await pageText(id, pages)] as const)));
  return renderReport(
    {
      subject: options.name,
      date: today.toISOString().slice(0, 10),
      version,
      review: await collectReview(session, scopeOf(options.owns), rules, placesOf(root)),
      rules,
      pageOf: ruleId => texts.get(ruleId),
      base: session.root,
    },
    format,
  );
}

/** A finding as a task for a coding assistant; null when its file can't be read. */
export async function taskFor(
  { finding }: LocatedFinding,
  { root, session, published }: KnownFile,
  pages: RulePages,
): Promise<string | null> {
  const meta = pages.meta(finding.ruleId);
  const text = await root.options.texts.text(finding.path);
  if (!meta || text === undefined) return null;
  const places = placesOf(root);
  const related = finding.related.map(async ({ path, range, message }) => ({
    ...(await places.locate(path, range)),
    message,
  }));
  return renderAssistantTask({
    reported: {
      ...(await places.locate(finding.path, finding.range)),
      finding,
      aspect: meta.aspect,
      related: await Promise.all(related),
    },
    text,
    analysis: published.analysis ?? { findings: [finding], accepted: [] },
    rules: [...pages.all()],
    page: await pageText(finding.ruleId, pages),
    fixes: (await session.fixes(finding)).map(({ title }) => title),
  });
}

/** What a root speaks for: files of a root inside it are that one's. */
function scopeOf(owns: (path: string) => boolean): Scope {
  return { isSelected: owns, isWanted: () => true, isCounted: owns };
}

/** Places as a reader in the root's folder names them, in the texts as they are now. */
function placesOf({ options: { texts } }: WorkspaceRoot): Places {
  return {
    show: path => path,
    async locate(path: string, range: TextRange): Promise<Place> {
      const positions = await texts.positions(path);
      const start = { line: 0, character: 0 };
      const place = positions ? toRange(range, positions) : { start, end: start };
      return { path, absolute: texts.absolute(path), ...place };
    },
  };
}

async function pageText(ruleId: string, pages: RulePages): Promise<string | undefined> {
  const uri = pages.uri(ruleId);
  if (uri === undefined) return undefined;
  try {
    return await readFile(fileURLToPath(uri), 'utf8');
  } catch {
    // A package without its pages still has findings to report on.
    return undefined;
  }
}
