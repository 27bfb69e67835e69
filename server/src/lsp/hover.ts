import { MarkupKind, type Hover, type Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { RuleMeta } from '../core/rule.ts';
import type { ClientFeatures } from './client-features.ts';
import { touches } from './convert.ts';
import type { PublishedFile } from './publish-diagnostics.ts';
import type { RulePages } from './rule-pages.ts';

const SUPPRESSION = /readiness:\s*ignore(?:-file)?\s*\[([^\]]*)\]/g;

/** What is known of the rules at a place: of the findings there, or of an id in a suppression comment. */
export async function hoverAt(
  position: Position,
  text: TextDocument,
  published: PublishedFile | undefined,
  pages: RulePages,
  features: ClientFeatures,
): Promise<Hover | null> {
  const ids = new Set([...ruleIdsOfFindings(position, published), ...ruleIdInSuppression(position, text)]);
  const metas = [...ids].map(id => pages.meta(id)).filter(meta => meta !== undefined);
  if (metas.length === 0) return null;

  const parts = await Promise.all(metas.map(meta => describeRule(meta, pages, features)));
  const kind = features.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText;
  return { contents: { kind, value: parts.join(features.markdownHover ? '\n\n---\n\n' : '\n\n') } };
}

function ruleIdsOfFindings(position: Position, published: PublishedFile | undefined): string[] {
  const here = { start: position, end: position };
  return (published?.findings ?? []).filter(({ range }) => touches(range, here)).map(({ finding }) => finding.ruleId);
}

/** The id under the position, when it stands between the brackets of a suppression. */
function ruleIdInSuppression({ line, character }: Position, text: TextDocument): string[] {
  const content = text.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  for (const match of content.matchAll(SUPPRESSION)) {
    const list = match[1] ?? '';
    const listStart = match.index + match[0].length - 1 - list.length;
    for (const id of list.matchAll(/[^\s,]+/g)) {
      const start = listStart + id.index;
      if (start <= character && character <= start + id[0].length) return [id[0]];
    }
  }
  return [];
}

async function describeRule(meta: RuleMeta, pages: RulePages, features: ClientFeatures): Promise<string> {
  const facts = `${meta.aspect} · ${meta.priority} · ${fixInWords(meta)}`;
  const summary = (await pages.summary(meta.id)).replace(/\s*\n\s*/g, ' ');
  const link = pages.link(meta.id, features);
  const page = pages.uri(meta.id);
  if (!features.markdownHover) {
    return [`${meta.title} (${meta.id})`, facts, plain(summary), page].filter(line => line).join('\n');
  }
  const open = link === undefined ? '' : `[Open the page of \`${meta.id}\`](${link})`;
  return [`**${meta.title}**  \n${facts}`, summary, open].filter(part => part !== '').join('\n\n');
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
