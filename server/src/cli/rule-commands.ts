import { explainUnknownRule } from '../engine/rule-names.ts';
import { RULE_NAMES } from '../product.ts';
import { pageAsText } from '../report/page-as-text.ts';
import { ruleListJson, ruleTable } from '../report/rule-list.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { CommandLine } from './parse-command-line.ts';
import { readPage } from './rule-pages.ts';
import { readChoice } from './scan-options.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** `readiness explain RULE`. @throws UsageError when there is no such rule */
export async function explain(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const [id] = line.positionals;
  if (id === undefined) throw new UsageError('Which rule? `readiness rules` lists them.');
  const rule = RULE_NAMES.rules.find(candidate => candidate.id === id);
  if (!rule) throw new UsageError(explainUnknownRule(id, RULE_NAMES)?.message ?? `There is no rule ${id}.`);
  terminal.print(pageAsText(await readPage(rule)));
  return EXIT.clean;
}

/** `readiness rules`. @throws UsageError for an unknown format */
export function listRules(line: CommandLine, terminal: Terminal): ExitCode {
  const format = readChoice(line, 'format', ['text', 'json']);
  terminal.print(format === 'json' ? ruleListJson(RULE_NAMES.rules) : ruleTable(RULE_NAMES.rules));
  return EXIT.clean;
}
