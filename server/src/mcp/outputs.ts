import * as z from 'zod';
import { PRIORITIES } from '../core/finding.ts';
import { ASPECTS, LEVELS } from '../core/rule.ts';

const line = z.number().describe('Counted from 1.');
const column = z.number().describe('Counted from 1, in UTF-16 units.');
const grade = z.enum(['safe', 'suggested']);
const path = z.string().describe('Relative to the root, with forward slashes.');

const finding = z.object({
  fingerprint: z.string().describe('Names the finding, also after lines have moved.'),
  path,
  ...{ line, column, endLine: line, endColumn: column },
  rule: z.string(),
  aspect: z.enum(ASPECTS),
  priority: z.enum(PRIORITIES),
  confidence: z.enum(['high', 'medium', 'low']),
  message: z.string(),
  fix: grade.nullable().describe('"safe" keeps the behaviour but for the defect, "suggested" needs a look.'),
  related: z.array(z.object({ path, line, message: z.string() })),
});

const problem = z.object({ path, line, message: z.string() }).describe('A mistake in the configuration.');
const unread = z.object({ path, reason: z.string() }).describe('A file that was not analysed.');

export const LIST_FINDINGS_OUTPUT = z.object({
  root: z.string().describe('Absolute path of the reviewed folder.'),
  total: z.number().describe('Findings that fit the filters, listed or not.'),
  findings: z.array(finding).describe('The most urgent first.'),
  notMeasured: z.array(unread),
  problems: z.array(problem),
});

export const EXPLAIN_RULE_OUTPUT = z.object({
  rule: z.string(),
  title: z.string(),
  aspect: z.enum(ASPECTS),
  priority: z.enum(PRIORITIES),
  confidence: z.enum(['high', 'medium', 'low']),
  languages: z.array(z.string()),
  fix: grade.nullable().describe('Highest grade of a fix that the rule offers.'),
  requiredFor: z.enum(LEVELS).describe('Lowest level that needs the rule to have no finding.'),
  page: z.string().describe('The page of the rule, as Markdown.'),
});

export const PREVIEW_FIX_OUTPUT = z.object({
  finding,
  fixes: z
    .array(z.object({ title: z.string(), applicability: grade, diff: z.string().describe('Unified diff.') }))
    .describe('The preferred one first; empty where the code has to be mended by hand.'),
});

export const SCORE_OUTPUT = z.object({
  root: z.string(),
  value: z.number().nullable().describe('0 to 100; null when nothing was measured.'),
  level: z.enum(LEVELS).nullable().describe('Highest level reached; null when not even the lowest one is.'),
  wanted: z.enum(LEVELS).describe("The level that the service's tier asks for."),
  checks: z.object({ measured: z.number(), total: z.number() }),
  files: z.object({ measured: z.number(), total: z.number() }),
  counts: z.record(z.enum(PRIORITIES), z.number()).describe('Findings by priority.'),
  blocking: z
    .array(z.object({ rule: z.string(), level: z.enum(LEVELS), findings: z.number() }))
    .describe('Rules that keep the wanted level from being reached.'),
  aspects: z.array(
    z.object({
      aspect: z.enum(ASPECTS),
      score: z.number().nullable(),
      terms: z.array(z.object({ rule: z.string(), weight: z.number(), passed: z.number(), examined: z.number() })),
    }),
  ),
  problems: z.array(problem),
});

/** A finding as the answers show it. */
export type FindingAnswer = z.infer<typeof finding>;
export type ListFindingsAnswer = z.infer<typeof LIST_FINDINGS_OUTPUT>;
export type ExplainRuleAnswer = z.infer<typeof EXPLAIN_RULE_OUTPUT>;
export type PreviewFixAnswer = z.infer<typeof PREVIEW_FIX_OUTPUT>;
export type ScoreAnswer = z.infer<typeof SCORE_OUTPUT>;
