import {
  ACCEPTED_REQUEST,
  ALL_FINDINGS_REQUEST,
  CANCEL_SCAN_REQUEST,
  DEBUG_INFO_REQUEST,
  EXPLAIN_REQUEST,
  FINDINGS_REQUEST,
  MODEL_REQUEST,
  SCAN_REQUEST,
} from '../protocol/messages.ts';
import type { AnswerRequest } from './answer-request.ts';
import { registerAcceptance } from './acceptance-requests.ts';
import { debugInfo } from './debug-info.ts';
import { registerExplaining } from './explaining-requests.ts';
import { registerFixing } from './fixing-requests.ts';
import { answering } from './language-features.ts';
import { acceptedRows, findingRows } from './finding-rows.ts';
import { rootModel } from './readiness-model.ts';
import type { ServerContext } from './server-context.ts';
import { registerSuppressions } from './suppression-requests.ts';

/** Answers the requests that the panel and the commands of our own client send. */
export function registerOwnRequests(context: ServerContext): void {
  const { roots, pages, features, documents, version } = context;
  const answer: AnswerRequest = ({ method }, what, handler) => {
    context.connection.onRequest(method, answering(context.log, what, handler));
  };
  registerAcceptance(context, answer);
  registerSuppressions(context, answer);
  registerExplaining(context, answer);
  registerFixing(context, answer);

  answer(MODEL_REQUEST, 'show the model', () => Promise.all(roots.folders().map(root => rootModel(root, pages))));
  answer(FINDINGS_REQUEST, 'list the findings', ({ root, ruleId }) => {
    const owner = roots.byUri(root);
    return Promise.resolve(owner ? findingRows(owner, pages, ruleId) : []);
  });
  answer(ALL_FINDINGS_REQUEST, 'list the findings', ({ root }) => {
    const owner = roots.byUri(root);
    return Promise.resolve(owner ? findingRows(owner, pages) : []);
  });
  answer(ACCEPTED_REQUEST, 'list what is accepted', ({ root }) => {
    const owner = roots.byUri(root);
    return owner ? acceptedRows(owner) : Promise.resolve([]);
  });
  answer(SCAN_REQUEST, 'scan the workspace', async ({ root }) => {
    const wanted = roots.folders().filter(({ options }) => root === undefined || options.uri === root);
    await Promise.all(wanted.map(each => each.scan()));
    return null;
  });
  answer(CANCEL_SCAN_REQUEST, 'stop the scan', () => {
    for (const root of roots.all()) root.cancelScan();
    return Promise.resolve(null);
  });
  answer(DEBUG_INFO_REQUEST, 'tell about itself', () =>
    Promise.resolve(debugInfo(version, features, roots, documents.all().length)),
  );
  answer(EXPLAIN_REQUEST, 'find the page of the rule', ({ ruleId }) => {
    const [meta, uri] = [pages.meta(ruleId), pages.uri(ruleId)];
    return Promise.resolve(meta && uri !== undefined ? { ruleId, title: meta.title, uri } : null);
  });
}
