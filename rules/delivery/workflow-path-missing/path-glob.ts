/** More wildcards than this make matching slow and a pattern that nobody can read. */
const MAX_WILDCARDS = 12;

/** Whether a pattern has a wildcard at all; `path-glob` reads any other one letter by letter. */
export function hasWildcard(pattern: string): boolean {
  return /[*?[+]/.test(pattern);
}

/** The folders in front of the first wildcard: `docs` of `docs/*.md`, empty for `*.md`. */
export function literalFolder(pattern: string): string {
  const segments = pattern.split('/');
  const first = segments.findIndex(hasWildcard);
  return segments.slice(0, first === -1 ? segments.length : first).join('/');
}

/**
 * Turns a pattern over paths with `/` into a test; undefined for one that it can't read.
 * `trigger` patterns are those of a workflow's `paths`: `?` and `+` count the letter before them. In `glob` patterns
 * (`hashFiles`, caches) `?` is any one letter and `+` is itself. `**` crosses folders in both, `*` does not.
 */
export function compileGlob(pattern: string, dialect: 'trigger' | 'glob'): ((path: string) => boolean) | undefined {
  if ((pattern.match(/\*+|\?|\[/g) ?? []).length > MAX_WILDCARDS) return undefined;
  const source = pattern.replace(
    /(^|\/)\*\*(?=\/|$)\/?|\*{2,}|\*|\?|\+|\[[^\]/]+\]|\\?[^]/g,
    (token: string, before: string | undefined) => toExpression(token, before, dialect),
  );
  try {
    const expression = new RegExp(`^${source}$`);
    return path => expression.test(path);
  } catch {
    // A class such as `[z-a]`, or a `?` with nothing before it.
    return undefined;
  }
}

function toExpression(token: string, before: string | undefined, dialect: 'trigger' | 'glob'): string {
  if (before !== undefined) {
    // `a/**` is everything below `a`; `**/a` and `a/**/b` also match without a folder between.
    const crosses = token.endsWith('**') ? '.*' : '(?:.*/)?';
    return before + crosses;
  }
  if (token.startsWith('**')) return '.*';
  if (token === '*') return '[^/]*';
  if (token === '?') return dialect === 'trigger' ? '?' : '[^/]';
  if (token === '+') return dialect === 'trigger' ? '+' : '\\+';
  if (/^\[.+\]$/.test(token)) return token.replace(/^\[!/, '[^');
  return token.replace(/^\\(?=.)/, '').replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}
