import * as vscode from 'vscode';
import { FIX_REQUEST, PREVIEW_FIX_REQUEST, type FixPreview } from '../../../server/src/protocol/fixing.ts';
import type { FindingRow } from '../../../server/src/protocol/model.ts';
import { t } from '../l10n.ts';
import type { ReadinessStore } from '../readiness-store.ts';
import { byImportance } from '../readiness-tree/finding-nodes.ts';
import type { ServerProcess } from '../server-process.ts';
import { describeFindings, findNearest, type FindingsQuery } from './find-findings.ts';

/** Names a finding as `readiness_findings` lists it. */
interface FixQuery {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly ruleId: string;
}

/** The part of the editor's API that is needed here; older editors and some relatives of VS Code don't have it. */
type Tools = Pick<typeof vscode.lm, 'registerTool'>;

/** Lets language models in the editor list findings and fix them; where the editor has no such models, nothing. */
export function registerTools(server: ServerProcess, store: ReadinessStore): vscode.Disposable[] {
  // The types promise it, yet an editor may not have it.
  const { lm } = vscode as { readonly lm?: Partial<Tools> };
  if (typeof lm?.registerTool !== 'function') return [];
  return [
    lm.registerTool<FindingsQuery>('readiness_findings', {
      invoke: async ({ input }) => {
        const findings = [...(await allFindings(store))].sort(byImportance);
        return result(describeFindings(findings, input));
      },
    }),
    lm.registerTool<FixQuery>('readiness_fix', {
      prepareInvocation: async ({ input }) => confirmation(input, await previewOf(server, store, input)),
      invoke: async ({ input }) => {
        const finding = findNearest(await allFindings(store), input);
        const preview = finding && (await server.request(PREVIEW_FIX_REQUEST, finding));
        if (!finding || !preview) return result('There is no such finding, or it has no fix. Mend it by hand.');
        const applied = await server.request(FIX_REQUEST, { ...finding, preview: false });
        return result(applied === true ? `Done: ${preview.title}\n\n${diff(preview)}` : 'The editor refused the fix.');
      },
    }),
  ];
}

async function allFindings(store: ReadinessStore): Promise<readonly FindingRow[]> {
  return (await store.load()).flatMap(({ findings }) => findings);
}

async function previewOf(
  server: ServerProcess,
  store: ReadinessStore,
  query: FixQuery,
): Promise<FixPreview | undefined> {
  const finding = findNearest(await allFindings(store), query);
  return finding && ((await server.request(PREVIEW_FIX_REQUEST, finding)) ?? undefined);
}

function confirmation({ path, ruleId }: FixQuery, preview: FixPreview | undefined): vscode.PreparedToolInvocation {
  const invocationMessage = t('Fixing {0} in {1}', ruleId, path);
  if (!preview) return { invocationMessage };
  const message = new vscode.MarkdownString(`${preview.title}\n\n${diff(preview)}`);
  return { invocationMessage, confirmationMessages: { title: t('Fix {0}?', ruleId), message } };
}

function diff(preview: FixPreview): string {
  return `\`\`\`diff\n${preview.diff.trimEnd()}\n\`\`\``;
}

function result(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}
