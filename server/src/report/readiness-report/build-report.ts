import { text, type Document } from '../document/document.ts';
import type { ReportModel } from '../report-model.ts';
import { checklistSection } from './checklist.ts';
import { evidenceSection } from './evidence.ts';
import { findingsSection } from './findings.ts';
import { groupFindings } from './groups.ts';
import { methodSection } from './method.ts';
import { planSection } from './plan-section.ts';
import { planSteps } from './plan.ts';
import { scorecardSection } from './scorecard.ts';
import { summarySection } from './summary.ts';

/** The report of a service as a document that can be rendered in any format. */
export function buildReport(model: ReportModel): Document {
  const { subject, date, version, review } = model;
  const groups = groupFindings(model);
  const steps = planSteps(groups);
  return {
    title: `Production readiness of ${subject}`,
    subtitle: [text(`${date} · tier: ${review.score.wanted} · Readiness ${version}`)],
    blocks: [
      ...summarySection(model, groups),
      ...scorecardSection(model),
      ...findingsSection(model, groups),
      ...planSection(steps),
      ...checklistSection(model, steps),
      ...evidenceSection(model),
      ...methodSection(model),
    ],
  };
}
