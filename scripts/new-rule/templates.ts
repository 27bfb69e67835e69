import type { Priority } from '../../server/src/core/finding.ts';
import type { Level } from '../../server/src/core/rule.ts';
import type { RuleWish } from './read-wish.ts';

const REQUIRED_FOR: Readonly<Record<Priority, Level>> = {
  critical: 'experimental',
  high: 'standard',
  medium: 'critical',
  low: 'critical',
};

/** A rule that works, about a function that nobody has; the catalogue's test refuses its TODOs. */
export function renderRule({ aspect, id, title, priority }: RuleWish, version: string): string {
  return `import { defineRule } from '#rule-kit';

export default defineRule({
  meta: {
    id: ${JSON.stringify(id)},
    title: ${JSON.stringify(title)},
    aspect: '${aspect}',
    priority: '${priority}',
    confidence: 'high',
    languages: ['Python'],
    fix: 'none',
    since: '${version}',
    requiredFor: '${REQUIRED_FOR[priority]}',
  },

  on: {
    call(call, { report }) {
      if (call.callee?.symbol !== 'shop.replace_me') return;

      report({
        range: call.calleeRange,
        message: 'TODO: say what is wrong here, what happens in production, and what to do.',
      });
    },
  },
});
`;
}

/** The page with its headings; its examples fit {@link renderRule}. The generator puts the header on top. */
export function renderPage({ title }: RuleWish): string {
  return `# ${title}

TODO: say in one or two sentences what goes wrong in production; the hover shows this paragraph.

## Bad

${python('import shop\n\nshop.replace_me()  # finding')}

## Good

${python('import shop\n\nshop.open()')}

## When not to use it

TODO: name the code for which this is no problem.

## Limits

TODO: say what is not seen.
`;
}

/** The first edge case. */
export function renderCases({ id }: RuleWish): string {
  return `# Cases of \`${id}\`

## A name that is bound again

TODO: one situation for each heading, with one sentence that says why it ends as it does.

${python('import shop\n\nshop = make_another_shop()\nshop.replace_me()')}
`;
}

function python(code: string): string {
  return `\`\`\`python\n${code}\n\`\`\``;
}
