import type { JsonValue } from '../core/json.ts';
import type { PlaceRange } from '../protocol/model.ts';
import type { LocatedFinding } from './publish-diagnostics.ts';
import type { RulePages } from './rule-pages.ts';

/** What a finding rests on, as Markdown: the rule, the facts that were recognised, the chain of places. */
export async function explainFinding({ finding, range, related }: LocatedFinding, pages: RulePages): Promise<string> {
  const meta = pages.meta(finding.ruleId);
  const summary = await pages.summary(finding.ruleId);
  const uri = pages.uri(finding.ruleId);
  const parts = [
    `# ${meta?.title ?? finding.ruleId}`,
    `\`${finding.path}\`, ${placeInWords(range)}`,
    finding.message,
    section('What it rests on', [
      `Rule: \`${finding.ruleId}\`${meta ? `, ${meta.aspect}` : ''}`,
      `Priority: ${finding.priority}${meta && meta.priority !== finding.priority ? ` (the rule's own is ${meta.priority})` : ''}`,
      `Confidence: ${finding.confidence}`,
      `Fix: ${finding.fix ?? 'none for this place'}`,
      ...factsOf(finding.data),
    ]),
    section(
      'Places that lead to it',
      related.map(place => `\`${place.path}\`, ${placeInWords(place.range)}: ${place.message}`),
    ),
    summary === '' ? '' : `## What the rule says\n\n${summary}`,
    uri === undefined ? '' : `[The whole page](${uri})`,
  ];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `## ${title}\n\n${items.map(item => `- ${item}`).join('\n')}`;
}

/** Lines as people count them. */
function placeInWords({ start }: PlaceRange): string {
  return `line ${start.line + 1}, column ${start.character + 1}`;
}

/** What rules remember under these names helps a reader; the rest is for their fixes. */
const TELLING: Readonly<Record<string, string>> = {
  callee: 'Call',
  library: 'Event loop of',
  truth: 'Compared with',
  name: 'Package',
  written: 'Written',
  replacement: 'Proposed instead',
  variable: 'Proposed variable',
  event: 'Ends when set',
};

/** What the rule remembered of the code, as far as it tells a reader something. */
function factsOf(data: JsonValue | undefined): readonly string[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    const words = TELLING[key];
    const isShown = words !== undefined && typeof value === 'string' && value.length > 0 && value.length <= 80;
    return isShown ? [`${words}: ${code(value)}`] : [];
  });
}

function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}
