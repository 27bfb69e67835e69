import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { EXPLAIN_RULE_INPUT } from './inputs.ts';
import { EXPLAIN_RULE_OUTPUT, type ExplainRuleAnswer } from './outputs.ts';
import { READ_ONLY, resultOf, ruleOf, type Answer, type ToolContext } from './tool-context.ts';

/** Adds the tool that shows the page of a rule. */
export function registerExplainRule(server: McpServer, context: ToolContext): void {
  server.registerTool(
    'explain_rule',
    {
      title: 'Explain a rule',
      description:
        'Shows the page of a rule: why it matters, examples of bad and good code, how to mend it, and when not to use it.',
      inputSchema: EXPLAIN_RULE_INPUT,
      outputSchema: EXPLAIN_RULE_OUTPUT,
      annotations: READ_ONLY,
    },
    ({ rule }) => resultOf(explainRule(rule, context), context),
  );
}

async function explainRule(id: string, { names, pageOf }: ToolContext): Promise<Answer> {
  const rule = ruleOf(id, names);
  const { title, aspect, priority, confidence, languages, fix, requiredFor } = rule;
  // The comments on a page are for who edits it.
  const page = (await pageOf(rule)).replace(/<!--[\s\S]*?-->\r?\n?/g, '');
  const structured: ExplainRuleAnswer = {
    ...{ rule: id, title, aspect, priority, confidence, requiredFor, page },
    languages: [...languages],
    fix: fix === 'none' ? null : fix,
  };
  return { text: page, structured };
}
