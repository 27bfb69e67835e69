import { jsonReport } from './json-report.ts';
import type { ReportFormat, ReportModel } from './report-model.ts';
import { sarifReport } from './sarif-report.ts';
import { buildReport } from './readiness-report/build-report.ts';
import { renderHtml } from './document/html.ts';
import { renderMarkdown } from './document/markdown.ts';

/** A report as text with a line end at its end. HTML is one page that needs nothing beside it. */
export function renderReport(model: ReportModel, format: ReportFormat): string {
  switch (format) {
    case 'markdown':
      return renderMarkdown(buildReport(model));
    case 'html':
      return renderHtml(buildReport(model));
    case 'json':
      return jsonReport(model.review);
    case 'sarif':
      return sarifReport(model.review, model);
  }
}
