import {
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type CodeAction,
  type CodeActionParams,
  type Hover,
  type HoverParams,
} from './protocol-library.ts';
import { codeActions } from './code-actions.ts';
import { deferredEdit, type ActionContext, type DeferredEdit } from './deferred-edit.ts';
import { hoverAt } from './hover.ts';
import { describeError, type Log } from './log.ts';
import { publishedFile } from './published-file.ts';
import type { ServerContext } from './server-context.ts';
import { suppressionsIn } from './suppressions-in.ts';

/** Saving a file must not be felt, in milliseconds: what takes longer is left for the next time. */
const SAVE_BUDGET = 100;

/** Answers code actions and hovers. */
export function registerLanguageFeatures(context: ServerContext): void {
  const { connection, log, documents, roots, pages, features, measureText } = context;

  connection.onCodeAction(
    answering(log, 'list code actions', async (params: CodeActionParams, token): Promise<CodeAction[]> => {
      const isTooLate = deadline(SAVE_BUDGET);
      const actions = await actionContext(context, params.textDocument.uri);
      if (!actions || token.isCancellationRequested) return [];
      const { root, published } = actions;
      const path = root.options.texts.absolute(published.path);
      return root.options.quarantine.during(path, () => codeActions(params, actions, token, isTooLate));
    }),
  );
  connection.onCodeActionResolve(
    answering(log, 'resolve a code action', async (action: CodeAction, token): Promise<CodeAction> => {
      if (!isDeferred(action.data)) return action;
      const actions = await actionContext(context, action.data.uri);
      const edit = actions && (await deferredEdit(action.data, actions, token));
      return edit ? { ...action, edit } : action;
    }),
  );
  connection.onHover(
    answering(log, 'show a hover', async ({ textDocument, position }: HoverParams): Promise<Hover | null> => {
      const document = documents.find(textDocument.uri);
      const root = document && roots.owner(document.path);
      if (!document || !root) return null;
      await root.settle(document);
      const path = root.relative(document.path);
      const { text } = document;
      return hoverAt(position, {
        ...{ text, pages, features },
        published: root.publisher.file(path),
        suppressions: () => suppressionsIn(path, text.getText(), measureText),
      });
    }),
  );
}

/** What actions on a file work with, once its findings are those of its current text. */
export async function actionContext(context: ServerContext, uri: string): Promise<ActionContext | undefined> {
  const file = await publishedFile(context, uri);
  return file && { ...file, texts: file.root.options.texts, features: context.features };
}

/** A request that fails is logged with its stack and answered with an error; the server stays up. */
export function answering<Params, Result>(
  log: Log,
  what: string,
  handler: (params: Params, token: CancellationToken) => Promise<Result>,
): (params: Params, token: CancellationToken) => Promise<Result | ResponseError> {
  return async (params, token) => {
    try {
      const result = await handler(params, token);
      if (!token.isCancellationRequested) return result;
      return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
    } catch (error) {
      log.error(`Failed to ${what}: ${describeError(error)}`);
      const reason = error instanceof Error ? error.message : String(error);
      return new ResponseError(ErrorCodes.InternalError, `Readiness could not ${what}: ${reason}`);
    }
  };
}

/** Whether so many milliseconds have passed since this call. */
function deadline(milliseconds: number): () => boolean {
  const end = performance.now() + milliseconds;
  return () => performance.now() > end;
}

function isDeferred(data: unknown): data is DeferredEdit {
  return typeof data === 'object' && data !== null && 'kind' in data && 'uri' in data;
}
