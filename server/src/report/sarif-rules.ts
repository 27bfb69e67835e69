import type { Priority } from '../core/finding.ts';
import type { RuleMeta } from '../core/rule.ts';
import { pageAsText } from './page-as-text.ts';
import { SARIF_LEVELS } from './sarif-levels.ts';

/** What code hosts sort security findings by, on the scale of CVSS. */
const SECURITY_SEVERITY: Readonly<Record<Priority, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.5',
};

/** Descriptions of the rules, with their pages as help. `pageOf` gives Markdown. */
export function toSarifRules(
  rules: readonly RuleMeta[],
  pageOf: (ruleId: string) => string | undefined,
): readonly object[] {
  return rules.map(meta => {
    const { id, title, aspect, priority, confidence } = meta;
    const page = pageOf(id);
    return {
      id,
      name: toPascalCase(id),
      shortDescription: { text: title },
      fullDescription: { text: title },
      help: page === undefined ? { text: title } : { text: pageAsText(page), markdown: withoutComments(page) },
      defaultConfiguration: { level: SARIF_LEVELS[priority] },
      properties: {
        tags: [aspect],
        precision: confidence,
        priority,
        ...(aspect === 'security' && { 'security-severity': SECURITY_SEVERITY[priority] }),
      },
    };
  });
}

function withoutComments(page: string): string {
  return page.replace(/<!--[\s\S]*?-->\r?\n?/g, '');
}

function toPascalCase(id: string): string {
  return id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
