import { text, type Document } from '../document/document.ts';
import type { ReportModel } from '../report-model.ts';

/** The report of a service as a document that can be rendered in any format. */
export function buildReport(model: ReportModel): Document {
  const { subject, date, version } = model;
  return {
    title: `Production readiness of ${subject}`,
    subtitle: [text(`${date}, Readiness ${version}`)],
    blocks: [],
  };
}
