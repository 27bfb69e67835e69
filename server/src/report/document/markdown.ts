import type { Block, Column, Document, Figure, Inline, Line, ListItem } from './document.ts';
import { visible } from './visible.ts';

/** The document as Markdown, in the dialect of code hosts (tables, boxes to tick), with a line end at its end. */
export function renderMarkdown({ title, subtitle, blocks }: Document): string {
  const parts = [renderHeading(1, [{ kind: 'text', text: title }]), markdownLine(subtitle), ...blocks.map(renderBlock)];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

/** A list as Markdown, without a line end at its end. */
export function markdownList(items: readonly ListItem[], ordered = false): string {
  return listLines(items, ordered).join('\n');
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return renderHeading(block.level, block.content);
    case 'paragraph':
      return markdownLine(block.content);
    case 'list':
      return markdownList(block.items, block.ordered);
    case 'source':
      return markdownList(block.items);
    case 'table':
      return renderTable(block.columns, block.rows);
    case 'figures':
      return block.figures.map(renderFigure).join('\n');
  }
}

/** Number signs at the end of a heading would be taken for its closing mark. */
function renderHeading(level: number, content: Line): string {
  return `${'#'.repeat(level)} ${markdownLine(content).replace(/ (#+)$/, ' \\$1')}`;
}

function renderFigure({ label, value, note }: Figure): string {
  const rest = note === '' ? '' : ` (${escapeMarkdown(note)})`;
  return `- ${escapeMarkdown(label)}: **${escapeMarkdown(value)}**${rest}`;
}

function listLines(items: readonly ListItem[], ordered: boolean): readonly string[] {
  return items.flatMap(({ content, items: inner = [], done }, index) => {
    const mark = ordered ? `${index + 1}. ` : '- ';
    const box = done === undefined ? '' : done ? '[x] ' : '[ ] ';
    const indented = listLines(inner, false).map(line => `${' '.repeat(mark.length)}${line}`);
    return [`${mark}${box}${markdownLine(content)}`, ...indented];
  });
}

function renderTable(columns: readonly Column[], rows: readonly (readonly Line[])[]): string {
  const head = columns.map(({ title }) => inCell(escapeMarkdown(title)));
  const rule = columns.map(({ numeric }) => (numeric ? '--:' : '---'));
  const body = rows.map(row => row.map(cell => cell.map(part => inCell(renderInline(part))).join('')));
  return [head, rule, ...body].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

/** Cells end at any pipe, in code too, and readers disagree about a backslash before it. */
function inCell(markdown: string): string {
  if (!markdown.includes('|')) return markdown;
  const [, , body] = /^(`+) ?([\s\S]*?) ?\1$/.exec(markdown) ?? [];
  return body === undefined ? markdown.replace(/\\?\|/g, '&#124;') : `<code>${asEntities(body)}</code>`;
}

/** Punctuation as numeric entities, which no reader takes for anything else. */
function asEntities(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, character => `&#${character.charCodeAt(0)};`);
}

/** One line of Markdown, for the start of a block. */
export function markdownLine(content: Line): string {
  return escapeStart(content.map(renderInline).join('').trim());
}

function renderInline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return escapeMarkdown(inline.text);
    case 'code':
      return codeSpan(inline.text);
    case 'strong':
      return `**${escapeMarkdown(inline.text.trim())}**`;
    case 'priority':
      return `**${inline.priority}**`;
    case 'share':
      return String(inline.value);
  }
}

/** Escapes what would be markup inside a line. */
function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]<>~|]/g, '\\$&')
    .replace(/&/g, '&amp;');
}

/** Escapes what would be markup at the start of a line. */
function escapeStart(line: string): string {
  return line.replace(/^([-+#=]|\d+(?=[.)]))/, mark => (/^\d/.test(mark) ? `${mark}\\` : `\\${mark}`));
}

/** A code span that holds any text, backticks included. */
function codeSpan(words: string): string {
  const text = visible(words);
  if (text.trim() === '') return '';
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const needsRoom = /^`|`$|^ .* $/.test(text);
  return needsRoom ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}
