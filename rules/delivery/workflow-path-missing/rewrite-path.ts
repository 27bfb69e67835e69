/**
 * How a path is to be written in place of another one, in its style: relative to the same folder, with `./` in front
 * or `/` behind where those were. Undefined when it would need quotes.
 */
export function rewritePath(written: string, base: string, target: string): string | undefined {
  const relative = relativePath(base, target);
  const lead = written.startsWith('./') && !relative.startsWith('../') ? './' : '';
  const tail = written.endsWith('/') && !relative.endsWith('/') ? '/' : '';
  const rewritten = lead + relative + tail;
  // A wildcard at the start of a plain scalar is YAML's alias; quotes that are there already are kept.
  const isPlain = /^[\w.][\w./+*?![\]-]*$/.test(rewritten);
  return isPlain ? rewritten : undefined;
}

function relativePath(base: string, target: string): string {
  const from = base === '' ? [] : base.split('/');
  const to = target.split('/');
  const different = from.findIndex((segment, index) => segment !== to[index]);
  const common = different === -1 ? from.length : different;
  const path = [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
  return path === '' ? '.' : path;
}
