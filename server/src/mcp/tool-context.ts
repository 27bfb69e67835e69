import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { CallToolResult, ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import { explainUnknownRule, type RuleNames } from '../engine/rule-names.ts';
import type { RuleMeta } from '../core/rule.ts';
import type { Places } from '../report/collect-review.ts';
import { InputError } from './input-error.ts';
import type { Patience, ReviewOnDemand } from './review-on-demand.ts';

/** What the tools are given. */
export interface ToolContext {
  /** Absolute path of the workspace root. */
  readonly root: string;
  readonly names: RuleNames;
  readonly review: ReviewOnDemand;
  /** The page of a rule, as Markdown. @throws Error when the installation lacks it */
  readonly pageOf: (rule: RuleMeta) => Promise<string>;
  /** Places relative to the root; made for each answer, because it reads each file once. */
  readonly createPlaces: () => Places;
  /** Text of a file by its absolute path; undefined when it can't be read. */
  readonly readText: (path: string) => Promise<string | undefined>;
  /** Writes a line for whoever looks after the server. */
  readonly note: (line: string) => void;
}

/** What the protocol says of one call. */
export type Call = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** An answer for people and, with the same content, for programs. */
export interface Answer {
  readonly text: string;
  readonly structured: Record<string, unknown>;
}

/** What clients are told of each tool: none of them changes anything, or leaves the machine. */
export const READ_ONLY = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const;

/** Makes a result of an answer, or of the reason why there is none; a bug of ours is noted besides. */
export async function resultOf(answer: Promise<Answer>, { note }: ToolContext): Promise<CallToolResult> {
  try {
    const { text, structured } = await answer;
    return { content: [{ type: 'text', text }], structuredContent: structured };
  } catch (error) {
    if (error instanceof InputError) return failure(error.message);
    note(`readiness: unexpected failure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return failure(`Readiness failed unexpectedly: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** How long the caller waits; hears of the scan where it asked for that. */
export function patienceOf({ signal, _meta, sendNotification }: Call, { note }: ToolContext): Patience {
  const progressToken = _meta?.progressToken;
  let shown = 0;
  return {
    token: {
      get isCancellationRequested() {
        return signal.aborted;
      },
    },
    onProgress({ checked, total }) {
      const percent = Math.floor((100 * checked) / total);
      if (progressToken === undefined || percent === shown) return;
      shown = percent;
      const params = { progressToken, progress: checked, total, message: `Checked ${checked} of ${total} files` };
      sendNotification({ method: 'notifications/progress', params }).catch((error: unknown) => {
        note(`readiness: ${String(error)}`);
      });
    },
  };
}

/** The rule of an id. @throws InputError when there is none, with the one that was likely meant */
export function ruleOf(id: string, names: RuleNames): RuleMeta {
  const rule = names.rules.find(candidate => candidate.id === id);
  if (rule) return rule;
  throw new InputError(explainUnknownRule(id, names)?.message ?? `There is no rule \`${id}\`.`);
}

function failure(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}
