import ignore, { type Ignore } from 'ignore';

/** Patterns of all ignore files from the repository's top down to one folder, later ones winning, as git reads them. */
export interface IgnoreRules {
  readonly matcher: Ignore;
}

/** Rules that ignore nothing. */
export function noIgnoreRules(): IgnoreRules {
  return { matcher: ignore({ ignorecase: false, allowRelativePaths: false }) };
}

/**
 * Adds the ignore file of `folder` (relative to where the rules start, `''` for that folder itself).
 * The rules given are left as they are.
 */
export function withIgnoreFile(rules: IgnoreRules, folder: string, text: string): IgnoreRules {
  const patterns = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap(line => anchorPattern(folder, line) ?? []);
  if (patterns.length === 0) return rules;
  return { matcher: noIgnoreRules().matcher.add(rules.matcher).add(patterns) };
}

/** Whether the rules cover a path, itself or through a folder above it. Folders are matched by patterns that end in `/` too. */
export function isIgnored(rules: IgnoreRules, path: string, kind: 'file' | 'folder'): boolean {
  // The library throws on paths that leave its folder; such a path is nobody's to ignore.
  if (!ignore.isPathValid(path)) return false;
  return rules.matcher.ignores(kind === 'folder' ? `${path}/` : path);
}

/**
 * Makes a pattern of a nested ignore file mean the same when read from the top: one list of patterns is what lets a
 * deep `!keep` overrule a pattern from above, which asking one matcher per folder cannot do.
 */
function anchorPattern(folder: string, line: string): string | undefined {
  if (line.trim() === '' || line.startsWith('#')) return undefined;
  if (folder === '') return line;

  const negated = line.startsWith('!');
  const pattern = negated ? line.slice(1) : line;
  const top = `/${escapePattern(folder)}/`;
  // Only a slash before the end ties a pattern to its folder; any other holds at every depth below.
  const isTied = pattern.trimEnd().slice(0, -1).includes('/');
  const anchored = isTied ? top + pattern.replace(/^\//, '') : `${top}**/${pattern}`;
  return negated ? `!${anchored}` : anchored;
}

function escapePattern(folder: string): string {
  return folder.replace(/[\\*?[\]!# ]/g, '\\$&');
}
