import type { ReportedFinding, Review } from './review.ts';

/** Version of the format; it rises when a reader of the older one could be misled. */
const FORMAT_VERSION = 1;

/** The review as one JSON object with a line end. Lines and columns are 1-based, columns in UTF-16 units. */
export function jsonReport(review: Review): string {
  return toJson({
    version: FORMAT_VERSION,
    findings: review.findings.map(toFindingEntry),
    outcomes: review.outcomes,
    score: review.score,
    notMeasured: review.notMeasured.map(({ path, reason }) => ({ path, reason })),
  });
}

/** Indented JSON with a line end; what is not known is `null`, so that every key is there in every run. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, (_, part: unknown) => (part === undefined ? null : part), 2)}\n`;
}

function toFindingEntry({ finding, aspect, path, start, end, related }: ReportedFinding): object {
  return {
    ruleId: finding.ruleId,
    aspect,
    priority: finding.priority,
    confidence: finding.confidence,
    path,
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    message: finding.message,
    related: related.map(place => ({ path: place.path, startLine: place.start.line + 1, message: place.message })),
    fix: finding.fix ?? null,
    fingerprint: finding.fingerprint,
  };
}
