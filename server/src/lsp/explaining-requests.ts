import {
  EXPLAIN_FILE_REQUEST,
  EXPLAIN_FINDING_REQUEST,
  REPORT_REQUEST,
  TASK_REQUEST,
  TIMING_REQUEST,
} from '../protocol/explaining.ts';
import { SLOW_ANALYSIS, type TimingView } from '../protocol/model.ts';
import type { FindingName } from '../protocol/names.ts';
import { explainFile } from './explain-file.ts';
import { explainFinding } from './explain-finding.ts';
import { findNamed } from './find-named.ts';
import type { AnswerRequest } from './answer-request.ts';
import type { LocatedFinding } from './publish-diagnostics.ts';
import { publishedFile, type KnownFile } from './published-file.ts';
import { reportOn, taskFor } from './reports.ts';
import type { ServerContext } from './server-context.ts';
import { pathOfUri } from './uris.ts';

/** Answers the requests that tell more about a file, a finding or a root. */
export function registerExplaining(context: ServerContext, answer: AnswerRequest): void {
  const { roots, pages, version } = context;
  answer(TIMING_REQUEST, 'tell how long the analysis took', ({ uri }) => Promise.resolve(timingOf(uri, context)));
  answer(EXPLAIN_FILE_REQUEST, 'explain how the file is reviewed', ({ uri }) => explainFile(uri, context));
  answer(EXPLAIN_FINDING_REQUEST, 'explain the finding', async params => {
    const named = await findFinding(params, context);
    return named ? explainFinding(named.located, pages) : null;
  });
  answer(TASK_REQUEST, 'write the task', async params => {
    const named = await findFinding(params, context);
    return named ? taskFor(named.located, named.file, pages) : null;
  });
  answer(REPORT_REQUEST, 'write the report', async ({ root, format }) => {
    const owner = roots.byUri(root);
    return owner ? reportOn(owner, format, { pages, version, today: new Date() }) : null;
  });
}

function timingOf(uri: string, { roots }: ServerContext): TimingView | null {
  const path = pathOfUri(uri);
  const root = path === undefined ? undefined : roots.owner(path);
  const timing = path === undefined ? undefined : root?.session?.timing(root.relative(path));
  if (!timing) return null;
  const { milliseconds, slowest } = timing;
  return milliseconds > SLOW_ANALYSIS ? { milliseconds, slowest } : { milliseconds };
}

async function findFinding(
  name: FindingName,
  context: ServerContext,
): Promise<{ readonly located: LocatedFinding; readonly file: KnownFile } | undefined> {
  const file = await publishedFile(context, name.uri);
  const located = file && findNamed(name, file.published);
  return located && { located, file };
}
