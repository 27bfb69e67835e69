import { MarkupKind, type Hover, type Position } from './protocol-library.ts';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { RuleMeta } from '../core/rule.ts';
import type { Suppression } from '../core/suppression.ts';
import type { TextRange } from '../core/text.ts';
import type { RelatedRow } from '../protocol/model.ts';
import type { ClientFeatures } from './client-features.ts';
import { touches } from './convert.ts';
import type { LocatedFinding, PublishedFile } from './publish-diagnostics.ts';
import type { RulePages } from './rule-pages.ts';

/** What hovers are made of: the document, what was found in it, and the rules. */
export interface HoverContext {
  readonly text: TextDocument;
  readonly published: PublishedFile | undefined;
  /** Suppressions of the document; asked only where there could be one. */
  readonly suppressions: () => Promise<readonly Suppression[]>;
  readonly pages: RulePages;
  readonly features: ClientFeatures;
}

/** What is known at a place: of the findings there, or of a suppression and what it suppresses. */
export async function hoverAt(position: Position, context: HoverContext): Promise<Hover | null> {
  const findings = findingsAt(position, context.published);
  const parts = await Promise.all(findings.map(located => describeFinding(located, context)));
  parts.push(...(await describeSuppressionAt(position, context)));
  if (parts.length === 0) return null;
  const { markdownHover } = context.features;
  const kind = markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText;
  return { contents: { kind, value: parts.join(markdownHover ? '\n\n---\n\n' : '\n\n') } };
}

/** The findings under the cursor, each rule once. */
function findingsAt(position: Position, published: PublishedFile | undefined): readonly LocatedFinding[] {
  const here = { start: position, end: position };
  const touched = (published?.findings ?? []).filter(({ range }) => touches(range, here));
  return [...new Map(touched.map(located => [located.finding.ruleId, located])).values()];
}

async function describeFinding({ finding, related }: LocatedFinding, context: HoverContext): Promise<string> {
  const { features, pages } = context;
  const steps = related.map(step => describeStep(step, features));
  const unsure = finding.confidence === 'high' ? [] : [`Confidence: ${finding.confidence}`];
  const notes = [...unsure, ...steps];
  const meta = pages.meta(finding.ruleId);
  if (!meta) return [finding.ruleId, ...notes].join('\n');
  const list = features.markdownHover ? notes.map(note => `- ${note}`) : notes;
  return await describeRule(meta, pages, features, list.join('\n'));
}

/** A place that explains a finding, as a link where the client can show one. */
function describeStep({ uri, path, range, message }: RelatedRow, { markdownHover }: ClientFeatures): string {
  const line = range.start.line + 1;
  return markdownHover ? `[${path}:${line}](${uri}#L${line}): ${message}` : `${path}:${line}: ${plain(message)}`;
}

async function describeSuppressionAt(position: Position, context: HoverContext): Promise<readonly string[]> {
  const { text, pages, features } = context;
  const line = text.getText({
    start: { line: position.line, character: 0 },
    end: { line: position.line + 1, character: 0 },
  });
  if (!/readiness/i.test(line)) return [];

  const offset = text.offsetAt(position);
  const contains = ({ start, end }: TextRange): boolean => start <= offset && offset <= end;
  const found = (await context.suppressions()).find(({ range }) => contains(range));
  if (!found) return [];
  const id = found.ruleIds.find((_, index) => {
    const range = found.idRanges[index];
    return range !== undefined && contains(range);
  });
  const meta = id === undefined ? undefined : pages.meta(id);
  const effect = describeEffect(found, context);
  return [
    features.markdownHover ? effect : plain(effect),
    ...(meta ? [await describeRule(meta, pages, features)] : []),
  ];
}

/** Which rules a comment silences, how often, and why. */
function describeEffect({ ruleIds, line, reason, commentRange }: Suppression, { published }: HoverContext): string {
  const accepted = published?.analysis?.accepted ?? [];
  const counts = ruleIds.map(id => {
    const count = accepted.filter(
      ({ finding, by }) => by !== 'baseline' && by.start === commentRange.start && finding.ruleId === id,
    ).length;
    return `\`${id}\` (${count === 1 ? '1 finding' : `${count} findings`})`;
  });
  const scope = line === undefined ? 'in this file' : `on line ${line + 1}`;
  return `Ignores ${counts.join(', ')} ${scope}. ${reason === undefined ? 'No reason is given.' : `Reason: ${reason}`}`;
}

/** The rule in short; `notes` of its finding come before the way to the page. */
async function describeRule(meta: RuleMeta, pages: RulePages, features: ClientFeatures, notes = ''): Promise<string> {
  const facts = `${meta.aspect} · ${meta.priority} priority · ${fixInWords(meta)}`;
  const summary = (await pages.summary(meta.id)).replace(/\s*\n\s*/g, ' ');
  const link = pages.link(meta.id, features);
  const page = pages.uri(meta.id);
  if (!features.markdownHover) {
    return [`${meta.title} (${meta.id})`, facts, plain(summary), notes, page].filter(line => line).join('\n');
  }
  const open = link === undefined ? '' : `[Open the page of \`${meta.id}\`](${link})`;
  return [`**${meta.title}**  \n${facts}`, summary, notes, open].filter(part => part !== '').join('\n\n');
}

function fixInWords({ fix }: RuleMeta): string {
  switch (fix) {
    case 'none':
      return 'no fix';
    case 'safe':
      return 'safe fix';
    case 'suggested':
      return 'suggested fix';
  }
}

function plain(markdown: string): string {
  return markdown.replace(/`/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
}
