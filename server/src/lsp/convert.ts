import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  type Position,
  type Range,
  type TextEdit as LspTextEdit,
} from './protocol-library.ts';
import type { Finding, Priority } from '../core/finding.ts';
import { SUPPRESSION_RULE_ID } from '../core/suppression.ts';
import type { TextEdit, TextRange } from '../core/text.ts';
import type { ConfigurationProblem } from '../engine/model.ts';

/** Name under which editors show our diagnostics. */
export const SOURCE = 'Readiness';

/** Turns offsets of one text into positions; a `LineIndex` or an open document. */
export interface Positions {
  positionAt(offset: number): Position;
}

const SEVERITY: Readonly<Record<Priority, DiagnosticSeverity>> = {
  critical: DiagnosticSeverity.Error,
  high: DiagnosticSeverity.Warning,
  medium: DiagnosticSeverity.Information,
  low: DiagnosticSeverity.Hint,
};

/** What a diagnostic of ours carries in `data`, for clients that list or filter findings. */
export interface DiagnosticData {
  readonly fingerprint: string;
  readonly priority: Priority;
  readonly confidence: Finding['confidence'];
  readonly fix: Finding['fix'] | null;
}

/** Offsets to an LSP range. */
export function toRange(range: TextRange, positions: Positions): Range {
  return { start: positions.positionAt(range.start), end: positions.positionAt(range.end) };
}

/** Edits of one text to LSP edits. */
export function toTextEdits(edits: readonly TextEdit[], positions: Positions): LspTextEdit[] {
  return edits.map(({ range, newText }) => ({ range: toRange(range, positions), newText }));
}

/** The parts of a diagnostic that need more than the finding itself. */
export interface DiagnosticParts {
  readonly range: Range;
  /** Page of the rule; undefined where the client can't show links. */
  readonly page: string | undefined;
  readonly related: DiagnosticRelatedInformation[] | undefined;
  readonly withData: boolean;
  readonly withTags: boolean;
}

/** A finding as editors show it. */
export function toDiagnostic(
  finding: Finding,
  { range, page, related, withData, withTags }: DiagnosticParts,
): Diagnostic {
  return {
    range,
    severity: SEVERITY[finding.priority],
    code: finding.ruleId,
    ...(page !== undefined && { codeDescription: { href: page } }),
    source: SOURCE,
    message: finding.message,
    // Editors fade out what may as well be deleted.
    ...(withTags && finding.ruleId === SUPPRESSION_RULE_ID && { tags: [DiagnosticTag.Unnecessary] }),
    ...(related && related.length > 0 && { relatedInformation: related }),
    ...(withData && { data: diagnosticData(finding) }),
  };
}

/** A mistake in the configuration as editors show it. */
export function toConfigurationDiagnostic(
  { range, message, fatal }: ConfigurationProblem,
  positions: Positions,
): Diagnostic {
  return {
    range: toRange(range, positions),
    severity: fatal ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code: 'configuration',
    source: SOURCE,
    message,
  };
}

function diagnosticData({ fingerprint, priority, confidence, fix }: Finding): DiagnosticData {
  return { fingerprint, priority, confidence, fix: fix ?? null };
}

/** Whether two ranges share a place; touching counts, as a cursor at the end of a squiggle is still on it. */
export function touches(left: Range, right: Range): boolean {
  return comparePositions(left.start, right.end) <= 0 && comparePositions(right.start, left.end) <= 0;
}

/** Negative, zero or positive, as `sort` wants it. */
export function comparePositions(left: Position, right: Position): number {
  return left.line - right.line || left.character - right.character;
}
