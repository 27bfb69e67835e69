import { relative, isAbsolute, sep, dirname } from 'node:path';
import { RULE_NAMES, VERSION } from '../product.ts';
import { jsonReport } from '../report/json-report.ts';
import type { Review } from '../report/review.ts';
import { sarifReport } from '../report/sarif-report.ts';
import { textReport } from '../report/text-report.ts';
import type { CheckRequest } from './check-request.ts';
import { readPages } from './rule-pages.ts';
import type { Terminal } from './terminal.ts';
import type { Selection } from './workspace-roots.ts';

/** The review in the format that the user asked for. */
export async function renderReview(
  review: Review,
  { format, scan }: CheckRequest,
  selections: readonly Selection[],
  { cwd, paint }: Terminal,
): Promise<string> {
  switch (format) {
    case 'text':
      return textReport(review, { paint, quiet: scan.quiet });
    case 'json':
      return jsonReport(review);
    case 'sarif': {
      const { rules } = RULE_NAMES;
      const pages = await readPages(rules);
      const base = baseFolder(
        cwd,
        selections.map(({ root }) => root),
      );
      return sarifReport(review, { version: VERSION, rules, pageOf: ruleId => pages.get(ruleId), base });
    }
  }
}

/** The working folder where it holds all roots, else the innermost folder that does. */
function baseFolder(cwd: string, roots: readonly string[]): string {
  if (roots.every(root => isInside(cwd, root))) return cwd;
  let base = roots[0] ?? cwd;
  while (!roots.every(root => isInside(base, root)) && dirname(base) !== base) base = dirname(base);
  return base;
}

function isInside(folder: string, path: string): boolean {
  const between = relative(folder, path);
  return !isAbsolute(between) && between.split(sep)[0] !== '..';
}
