/** A rule's page, which is Markdown, for reading in a terminal: no comments, code indented, headings underlined. */
export function pageAsText(page: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of page.replace(/<!--[\s\S]*?-->\r?\n?/g, '').split(/\r?\n/)) {
    const mark = /^(`{3,}|~{3,})\s*(.*)$/.exec(line);
    if (fence !== undefined) {
      if (mark?.[1] !== undefined && mark[1].startsWith(fence) && mark[2] === '') fence = undefined;
      else lines.push(line === '' ? '' : `    ${line}`);
    } else if (mark?.[1] !== undefined) {
      fence = mark[1];
      // The info string is a language and, on our pages, often the name of the file.
      const name = mark[2]?.split(/\s+/)[1];
      if (name !== undefined) lines.push(`${name}:`, '');
    } else {
      lines.push(...headingOrText(line));
    }
  }
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function headingOrText(line: string): readonly string[] {
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading?.[1] === undefined || heading[2] === undefined) return [withoutLinks(line)];
  const title = withoutLinks(heading[2]);
  return [title, (heading[1].length === 1 ? '=' : '-').repeat(title.length)];
}

/** `[text](target)` reads as `text (target)`. */
function withoutLinks(line: string): string {
  return line.replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, text: string, target: string) => {
    return text === target ? text : `${text} (${target})`;
  });
}
