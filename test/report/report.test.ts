import { describe, expect, test } from 'vitest';
import { renderReport } from '../../server/src/report/render-report.ts';
import { REPORT_FORMATS } from '../../server/src/report/report-model.ts';
import { modelOf, reported, reviewOf, ruleMeta } from './bookshop-review.ts';
import { elementsOf } from './rendered-text.ts';

/** The part of a Markdown report below a heading of the second level. */
function section(markdown: string, title: string): string {
  const start = markdown.indexOf(`\n## ${title}\n`);
  if (start < 0) throw new Error(`There is no section ${title}.`);
  const end = markdown.indexOf('\n## ', start + 1);
  return markdown.slice(start, end < 0 ? undefined : end);
}

const TWO = [reported('shop/till.py', 2, { fix: 'suggested' }), reported('shop/till.py', 8, { priority: 'low' })];

describe('The report', () => {
  test('says first whether the service is ready, and what keeps it back', () => {
    const summary = section(renderReport(modelOf(reviewOf(TWO)), 'markdown'), 'Executive summary');

    expect(summary).toContain(
      '**bookshop does not reach the level standard, which its tier asks for.** 1 check stands in the way.',
    );
    expect(summary).toContain('- Level reached: **Experimental** (asked for: standard)');
    expect(summary).toContain('- Score: **72 of 100** (1 of 1 checks measured)');
    expect(summary).toContain('- Open findings: **2** (1 high and 1 low)');
    expect(summary).toContain(
      '- **high** Till without a receipt, 1 place (`till-without-receipt`), in the way of the level',
    );
    expect(summary).toContain("1 by a fix that wants a person's look and 1 by hand.");
  });

  test('of a service without findings says so, and shows on what that rests', () => {
    const markdown = renderReport(modelOf(reviewOf([])), 'markdown');

    expect(markdown).toContain(
      '**bookshop reaches the level standard, which its tier asks for.** No check found anything that is open.',
    );
    expect(section(markdown, 'Findings by priority')).toContain('There is no open finding.');
    expect(section(markdown, 'Plan')).toContain('There is nothing to do.');
    expect(section(markdown, 'Tracking checklist')).toContain('- [x] The level standard is reached.');
    expect(section(markdown, 'Evidence')).toContain('| Till without a receipt | `till-without-receipt` | 4 |');
  });

  test('of a folder in which nothing could be measured claims nothing', () => {
    const score = { ...reviewOf([]).score, value: undefined, measured: 0, level: undefined };
    const markdown = renderReport(modelOf(reviewOf([], { score, outcomes: [] })), 'markdown');

    expect(markdown).toContain(
      '**Nothing in bookshop could be measured.** This report says nothing about its readiness.',
    );
    expect(markdown).toContain('- [ ] The level standard is reached.');
  });

  test('has a row for each aspect on the scorecard', () => {
    const scorecard = section(renderReport(modelOf(reviewOf(TWO)), 'markdown'), 'Scorecard');

    expect(scorecard).toContain('| Reliability | 72 | 0 of 1 | – | 1 | – | 1 | – |');
    expect(scorecard).toContain('| Till without a receipt | `till-without-receipt` | Standard | 2 |');
  });

  test('lists findings by priority, with why they matter, their place, their fix and the places that explain them', () => {
    const related = { ...reported('shop/printer.py', 4), message: '`print_receipt` is never called.' };
    const first = { ...reported('shop/till.py', 2, { fix: 'safe' }), related: [related] };
    const findings = section(
      renderReport(modelOf(reviewOf([first, ...TWO.slice(1)])), 'markdown'),
      'Findings by priority',
    );

    expect(findings).toContain(
      [
        '### High priority: 1 finding',
        '',
        '#### Till without a receipt (`till-without-receipt`)',
        '',
        'A till owes a receipt.',
        '',
        '- `shop/till.py:3`: `sell` prints no receipt. Print one. There is a safe fix.',
        '  - `shop/printer.py:5`: `print_receipt` is never called.',
        '',
        '### Low priority: 1 finding',
      ].join('\n'),
    );
  });

  test('names what was accepted, with who said why', () => {
    const [first] = TWO;
    const by = {
      path: 'shop/till.py',
      absolute: '/bookshop/shop/till.py',
      start: { line: 1, character: 0 },
      end: { line: 1, character: 9 },
    };
    const accepted = [
      { reported: first!, reason: 'sells by hand', by },
      { reported: first!, reason: undefined, by: 'baseline' as const },
    ];
    const evidence = section(renderReport(modelOf(reviewOf([], { accepted })), 'markdown'), 'Evidence');

    expect(evidence).toContain('- `shop/till.py:3` `till-without-receipt`, by the comment in line 2: sells by hand');
    expect(evidence).toContain('- `shop/till.py:3` `till-without-receipt`, in the baseline: no reason given');
  });

  test('hides nothing that could not be measured', () => {
    const review = reviewOf([], {
      notMeasured: [{ path: 'shop/old.py', reason: 'The file is larger than 1 MB.' }],
      failures: [{ ruleId: 'till-without-receipt', path: 'shop/till.py', message: 'out of paper' }],
    });
    const markdown = renderReport(modelOf(review), 'markdown');

    expect(section(markdown, 'Evidence')).toContain('- `shop/old.py`: The file is larger than 1 MB.');
    expect(section(markdown, 'Evidence')).toContain('- `till-without-receipt` failed in shop/till.py: out of paper');
    expect(markdown).toContain('- [ ] Review by hand what could not be measured.');
  });

  test.each(REPORT_FORMATS)('is the same text for the same model as %s', format => {
    const rules = [ruleMeta({ id: 'till-without-receipt' }), ruleMeta({ id: 'book-without-price', aspect: 'data' })];

    const once = renderReport(modelOf(reviewOf(TWO), { rules }), format);

    expect(renderReport(modelOf(reviewOf(TWO), { rules }), format)).toBe(once);
    expect(once.endsWith('\n')).toBe(true);
  });
});

describe('The page', () => {
  const html = renderReport(modelOf(reviewOf(TWO)), 'html');

  test('has one title, and sections that its contents lead to', () => {
    const elements = elementsOf(html);
    const targets = elements.filter(({ name }) => name === 'a').map(({ attributes }) => attributes['href']);
    const sections = elements.filter(({ name }) => name === 'h2');

    expect(elements.filter(({ name }) => name === 'h1').map(({ text }) => text)).toEqual([
      'Production readiness of bookshop',
    ]);
    expect(targets).toEqual(sections.map(({ attributes }) => `#${attributes['id'] ?? ''}`));
    expect(sections).toHaveLength(6);
  });

  test('leaves out no level of its headings', () => {
    const levels = elementsOf(html).flatMap(({ name }) => (/^h\d$/.test(name) ? [Number(name.slice(1))] : []));

    expect(levels.filter((level, index) => index > 0 && level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  test('names its language, its columns and its rows for those who hear it', () => {
    const elements = elementsOf(html);

    expect(elements.find(({ name }) => name === 'html')?.attributes['lang']).toBe('en');
    expect(elements.filter(({ name }) => name === 'th').every(({ attributes }) => attributes['scope'])).toBe(true);
    // What scrolls can be reached with the keyboard, and has a name.
    const scrolling = elements.filter(({ attributes }) => attributes['tabindex'] === '0');
    expect(scrolling.filter(({ attributes }) => attributes['aria-label'] === undefined)).toEqual([]);
  });

  test('offers the checklist as Markdown to copy', () => {
    expect(elementsOf(html).find(({ name }) => name === 'pre')?.text).toContain(
      '- [ ] **high** Till without a receipt: 1 place (`till-without-receipt`)\n  - [ ] `shop/till.py`, line 3\n',
    );
  });
});
