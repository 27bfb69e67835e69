import { describe, expect, test } from 'vitest';
import { withFreshHeader } from '../../scripts/generate/rule-page.ts';
import type { RuleMeta } from '../../server/src/core/rule.ts';

const meta: RuleMeta = {
  id: 'unpaid-order',
  title: 'Order that nobody paid',
  aspect: 'data',
  priority: 'high',
  confidence: 'high',
  languages: ['Python'],
  fix: 'none',
  since: '0.1.0',
  requiredFor: 'standard',
  options: { days: { type: 'integer', description: 'Days to wait.', default: 14 } },
};

describe('the header of a rule page', () => {
  test('replaces a hand-written title and keeps the text below', () => {
    const page = withFreshHeader('# Some title\n\nBooks leave the shop.\n', meta);

    expect(page).toContain('# Order that nobody paid\n');
    expect(page).toContain('`unpaid-order` · data · high · Python · no fix');
    expect(page).toContain('- `days` (integer, default `14`): Days to wait.');
    expect(page).not.toContain('Some title');
    expect(page.endsWith('<!-- end of generated part -->\n\nBooks leave the shop.\n')).toBe(true);
  });

  test('changes nothing when it is written again', () => {
    const once = withFreshHeader('Books leave the shop.\n\n## Bad\n', meta);

    expect(withFreshHeader(once, meta)).toBe(once);
  });

  test('follows the metadata', () => {
    const old = withFreshHeader('Text.\n', meta);

    const renewed = withFreshHeader(old, { ...meta, priority: 'low' });

    expect(renewed).toContain('· low ·');
    expect(renewed).not.toContain('· high ·');
    expect(renewed.endsWith('\n\nText.\n')).toBe(true);
  });
});
