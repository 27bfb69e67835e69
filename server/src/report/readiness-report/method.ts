import { code, heading, paragraph, text, type Block } from '../document/document.ts';
import type { ReportModel } from '../report-model.ts';
import { counted } from './wording.ts';

/** How the report came about, and what it does not say. */
export function methodSection({ review, rules, version }: ReportModel): readonly Block[] {
  const { files, score } = review;
  return [
    heading(2, text('How this was measured')),
    paragraph(
      text(
        `Readiness ${version} read ${counted(files, 'file')} with ${counted(rules.length, 'rule')}, without running any code. `,
      ),
      text('A rule stays silent where it cannot be sure, so what it does not report is not proven to be right. '),
      text('This is no penetration test, no load test and no review by a person.'),
    ),
    paragraph(
      text(
        'The score is a mean over the checks that could be measured: each counts by its priority, with the share of its places that pass. ',
      ),
      code('readiness score'),
      text(' prints the sum. Accepted findings and checks that are switched off do not raise it; '),
      text(`${score.measured} of ${counted(score.total, 'check')} that apply were measured.`),
    ),
  ];
}
