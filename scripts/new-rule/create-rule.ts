import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FORMER_RULE_IDS } from '../../rules/former-ids.ts';
import { ASPECTS } from '../../server/src/core/rule.ts';
import { formatAs } from '../generate/catalogue.ts';
import type { RuleWish } from './read-wish.ts';
import { renderCases, renderPage, renderRule } from './templates.ts';

/**
 * Writes the folder of a new rule below `root` and returns the paths of its files, relative to `root`.
 * @throws Error when there is, or was, a rule of that id; nothing is written then.
 */
export async function createRule(root: string, wish: RuleWish): Promise<readonly string[]> {
  const taken = ASPECTS.map(aspect => `rules/${aspect}/${wish.id}`).find(path => existsSync(join(root, path)));
  if (taken !== undefined) throw new Error(`There is a rule ${wish.id} already: ${taken}.`);
  if (FORMER_RULE_IDS.has(wish.id)) {
    throw new Error(`${wish.id} is the id of a former rule, and old suppressions still name it. Choose another one.`);
  }

  const folder = `rules/${wish.aspect}/${wish.id}`;
  // The version in the manifest is the one that is being worked on.
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  const files: readonly (readonly [string, string])[] = [
    [`${folder}/rule.ts`, await formatAs('rules/rule.ts', renderRule(wish, version))],
    [`${folder}/README.md`, renderPage(wish)],
    [`${folder}/cases.md`, renderCases(wish)],
  ];
  await mkdir(join(root, folder), { recursive: true });
  for (const [path, content] of files) await writeFile(join(root, path), content);
  return files.map(([path]) => path);
}
