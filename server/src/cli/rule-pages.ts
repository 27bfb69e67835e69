import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RuleMeta } from '../core/rule.ts';
import { PAGES_FOLDER } from '../product.ts';

/** The page of a rule, as Markdown. @throws Error when the installation lacks it */
export function readPage({ aspect, id }: RuleMeta): Promise<string> {
  return readFile(join(PAGES_FOLDER, aspect, id, 'README.md'), 'utf8');
}

/** The pages of rules by id; those that can't be read are left out. */
export async function readPages(rules: readonly RuleMeta[]): Promise<ReadonlyMap<string, string>> {
  const pages = await Promise.allSettled(rules.map(async rule => [rule.id, await readPage(rule)] as const));
  return new Map(pages.flatMap(page => (page.status === 'fulfilled' ? [page.value] : [])));
}
