import type { RuleMeta } from '../../../server/src/core/rule.ts';
import type { RuleNames } from '../../../server/src/engine/rule-names.ts';

const common = {
  priority: 'medium',
  confidence: 'high',
  languages: ['Python'],
  fix: 'none',
  since: '0.1.0',
  requiredFor: 'standard',
} as const;

/** Made-up rules of a bookshop, with an option of every type. */
const SHOP_RULES: readonly RuleMeta[] = [
  { ...common, id: 'unpaid-order', title: 'Order that nobody paid', aspect: 'data' },
  {
    ...common,
    id: 'late-delivery',
    title: 'Delivery without a date',
    aspect: 'delivery',
    options: {
      days: { type: 'integer', description: 'Days.', default: 3, minimum: 1 },
      weight: { type: 'number', description: 'Kilograms.', default: 0.5 },
      carrier: { type: 'string', description: 'Who brings it.', default: 'post' },
      insured: { type: 'boolean', description: 'Whether it is insured.', default: false },
      countries: { type: 'array', description: 'Where to.', default: ['CH'] },
    },
  },
];

/** The rules with a former id that has a successor and one that has none. */
export const SHOP_NAMES: RuleNames = {
  rules: SHOP_RULES,
  former: new Map([
    ['open-invoice', 'unpaid-order'],
    ['lost-parcel', undefined],
  ]),
};
