import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RuleMeta, RuleOption } from '../../server/src/core/rule.ts';
import type { GeneratedFile } from './generated-file.ts';
import type { LocatedRule } from './load-rules.ts';

const START = '<!-- generated from rule.ts; edit below the end mark only -->';
const END = '<!-- end of generated part -->';

/** The pages of all rules with a fresh header; a rule without a page is left to the catalogue's test. */
export async function renderRulePages(root: string, rules: readonly LocatedRule[]): Promise<readonly GeneratedFile[]> {
  const pages: GeneratedFile[] = [];
  for (const { rule, folder } of rules) {
    const path = `${folder}/README.md`;
    if (!existsSync(join(root, path))) continue;
    pages.push({ path, content: withFreshHeader(await readFile(join(root, path), 'utf8'), rule.meta) });
  }
  return pages;
}

/** Replaces the part up to the end mark, or puts it on top of a page that has none. */
export function withFreshHeader(page: string, meta: RuleMeta): string {
  const end = page.indexOf(END);
  const body = end >= 0 ? page.slice(end + END.length) : page.replace(/^\s*# .*\n/, '');
  return `${renderHeader(meta)}\n\n${body.trimStart()}`;
}

function renderHeader(meta: RuleMeta): string {
  const fix = meta.fix === 'none' ? 'no fix' : `${meta.fix} fix`;
  const facts = [
    ...[`\`${meta.id}\``, meta.aspect, meta.priority, meta.languages.join(', '), fix],
    ...[`required for the level ${meta.requiredFor}`, `since ${meta.since}`],
  ];
  const options = Object.entries(meta.options ?? {}).map(([name, option]) => renderOption(name, option));
  const optionLines = options.length === 0 ? [] : ['', 'Options:', '', ...options];
  return [START, `# ${meta.title}`, '', facts.join(' · '), ...optionLines, END].join('\n');
}

function renderOption(name: string, option: RuleOption): string {
  return `- \`${name}\` (${option.type}, default \`${JSON.stringify(option.default)}\`): ${option.description}`;
}
