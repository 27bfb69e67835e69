const END_OF_GENERATED_PART = '<!-- end of generated part -->';

/** The hand-written part of a rule's page, which is Markdown, without its title. */
export function ownPart(page: string): string {
  return (page.split(END_OF_GENERATED_PART).at(-1) ?? '').trim();
}

/** The first paragraph of a rule's page on one line; empty when there is none. */
export function pageSummary(page: string): string {
  const paragraphs = ownPart(page).split(/\r?\n\s*\r?\n/);
  const first = paragraphs.find(paragraph => paragraph.trim() !== '' && !/^\s*[#`<|]/.test(paragraph));
  return first === undefined ? '' : withoutLinks(first.replace(/\s+/g, ' ').trim());
}

/** The text of a link alone: a report stands elsewhere than the page. */
function withoutLinks(line: string): string {
  return line.replace(/\[([^\]]+)\]\([^)\s]+\)/g, '$1');
}
