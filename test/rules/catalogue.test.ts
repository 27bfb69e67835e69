import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../package.json';
import { RULES } from '../../rules/catalogue.ts';
import { FORMER_RULE_IDS } from '../../rules/former-ids.ts';
import { loadRules } from '../../scripts/generate/load-rules.ts';
import { ROOT } from '../../scripts/support/paths.ts';
import type { Finding } from '../../server/src/core/finding.ts';
import { ASPECTS } from '../../server/src/core/rule.ts';
import type { Extractor } from '../../server/src/engine/extract.ts';
import { readConfiguration } from '../../server/src/engine/settings/read-configuration.ts';
import { analyzeExample, createTestExtractor } from '../support/example-workspace.ts';
import { readExamples } from '../support/read-examples.ts';
import { catalogueProblems, findingProblems, gradeProblems, metaProblems, pageProblems } from './contracts.ts';

const METAS = RULES.map(({ meta }) => meta);
const SCHEMA = JSON.parse(readFileSync(join(ROOT, 'schema/readiness.schema.json'), 'utf8')) as {
  properties: { rules: { properties: Record<string, unknown> } };
};
const INDEX = readFileSync(join(ROOT, 'docs/rules.md'), 'utf8');

let extractor: Extractor;
beforeAll(async () => {
  extractor = await createTestExtractor();
});

describe('the catalogue', () => {
  test('holds every rule that has a folder, under its own id and aspect', async () => {
    // Loading throws where a folder and the metadata in it contradict each other.
    const located = await loadRules(ROOT);

    expect(METAS.map(({ id }) => id)).toEqual(located.map(({ rule }) => rule.meta.id));
  });

  test('names nothing twice, and no id of a former rule', () => {
    expect(catalogueProblems(METAS, FORMER_RULE_IDS)).toEqual([]);
  });

  test('and the index, the schema and the configuration know the same rules', () => {
    const listed = [...INDEX.matchAll(/^\| \[`([\w-]+)`\]\(\.\.\/(rules\/[\w/-]+\.md)\)/gm)];
    const everyRuleOff = METAS.map(({ id }) => `  ${id}: off\n`).join('');

    expect(listed.map(([, id]) => id).sort()).toEqual(METAS.map(({ id }) => id));
    expect(listed.filter(([, , page = '']) => !existsSync(join(ROOT, page)))).toEqual([]);
    expect(Object.keys(SCHEMA.properties.rules.properties)).toEqual(METAS.map(({ id }) => id));
    const { problems, settings } = readConfiguration([{ path: 'readiness.yaml', text: `rules:\n${everyRuleOff}` }], {
      rules: METAS,
      former: FORMER_RULE_IDS,
    });
    expect(problems).toEqual([]);
    expect(METAS.filter(({ id }) => settings?.rules[id]?.enabled !== false)).toEqual([]);
  });

  test('covers aspects that there are', () => {
    expect(METAS.filter(({ aspect }) => !ASPECTS.includes(aspect))).toEqual([]);
  });
});

describe.each(RULES.map(rule => ({ id: rule.meta.id, rule })))('$id', ({ id, rule }) => {
  const folder = join(ROOT, 'rules', rule.meta.aspect, id);

  test('has metadata that fit together', () => {
    expect(metaProblems(rule, version)).toEqual([]);
  });

  test('has a page with all its parts, in order', () => {
    expect(pageProblems(readFileSync(join(folder, 'README.md'), 'utf8'), rule.meta)).toEqual([]);
  });

  test('says in each message what is wrong, and offers the fixes that it declares', async () => {
    const findings = await findingsOfExamples();

    expect(findings.flatMap(findingProblems)).toEqual([]);
    expect(gradeProblems(rule.meta, findings)).toEqual([]);
  });

  /** Findings of this rule in all examples of its folder. */
  async function findingsOfExamples(): Promise<readonly Finding[]> {
    const findings: Finding[] = [];
    for (const name of ['README.md', 'cases.md', 'cases-typescript.md']) {
      if (!existsSync(join(folder, name))) continue;
      for (const { files } of readExamples(readFileSync(join(folder, name), 'utf8'))) {
        const texts = new Map(files.map(({ path, text }) => [path, text]));
        findings.push(...(await analyzeExample(extractor, texts)).findings.filter(({ ruleId }) => ruleId === id));
      }
    }
    return findings;
  }
});
