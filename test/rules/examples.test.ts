import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { RULES } from '../../rules/catalogue.ts';
import type { Finding } from '../../server/src/core/finding.ts';
import { applyEdits, LineIndex } from '../../server/src/core/text.ts';
import type { Extractor } from '../../server/src/engine/extract.ts';
import { analyzeExample, createTestExtractor } from '../support/example-workspace.ts';
import { readExamples, type Example } from '../support/read-examples.ts';

/** More than any example has findings. */
const MAX_FIXES = 60;

let extractor: Extractor;
beforeAll(async () => {
  extractor = await createTestExtractor();
});

describe.each(RULES.map(rule => ({ id: rule.meta.id, rule })))('$id', ({ id, rule }) => {
  const folder = join(import.meta.dirname, '../../rules', rule.meta.aspect, id);
  const page = examplesOf('README.md');
  const bad = page.filter(({ heading }) => heading === 'Bad');
  const fixed = page.filter(({ heading }) => heading === 'Fixed');
  const good = page.filter(({ heading }) => heading === 'Good');
  const cases = ['cases.md', 'cases-typescript.md'].flatMap(name =>
    examplesOf(name).map(example => ({ name, example })),
  );

  test('the page has bad and good examples', () => {
    expect(bad.length).toBeGreaterThan(0);
    expect(good.length).toBeGreaterThan(0);
    expect(bad.flatMap(({ files }) => files.flatMap(({ marked }) => marked)).length).toBeGreaterThan(0);
  });

  test.each(withTitles(bad))('reports the marked lines of the bad example in $title', async ({ example }) => {
    await expectMarkedLines(example);
  });

  test.each(withTitles(good))('good examples are clean for all rules: $title', async ({ example }) => {
    const { findings, failures } = await analyzeExample(extractor, textsOf(example));
    expect(failures).toEqual([]);
    expect(findings.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  });

  test('the fixes turn the bad examples into the fixed ones', async () => {
    // Without a fix there is nothing to show, and no fix may touch an example either.
    expect(fixed.length).toBe(rule.meta.fix === 'none' ? 0 : bad.length);
    for (const [index, example] of bad.entries()) {
      const wanted = fixed[index] ?? example;
      const texts = await applyAllFixes(example);
      for (const file of wanted.files) expect(texts.get(file.path)).toBe(file.text);
      for (const path of texts.keys()) {
        if (!wanted.files.some(file => file.path === path)) expect(texts.get(path)).toBe(textsOf(example).get(path));
      }
    }
  });

  test('offers fixes of the declared grade, and none of a higher one', async () => {
    const grades = new Set<string>();
    for (const example of [...bad, ...cases.map(entry => entry.example)]) {
      for (const grade of await gradesOf(example)) grades.add(grade);
    }
    if (rule.meta.fix === 'none') expect([...grades]).toEqual([]);
    else expect(grades.has(rule.meta.fix)).toBe(true);
    if (rule.meta.fix === 'suggested') expect(grades.has('safe')).toBe(false);
  });

  if (cases.length > 0) {
    test.each(cases.map(({ name, example }) => ({ title: `${name}:${example.line} ${example.heading}`, example })))(
      '$title',
      async ({ example }) => {
        await expectMarkedLines(example);
        if (example.fixed.size === 0) return;
        const texts = await applyAllFixes(example);
        for (const [path, text] of example.fixed) expect(texts.get(path)).toBe(text);
      },
    );
  }

  function examplesOf(name: string): readonly Example[] {
    const path = join(folder, name);
    return existsSync(path) ? readExamples(readFileSync(path, 'utf8')) : [];
  }

  async function expectMarkedLines(example: Example): Promise<void> {
    const { findings, failures } = await analyzeExample(extractor, textsOf(example));
    expect(failures).toEqual([]);
    const lines = new Map(example.files.map(file => [file.path, new LineIndex(file.text)]));
    const reported = findings
      .filter(finding => finding.ruleId === id)
      .map(({ path, range }) => `${path}:${(lines.get(path)?.position(range.start).line ?? -1) + 1}`);
    const marked = example.files.flatMap(({ path, marked }) => marked.map(line => `${path}:${line + 1}`));
    expect([...new Set(reported)].sort()).toEqual([...marked].sort());
  }

  /** Applies fixes one by one, as a person would; each has to leave files that parse. */
  async function applyAllFixes(example: Example): Promise<ReadonlyMap<string, string>> {
    const texts = new Map(textsOf(example));
    for (let count = 0; count < MAX_FIXES; count++) {
      const { findings, fixesOf, syntaxErrors } = await analyzeExample(extractor, texts);
      if (count > 0) expect([...syntaxErrors].filter(([, errors]) => errors > 0)).toEqual([]);
      const fix = await firstFix(
        findings.filter(finding => finding.ruleId === id),
        fixesOf,
      );
      if (!fix) return texts;
      for (const { path, edits, create } of fix.edits)
        texts.set(path, applyEdits(create ?? texts.get(path) ?? '', edits));
    }
    throw new Error(`${example.heading}: after ${MAX_FIXES} fixes there are still findings that offer one.`);
  }

  async function gradesOf(example: Example): Promise<readonly string[]> {
    const { findings, fixesOf } = await analyzeExample(extractor, textsOf(example));
    const grades: string[] = [];
    for (const finding of findings.filter(({ ruleId }) => ruleId === id)) {
      const fixes = await fixesOf(finding);
      // Where only other files can tell, none is promised; one that they allow is never called safe.
      if (finding.mayHaveFix) expect(finding.fix).toBeUndefined();
      else expect(fixes.length > 0, `${finding.message} says that it has a fix`).toBe(finding.fix !== undefined);
      if (fixes[0]) expect(fixes[0].applicability).toBe(finding.fix ?? 'suggested');
      grades.push(...fixes.map(fix => fix.applicability));
    }
    return grades;
  }
});

async function firstFix(
  findings: readonly Finding[],
  fixesOf: Awaited<ReturnType<typeof analyzeExample>>['fixesOf'],
): Promise<Awaited<ReturnType<typeof fixesOf>>[number] | undefined> {
  for (const finding of findings) {
    const [fix] = await fixesOf(finding);
    if (fix) return fix;
  }
  return undefined;
}

function textsOf(example: Example): ReadonlyMap<string, string> {
  return new Map(example.files.map(file => [file.path, file.text]));
}

function withTitles(examples: readonly Example[]): { title: string; example: Example }[] {
  return examples.map(example => ({ title: `line ${example.line}`, example }));
}
