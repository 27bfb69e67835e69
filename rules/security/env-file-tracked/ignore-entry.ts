/** The line that makes `.gitignore` at the root cover a path. */
export function ignoreEntryFor(path: string): string {
  // `.env` at the root stands for those of all folders; any other path is meant alone.
  return path.includes('/') ? `/${escapePattern(path)}` : escapePattern(path);
}

/** Whether a `.gitignore` has the entry already, in one of its usual spellings. */
export function hasIgnoreEntry(text: string, path: string): boolean {
  const entry = ignoreEntryFor(path).replace(/^\//, '');
  const spellings = new Set([entry, `/${entry}`, `**/${entry}`]);
  const lines = text.split(/\r\n|\r|\n/).map(line => line.trim());
  const last = lines.findLastIndex(line => spellings.has(line));
  return last >= 0 && !lines.slice(last).some(line => line.startsWith('!') && spellings.has(line.slice(1)));
}

/** What to append to a `.gitignore` to add a line; its own line ending is kept. */
export function appendedLine(text: string, line: string): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const needsNewline = text !== '' && !text.endsWith('\n');
  return (needsNewline ? newline : '') + line + newline;
}

function escapePattern(path: string): string {
  return path
    .replace(/[\\*?[\]]/g, '\\$&')
    .replace(/^[#!]/, '\\$&')
    .replace(/ $/, '\\ ');
}
