import type { JsonValue } from '../../core/json.ts';
import type { Applicability, Report } from '../../core/finding.ts';
import { SUPPRESSION_RULE_ID, type Suppression } from '../../core/suppression.ts';
import type { TextEdit } from '../../core/text.ts';
import { explainUnknownRule, type RuleNames } from '../rule-names.ts';
import type { SuppressedId } from './apply-suppressions.ts';
import type { MalformedSuppression, ParsedSuppressions } from './parse-suppressions.ts';
import { removeIds, removeSuppression } from './remove-suppression.ts';
import { rewriteMalformed } from './rewrite-malformed.ts';

/** What judging the suppressions of a file needs to know. */
export interface SuppressionReview {
  readonly text: string;
  readonly parsed: ParsedSuppressions;
  /** Ids that covered no finding of any rule, workspace rules included. */
  readonly unused: readonly SuppressedId[];
  readonly names: RuleNames;
  /**
   * Whether a rule has judged this file to the end: it is switched on, looks at such files, and didn't fail. An unused
   * suppression of any other rule is not reported, for nobody knows what it will cover when the rule runs.
   */
  readonly hasJudged: (ruleId: string) => boolean;
  readonly requireReason: boolean;
}

/** A fix as data: {@link Report.data} is `{ fixes: [...] }` of these. `replaced` is what the edit found in the text. */
type PreparedFix = {
  readonly title: string;
  readonly applicability: Applicability;
  readonly start: number;
  readonly replaced: string;
  readonly newText: string;
};

/** Reports of the rule `suppression-unused`, sorted by place. */
export function reviewSuppressions(review: SuppressionReview): readonly Report[] {
  const { parsed, requireReason } = review;
  const reports = [
    ...parsed.malformed.map(malformed => reportMalformed(malformed, review)),
    ...parsed.suppressions.flatMap(suppression => [
      ...reportUnknown(suppression, review),
      ...reportUnused(suppression, review),
      ...(requireReason && suppression.reason === undefined ? [reportMissingReason(suppression)] : []),
    ]),
  ];
  return reports.sort((left, right) => left.range.start - right.range.start || left.range.end - right.range.end);
}

function reportMalformed({ range, commentRange, message }: MalformedSuppression, review: SuppressionReview): Report {
  const { text, names } = review;
  const rewritten = rewriteMalformed(text.slice(range.start, range.end), names);
  const fixes = [
    ...(rewritten === undefined
      ? []
      : [prepare(text, 'suggested', `Write it as \`${rewritten}\``, { range, newText: rewritten })]),
    prepare(text, 'suggested', 'Remove the comment', removeSuppression(text, { range, commentRange })),
  ];
  return withFixes({ range, message }, fixes);
}

function reportUnknown(suppression: Suppression, { text, names }: SuppressionReview): readonly Report[] {
  return suppression.ruleIds.flatMap((id, index) => {
    const unknown = explainUnknownRule(id, names);
    const range = suppression.idRanges[index];
    if (!unknown || !range) return [];

    const { message, suggestion } = unknown;
    const fixes = [
      ...(suggestion === undefined
        ? []
        : [prepare(text, 'suggested', `Change it to \`${suggestion}\``, { range, newText: suggestion })]),
      prepare(text, 'suggested', `Remove \`${id}\``, removeIds(text, suppression, new Set([index]))),
    ];
    return [withFixes({ range, message: `${message} This comment suppresses nothing under that name.` }, fixes)];
  });
}

function reportUnused(suppression: Suppression, review: SuppressionReview): readonly Report[] {
  const indices = review.unused
    .filter(unused => unused.suppression === suppression)
    .map(unused => unused.index)
    .filter(index => isJudged(suppression.ruleIds[index], review));
  if (indices.length === 0) return [];

  const ids = indices.map(index => `\`${suppression.ruleIds[index] ?? ''}\``).join(', ');
  const where = suppression.scope === 'file' ? 'in this file' : 'on this line';
  const isWhole = indices.length === suppression.ruleIds.length;
  const [first, last] = [suppression.idRanges[indices[0] ?? 0], suppression.idRanges[indices.at(-1) ?? 0]];
  const range = isWhole || !first || !last ? suppression.range : { start: first.start, end: last.end };
  const message = `There is no finding of ${ids} ${where}, so this suppression would only hide a later one. Remove it.`;
  const edit = removeIds(review.text, suppression, new Set(indices));
  return [withFixes({ range, message }, [prepare(review.text, 'safe', 'Remove the unused suppression', edit)])];
}

function isJudged(id: string | undefined, { names, hasJudged }: SuppressionReview): boolean {
  // Whether a suppression of this very rule is of use shows only after all others were judged.
  if (id === undefined || id === SUPPRESSION_RULE_ID) return false;
  return explainUnknownRule(id, names) === undefined && hasJudged(id);
}

function reportMissingReason(suppression: Suppression): Report {
  const message =
    'This suppression gives no reason. Write ` -- ` and why the finding is acceptable behind the brackets.';
  return { range: suppression.range, message };
}

function prepare(text: string, applicability: Applicability, title: string, { range, newText }: TextEdit): PreparedFix {
  return { title, applicability, start: range.start, replaced: text.slice(range.start, range.end), newText };
}

function withFixes(report: Pick<Report, 'range' | 'message'>, fixes: readonly PreparedFix[]): Report {
  const data: JsonValue = { fixes };
  const [preferred] = fixes;
  return preferred ? { ...report, data, fix: preferred.applicability } : report;
}
