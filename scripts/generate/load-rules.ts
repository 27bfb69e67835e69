import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ASPECTS, type Aspect, type Rule } from '../../server/src/core/rule.ts';

/** A rule with the folder that holds it. */
export interface LocatedRule {
  readonly rule: Rule;
  /** Relative to the repository root, e.g. `rules/reliability/http-timeout`. */
  readonly folder: string;
}

/**
 * Loads every `rules/<aspect>/<id>/rule.ts` below `root`, sorted by id.
 * @throws Error when a folder and the metadata in it contradict each other, or an option can't be configured.
 */
export async function loadRules(root: string): Promise<readonly LocatedRule[]> {
  const rules: LocatedRule[] = [];
  for (const aspect of ASPECTS) {
    for (const id of await subfolders(join(root, 'rules', aspect))) {
      const folder = `rules/${aspect}/${id}`;
      const file = join(root, folder, 'rule.ts');
      // A folder without a rule is one that somebody is about to fill, or has just emptied.
      if (existsSync(file)) rules.push({ rule: await loadRule(file, folder, aspect, id), folder });
    }
  }
  return rules.sort((left, right) => (left.rule.meta.id < right.rule.meta.id ? -1 : 1));
}

async function loadRule(file: string, folder: string, aspect: Aspect, id: string): Promise<Rule> {
  // A rule's default export is what `defineRule` returned: the compiler holds rule.ts to that.
  const module = (await import(pathToFileURL(file).href)) as { readonly default?: Rule };
  const rule = module.default;
  if (rule === undefined) throw new Error(`${folder}/rule.ts has no default export.`);
  if (rule.meta.id !== id) throw new Error(`${folder}/rule.ts says that its id is ${rule.meta.id}.`);
  if (rule.meta.aspect !== aspect) throw new Error(`${folder}/rule.ts says that its aspect is ${rule.meta.aspect}.`);
  for (const reserved of ['enabled', 'priority']) {
    // Options stand beside these two in the configuration.
    if (rule.meta.options?.[reserved]) throw new Error(`${folder}/rule.ts: an option can't be called ${reserved}.`);
  }
  return rule;
}

async function subfolders(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter(entry => entry.isDirectory()).map(entry => entry.name);
}
