import { readFile } from 'node:fs/promises';
import type { Rule, RuleMeta } from '../core/rule.ts';
import { OPEN_RULE_COMMAND } from '../protocol/messages.ts';
import type { ClientFeatures } from './client-features.ts';
import { normalisePath, uriOfPath } from './uris.ts';

const END_OF_GENERATED_PART = /<!-- end of generated part -->/;

/** Knows the rules, and where the page of each lies on this machine. */
export class RulePages {
  readonly #metas: ReadonlyMap<string, RuleMeta>;
  readonly #folder: string;
  readonly #summaries = new Map<string, Promise<string>>();

  /** `folder` holds the pages as `<aspect>/<rule>/README.md`. */
  constructor(rules: readonly Rule[], folder: string) {
    this.#metas = new Map(rules.map(({ meta }) => [meta.id, meta]));
    this.#folder = normalisePath(folder);
  }

  get size(): number {
    return this.#metas.size;
  }

  all(): Iterable<RuleMeta> {
    return this.#metas.values();
  }

  meta(ruleId: string): RuleMeta | undefined {
    return this.#metas.get(ruleId);
  }

  /** URI of the page as a file; undefined for a rule that isn't known. */
  uri(ruleId: string): string | undefined {
    const path = this.#path(ruleId);
    return path === undefined ? undefined : uriOfPath(path);
  }

  /** What a link to the page points to: a command where the client has one that shows it rendered, else the file. */
  link(ruleId: string, { commands }: ClientFeatures): string | undefined {
    if (!this.#metas.has(ruleId)) return undefined;
    if (!commands.has(OPEN_RULE_COMMAND)) return this.uri(ruleId);
    return `command:${OPEN_RULE_COMMAND}?${encodeURIComponent(JSON.stringify([ruleId]))}`;
  }

  /** First paragraph of the page; empty when it can't be read. */
  async summary(ruleId: string): Promise<string> {
    const path = this.#path(ruleId);
    if (path === undefined) return '';
    const summary = this.#summaries.get(ruleId) ?? readFile(path, 'utf8').then(firstParagraph, () => '');
    this.#summaries.set(ruleId, summary);
    return summary;
  }

  #path(ruleId: string): string | undefined {
    const meta = this.#metas.get(ruleId);
    return meta && `${this.#folder}/${meta.aspect}/${meta.id}/README.md`;
  }
}

function firstParagraph(page: string): string {
  const own = page.split(END_OF_GENERATED_PART).at(-1) ?? '';
  const paragraphs = own.split(/\r?\n\s*\r?\n/).map(paragraph => paragraph.trim());
  return paragraphs.find(paragraph => paragraph !== '' && !/^[#`<|]/.test(paragraph)) ?? '';
}
