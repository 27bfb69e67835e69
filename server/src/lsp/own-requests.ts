import {
  ACCEPTED_REQUEST,
  ALL_FINDINGS_REQUEST,
  CANCEL_SCAN_REQUEST,
  DEBUG_INFO_REQUEST,
  EXPLAIN_REQUEST,
  FINDINGS_REQUEST,
  MODEL_REQUEST,
  SCAN_REQUEST,
  SUPPRESS_REQUEST,
  type RequestName,
  type SuppressParams,
} from '../protocol/messages.ts';
import { deferredEdit } from './code-actions.ts';
import { debugInfo } from './debug-info.ts';
import { actionContext, answering } from './language-features.ts';
import { acceptedRows, findingRows } from './finding-rows.ts';
import { rootModel } from './readiness-model.ts';
import type { ServerContext } from './server-context.ts';

/** Answers the requests that the panel and the commands of our own client send. */
export function registerOwnRequests(context: ServerContext): void {
  const { roots, pages, features, documents, version } = context;
  const answer = <Params, Result>(
    name: RequestName<Params, Result>,
    handler: (params: Params) => Promise<Result>,
  ): void => {
    context.connection.onRequest(name.method, answering(context.log, `answer ${name.method}`, handler));
  };

  answer(MODEL_REQUEST, () => Promise.all(roots.folders().map(root => rootModel(root, pages))));
  answer(FINDINGS_REQUEST, ({ root, ruleId }) => {
    const owner = roots.byUri(root);
    return Promise.resolve(owner ? findingRows(owner, pages, ruleId) : []);
  });
  answer(ALL_FINDINGS_REQUEST, ({ root }) => {
    const owner = roots.byUri(root);
    return Promise.resolve(owner ? findingRows(owner, pages) : []);
  });
  answer(ACCEPTED_REQUEST, ({ root }) => {
    const owner = roots.byUri(root);
    return owner ? acceptedRows(owner) : Promise.resolve([]);
  });
  answer(SCAN_REQUEST, async ({ root }) => {
    const wanted = roots.folders().filter(({ options }) => root === undefined || options.uri === root);
    await Promise.all(wanted.map(each => each.scan()));
    return null;
  });
  answer(CANCEL_SCAN_REQUEST, () => {
    for (const root of roots.all()) root.cancelScan();
    return Promise.resolve(null);
  });
  answer(DEBUG_INFO_REQUEST, () => Promise.resolve(debugInfo(version, features, roots, documents.all().length)));
  answer(EXPLAIN_REQUEST, ({ ruleId }) => {
    const [meta, uri] = [pages.meta(ruleId), pages.uri(ruleId)];
    return Promise.resolve(meta && uri !== undefined ? { ruleId, title: meta.title, uri } : null);
  });
  answer(SUPPRESS_REQUEST, params => suppress(params, context));
}

async function suppress(params: SuppressParams, context: ServerContext): Promise<boolean> {
  const actions = await actionContext(context, params.uri);
  const edit = actions && (await deferredEdit({ kind: 'suppress', ...params }, actions));
  if (!edit) return false;
  const { applied } = await context.connection.workspace.applyEdit({ label: `Ignore ${params.ruleId}`, edit });
  return applied;
}
