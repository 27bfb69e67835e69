import type { Block, Column, Document, Figure, Inline, Line, ListItem } from './document.ts';
import { markdownList } from './markdown.ts';
import { STYLE_SHEET } from './style-sheet.ts';
import { visible } from './visible.ts';

/** Nothing is loaded and nothing runs, whatever a text may hold. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** The document as one HTML page that needs nothing beside it: no script, no picture, no network. */
export function renderHtml({ title, subtitle, blocks }: Document): string {
  const ids = sectionIds(blocks);
  const body = blocks.map(block => renderBlock(block, ids)).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(POLICY)}">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>
${STYLE_SHEET}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
<p>${renderLine(subtitle)}</p>
</header>
${renderContents(ids)}
<main>
${body}
</main>
</body>
</html>
`;
}

type SectionIds = ReadonlyMap<Block, string>;

/** Sections are what headings of the second level begin. */
function sectionIds(blocks: readonly Block[]): SectionIds {
  const sections = blocks.filter(block => block.kind === 'heading' && block.level === 2);
  return new Map(sections.map((block, index) => [block, `section-${index + 1}`]));
}

function renderContents(ids: SectionIds): string {
  const links = [...ids].map(([block, id]) => {
    return `<li><a href="#${id}">${block.kind === 'heading' ? renderLine(block.content) : ''}</a></li>`;
  });
  return links.length === 0 ? '' : `<nav aria-label="Contents">\n<ul>\n${links.join('\n')}\n</ul>\n</nav>`;
}

function renderBlock(block: Block, ids: SectionIds): string {
  switch (block.kind) {
    case 'heading': {
      const id = ids.get(block);
      return `<h${block.level}${id === undefined ? '' : ` id="${id}"`}>${renderLine(block.content)}</h${block.level}>`;
    }
    case 'paragraph':
      return `<p>${renderLine(block.content)}</p>`;
    case 'list':
      return renderList(block.items, block.ordered);
    case 'source':
      return `<pre tabindex="0" role="region" aria-label="Markdown to copy">${escapeLines(markdownList(block.items))}</pre>`;
    case 'table':
      return renderTable(block.columns, block.rows);
    case 'figures':
      return `<dl class="figures">\n${block.figures.map(renderFigure).join('\n')}\n</dl>`;
  }
}

function renderFigure({ label, value, note }: Figure): string {
  const parts = [`<dt>${escapeHtml(label)}</dt>`, `<dd class="value">${escapeHtml(value)}</dd>`];
  if (note !== '') parts.push(`<dd class="note">${escapeHtml(note)}</dd>`);
  return `<div>${parts.join('')}</div>`;
}

function renderList(items: readonly ListItem[], ordered: boolean): string {
  const name = ordered ? 'ol' : 'ul';
  return `<${name}>\n${items.map(renderItem).join('\n')}\n</${name}>`;
}

function renderItem({ content, items = [], done }: ListItem): string {
  const box = done === undefined ? '' : `<span class="box">${done ? '☑' : '☐'}</span> `;
  const inner = items.length === 0 ? '' : `\n${renderList(items, false)}\n`;
  return `<li>${box}${renderLine(content)}${inner}</li>`;
}

function renderTable(columns: readonly Column[], rows: readonly (readonly Line[])[]): string {
  const side = (index: number): string => (columns[index]?.numeric ? ' class="number"' : '');
  const head = columns.map(({ title }, index) => `<th scope="col"${side(index)}>${escapeHtml(title)}</th>`).join('');
  const body = rows.map(row => {
    const cells = row.map((cell, index) => {
      // The first cell names its row.
      const [name, scope] = index === 0 ? ['th', ' scope="row"'] : ['td', ''];
      return `<${name}${scope}${side(index)}>${renderLine(cell)}</${name}>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  // A table that is wider than the page can be scrolled, with the keyboard too.
  return `<div class="wide" tabindex="0" role="region" aria-label="Table">\n<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>\n</div>`;
}

function renderLine(content: Line): string {
  return content.map(renderInline).join('');
}

function renderInline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return escapeHtml(inline.text);
    case 'code':
      return `<code>${escapeHtml(inline.text)}</code>`;
    case 'strong':
      return `<strong>${escapeHtml(inline.text)}</strong>`;
    case 'priority':
      return `<span class="priority ${inline.priority}">${inline.priority}</span>`;
    case 'share':
      return `<span class="bar" aria-hidden="true"><span style="width:${clamp(inline.value)}%"></span></span>${clamp(inline.value)}`;
  }
}

function clamp(value: number): number {
  return Math.min(100, Math.max(0, Math.round(value)));
}

function escapeLines(text: string): string {
  return text.split('\n').map(escapeHtml).join('\n');
}

/** Safe in text and in attributes with quotes. */
function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
