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

/** What the rule remembered of the code, as far as it can be read: names and numbers, not places in the text. */
export function factsOf(data: JsonValue | undefined): readonly string[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    const shown = valueInWords(value);
    return shown === undefined ? [] : [`${capitalised(key)}: ${shown}`];
  });
}

function valueInWords(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value.length > 0 && value.length <= 80 ? code(value) : undefined;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const isListOfNames = Array.isArray(value) && value.length > 0 && value.every(item => typeof item === 'string');
  return isListOfNames ? value.map(code).join(', ') : undefined;
}

function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}

/** `asyncCounterpart` as `Async counterpart`. */
function capitalised(key: string): string {
  const words = key.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`).trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
