/** Writes every generated file: `npm run generate`. Running it twice changes nothing more. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compileKnowledge } from './generate/knowledge.ts';
import { loadRules } from './generate/load-rules.ts';
import type { GeneratedFile } from './generate/generated-file.ts';
import { renderCatalogue } from './generate/catalogue.ts';
import { renderRuleIndex } from './generate/rule-index.ts';
import { renderRulePages } from './generate/rule-page.ts';
import { renderSchema } from './generate/schema.ts';
import { fail, messageOf } from './support/console.ts';
import { ROOT } from './support/paths.ts';

try {
  // Rules may look up knowledge when they are loaded, so that comes first.
  await writeStale([await compileKnowledge(ROOT)]);
  const rules = await loadRules(ROOT);
  await writeStale([
    await renderCatalogue(rules),
    renderRuleIndex(rules),
    await renderSchema(rules),
    ...(await renderRulePages(ROOT, rules)),
  ]);
} catch (error) {
  fail(messageOf(error));
}

async function writeStale(files: readonly GeneratedFile[]): Promise<void> {
  for (const { path, content } of files) {
    const target = join(ROOT, path);
    if ((await readIfThere(target)) === content) continue;

    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
    console.log(`wrote ${path}`);
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
