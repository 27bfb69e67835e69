import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { withFreshHeader } from '../../scripts/generate/rule-page.ts';
import { ROOT } from '../../scripts/support/paths.ts';
import { runCommand } from '../../scripts/support/processes.ts';
import type { Finding } from '../../server/src/core/finding.ts';
import { defineRule, type FileRule, type RuleMeta } from '../../server/src/core/rule.ts';
import { folderWith } from '../workspace/temp-folder.ts';
import {
  catalogueProblems,
  findingProblems,
  gradeProblems,
  messageProblems,
  metaProblems,
  pageProblems,
} from './contracts.ts';

const LOADER = pathToFileURL(`${ROOT}/scripts/generate/load-rules.ts`).href;

const META: RuleMeta = {
  id: 'unpaid-order',
  title: 'Order that leaves the shop unpaid',
  aspect: 'data',
  priority: 'high',
  confidence: 'high',
  languages: ['Python'],
  fix: 'safe',
  since: '0.1.0',
  requiredFor: 'standard',
  options: { daysToWait: { type: 'integer', description: 'Days until somebody asks.', default: 14 } },
};
const MESSAGE = '`ship` sends a parcel that nobody has paid, so the shop loses it. Call `charge` first.';
const PAGE = withFreshHeader(
  [
    'A parcel that leaves before it is paid is a parcel given away.',
    'The shop notices when the month is closed.',
    ...['', '## Bad', '', '```python', 'ship(order)  # finding', '```'],
    ...['', '## Fixed', '', '```python', 'charge(order)', 'ship(order)', '```'],
    ...['', '## Good', '', '```python', 'ship(gift)', '```'],
    ...['', '## When not to use it', '', 'A library.', '', '## Limits', '', 'Vouchers are not known.', ''],
  ].join('\n'),
  META,
);

function ruleWith(change: Partial<RuleMeta>, rest: Partial<FileRule> = {}): FileRule {
  return { ...defineRule({ meta: { ...META, ...change }, on: {}, fix: () => [] }), ...rest };
}

function findingWith(change: Partial<Finding>): Finding {
  return {
    ...{ ruleId: META.id, path: 'shop/orders.py', range: { start: 4, end: 8 }, message: MESSAGE },
    ...{ priority: 'high', confidence: 'high', related: [], fix: 'safe', data: undefined, fingerprint: '0' },
    ...change,
  };
}

test('a sound rule breaks no contract', () => {
  expect(metaProblems(ruleWith({}), '0.1.0')).toEqual([]);
  expect(pageProblems(PAGE, META)).toEqual([]);
  expect(findingProblems(findingWith({}))).toEqual([]);
  expect(gradeProblems(META, [findingWith({})])).toEqual([]);
  expect(catalogueProblems([META], new Map([['unpaid', 'unpaid-order']]))).toEqual([]);
});

describe('metadata', () => {
  test.each<[string, Partial<RuleMeta>, string]>([
    ['an id that is no kebab-case', { id: 'unpaidOrder' }, 'kebab-case'],
    ['an id of one word', { id: 'unpaid' }, 'kebab-case'],
    ['an id that is too long', { id: 'order-that-leaves-the-shop-before-anybody-paid' }, 'more than 40'],
    ['an id that names the remedy', { id: 'require-payment' }, 'remedy'],
    ['a title in lower case', { title: 'unpaid order' }, 'capital'],
    ['a title that ends like a sentence', { title: 'An order is unpaid.' }, 'like a sentence'],
    ['a title that says nothing', { title: 'Order' }, '5 characters'],
    ['a title nobody has written yet', { title: 'TODO name it' }, 'placeholder'],
    ['a level that does not fit the priority', { requiredFor: 'critical' }, 'required for the level standard'],
    ['a version that is still to come', { since: '0.2.0' }, '0.2.0'],
    ['a version that is none', { since: 'soon' }, 'soon'],
    ['no language', { languages: [] }, 'no language'],
    ['a language twice', { languages: ['Python', 'Python'] }, 'twice'],
    ['any file beside a language', { languages: ['Python', 'any file'] }, 'any file'],
    ['a declared fix that the code lacks', { fix: 'none' }, 'unlike its code'],
    ['an option in kebab-case', { options: { 'days-to-wait': META.options!['daysToWait']! } }, 'camelCase'],
    [
      'an option without a sentence',
      { options: { days: { type: 'integer', description: 'days', default: 1 } } },
      'not described',
    ],
    [
      'a default of another type',
      { options: { days: { type: 'integer', description: 'Days.', default: 1.5 } } },
      'no integer',
    ],
  ])('%s is noticed', (_, change, part) => {
    expect(metaProblems(ruleWith(change), '0.1.0')).toEqual([expect.stringContaining(part)]);
  });
});

describe('a page', () => {
  test.each([
    ['headings in another order', PAGE.replace('## Good', '## Limits').replace(/## Limits(?=\n\nV)/, '## Good'), 'are'],
    ['a heading that is missing', PAGE.replace('## Limits\n\nVouchers are not known.\n', ''), 'The headings are'],
    ['a first paragraph of a few words', PAGE.replace(/A parcel[^#]*/, 'Pay first.\n\n'), 'first paragraph has 10'],
    ['nothing below a heading', PAGE.replace('A library.\n', ''), 'under the heading When not to use it'],
    ['a placeholder', PAGE.replace('A library.', 'TODO'), 'placeholder'],
    ['two sentences in a line', PAGE.replace('A library.', 'A library. A shop.'), 'more than one sentence'],
    ['an option that it does not name', PAGE.replace('daysToWait', 'days'), 'daysToWait'],
  ])('with %s is noticed', (_, page, part) => {
    expect(pageProblems(page, META)).toEqual([expect.stringContaining(part)]);
  });

  test('of a rule without a fix shows none', () => {
    expect(pageProblems(PAGE, { ...META, fix: 'none' })).toEqual([expect.stringContaining('Bad, Fixed, Good')]);
  });

  test('may have headings and sentences in its examples', () => {
    expect(pageProblems(PAGE.replace('ship(gift)', 'note("Paid. Ship it.")\n## Not a heading'), META)).toEqual([]);
  });
});

describe('a finding', () => {
  test.each([
    ['The parcel is not paid', 'full stop'],
    ['the parcel is not paid.', 'start like a sentence'],
    ['Data: the parcel is not paid.', 'label'],
    ['RD012 The parcel is not paid.', 'label'],
    ['The parcel is not paid! Charge it.', 'shouts'],
    ['This is bad. Charge the parcel.', 'judges'],
    ['`ship` calls undefined.', 'missing'],
    ['`ship sends a parcel.', 'never closed'],
    [`${'The parcel is not paid '.repeat(20)}.`, 'characters'],
    ['One. Two. Three. Four.', 'three sentences'],
    ['`replace_me` is called.', 'placeholder'],
  ])('that says "%s" is noticed', (message, part) => {
    expect(messageProblems(message)).toEqual([expect.stringContaining(part)]);
  });

  test('without a place or with a related place that says nothing is noticed', () => {
    const related = [{ path: 'shop/orders.py', range: { start: 0, end: 4 }, message: ' ' }];
    const problems = findingProblems(findingWith({ range: { start: 4, end: 4 }, related }));

    expect(problems).toEqual([expect.stringContaining('underline'), expect.stringContaining('related place')]);
  });

  test.each<[RuleMeta['fix'], Finding['fix']]>([
    ['none', 'suggested'],
    ['suggested', 'safe'],
    ['safe', 'suggested'],
    ['suggested', undefined],
  ])('of a rule that declares "%s" must not promise "%s"', (declared, promised) => {
    expect(gradeProblems({ ...META, fix: declared }, [findingWith({ fix: promised })])).toHaveLength(1);
  });
});

describe('the catalogue', () => {
  test('notices ids and titles that are not unique, and former ids', () => {
    const former = new Map([[META.id, 'lost-order']]);

    expect(catalogueProblems([META, META], former)).toEqual([
      'Two rules are called unpaid-order.',
      'Two rules have the title "Order that leaves the shop unpaid".',
      'unpaid-order is the id of a former rule.',
      'unpaid-order is the id of a former rule.',
      'A former id points to lost-order, which is no rule.',
    ]);
  });

  test.each([
    [{ id: 'late-order', aspect: 'data' }, 'says that its id is late-order'],
    [{ id: 'unpaid-order', aspect: 'security' }, 'says that its aspect is security'],
    [{ id: 'unpaid-order', aspect: 'data', options: { enabled: {} } }, "an option can't be called enabled"],
  ])('refuses a folder whose rule says %j', async (meta, message) => {
    const root = folderWith({
      'rules/data/unpaid-order/rule.ts': `export default { meta: ${JSON.stringify(meta)} };\n`,
    });
    const script = `import { loadRules } from ${JSON.stringify(LOADER)}; await loadRules(${JSON.stringify(root)});`;

    // Vitest imports modules from below the repository alone, so this has a process of its own.
    const { code, output } = await runCommand(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', script],
      { cwd: ROOT },
    );

    expect(code).toBe(1);
    expect(output).toContain(message);
  });
});
