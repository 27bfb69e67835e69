import * as z from 'zod';
import { PRIORITIES } from '../core/finding.ts';

const MOST_FINDINGS = 500;
const USUAL_FINDINGS = 50;

/** Refuses inputs that a tool doesn't have: a filter with a mistyped name would otherwise be dropped in silence. */
function inputs<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape);
  const takes = known.length === 0 ? 'it takes none' : `it takes ${known.join(', ')}`;
  return z.strictObject(shape, {
    error: issue =>
      issue.code === 'unrecognized_keys' ? `Unknown input: ${issue.keys.join(', ')}; ${takes}.` : undefined,
  });
}

function ruleId(): z.ZodString {
  return z.string('rule has to be the id of a rule, such as "http-timeout"').describe('Id of a rule, in kebab-case.');
}

export const LIST_FINDINGS_INPUT = inputs({
  path: z
    .string('path has to be a text: a file or folder, relative to the workspace root')
    .describe('Only findings in this file or folder; relative to the workspace root.')
    .optional(),
  rule: ruleId().optional(),
  priority: z
    .enum(PRIORITIES, `priority has to be one of ${PRIORITIES.join(', ')}`)
    .describe('The least urgent priority that is wanted: "high" lists critical and high findings.')
    .optional(),
  limit: z
    .int(`limit has to be a whole number from 1 to ${MOST_FINDINGS}`)
    .min(1, `limit has to be a whole number from 1 to ${MOST_FINDINGS}`)
    .max(MOST_FINDINGS, `limit has to be a whole number from 1 to ${MOST_FINDINGS}`)
    .describe('How many findings are listed at most.')
    .default(USUAL_FINDINGS),
});

export const EXPLAIN_RULE_INPUT = inputs({ rule: ruleId() });

export const PREVIEW_FIX_INPUT = inputs({
  fingerprint: z
    .string('fingerprint has to be a text of 16 hexadecimal digits, as list_findings gives it')
    .regex(/^[0-9a-f]{16}$/, 'fingerprint has to be 16 hexadecimal digits, as list_findings gives it')
    .describe('Fingerprint of the finding, as list_findings gives it.'),
  line: z
    .int('line has to be a whole number from 1')
    .min(1, 'line has to be a whole number from 1')
    .describe('Line of the finding, from 1; needed only where several findings have the same fingerprint.')
    .optional(),
});

export const SCORE_INPUT = inputs({});
