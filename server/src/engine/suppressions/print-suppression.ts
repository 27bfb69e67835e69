/** How comments are written in a file. */
export interface CommentStyle {
  readonly open: string;
  /** Empty for comments that end with their line. */
  readonly close: string;
  /** Whether a comment may stand behind code; where false, it needs a line of its own. */
  readonly trailing: boolean;
  /** What separates it from the code before it. */
  readonly gap: string;
}

const HASH: CommentStyle = { open: '# ', close: '', trailing: true, gap: '  ' };
const SLASHES: CommentStyle = { open: '// ', close: '', trailing: true, gap: ' ' };
const MARKUP: CommentStyle = { open: '<!-- ', close: ' -->', trailing: false, gap: ' ' };

const BY_EXTENSION: ReadonlyMap<string, CommentStyle> = new Map([
  ...['py', 'pyi', 'pyw', 'toml', 'yaml', 'yml', 'sh', 'tf', 'txt', 'in'].map(extension => [extension, HASH] as const),
  // What stands behind a value is part of it for some readers of these.
  ...['cfg', 'ini', 'env', 'properties', 'conf', 'mk'].map(extension => [extension, ownLine(HASH)] as const),
  ...['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'].map(extension => [extension, SLASHES] as const),
  ...['md', 'html', 'xml'].map(extension => [extension, MARKUP] as const),
]);
/** Files that are known by their whole name, or by its beginning. */
const OWN_LINE_NAMES =
  /^(?:Dockerfile|Containerfile|Makefile|Procfile|\.env|\.gitignore|\.dockerignore)(?:\.|$)|\.Dockerfile$/;

/** How comments are written in a file, judged by its path; undefined where there are none, as in JSON. */
export function commentStyleOf(path: string): CommentStyle | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (OWN_LINE_NAMES.test(name)) return ownLine(HASH);
  return BY_EXTENSION.get(name.slice(name.lastIndexOf('.') + 1).toLowerCase());
}

/** Prints a suppression as a comment. An empty reason is left out. */
export function printSuppression(
  scope: 'line' | 'file',
  ruleIds: readonly string[],
  reason: string,
  style: CommentStyle,
): string {
  const keyword = scope === 'file' ? 'ignore-file' : 'ignore';
  return `${style.open}readiness: ${keyword}[${ruleIds.join(', ')}]${printReason(reason)}${style.close}`;
}

/** ` -- reason`, or nothing. */
export function printReason(reason: string): string {
  const clean = cleanReason(reason);
  return clean === '' ? '' : ` -- ${clean}`;
}

/** A reason as it can stand in any comment: one line, without anything that ends the comment or begins another. */
export function cleanReason(reason: string): string {
  return reason
    .replace(/\*\/|-->|<!--/g, ' ')
    .replace(/(^|\s)(?:#|\/\/)+(?=\s|$|\p{L}|@)/gu, '$1')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function ownLine(style: CommentStyle): CommentStyle {
  return { ...style, trailing: false };
}
