import { defineRule, wrapInPlace, wrapInWith, type FactMap } from '#rule-kit';

type Resource = FactMap['resource'];

export default defineRule({
  meta: {
    id: 'resource-not-closed',
    title: 'Resource that is not closed on all paths',
    aspect: 'reliability',
    priority: 'high',
    confidence: 'high',
    languages: ['Python'],
    fix: 'safe',
    since: '0.1.0',
    requiredFor: 'standard',
  },

  on: {
    resource(resource, { report }) {
      const { fate, variable, wrap, calleeRange } = resource;
      if (fate !== 'leaked' && fate !== 'closedWithoutError') return;

      // CPython frees what is used in place at once, and what was closed but for an error soon after.
      const isHeld = fate === 'leaked' && variable !== undefined;
      report({
        range: calleeRange,
        message: messageFor(resource),
        ...(isHeld ? {} : { priority: 'medium' }),
        ...(wrap ? { fix: wrap.grade } : {}),
      });
    },
  },

  fix({ path, range }, context) {
    const resource = context
      .facts(path)
      ?.facts.resource?.find(({ calleeRange }) => calleeRange.start === range.start && calleeRange.end === range.end);
    if (!resource?.wrap) return [];

    const { wrap, variable } = resource;
    const source = context.python(path);
    const edits = (variable === undefined ? wrapInPlace : wrapInWith)(source, resource.range, wrap);
    const title =
      wrap.form === 'closing' ? 'Close it with `contextlib.closing`' : `Open it in \`${keywordOf(resource)}\``;
    return edits ? [{ title, applicability: wrap.grade, edits: [{ path, edits }] }] : [];
  },
});

function keywordOf({ context }: Resource): string {
  return context === 'asyncWith' ? 'async with' : 'with';
}

function messageFor(resource: Resource): string {
  const { fate, variable, what, closeMethod, entered, opener, context } = resource;
  const name = opener.replace('builtins.', '');
  const remedy = context === 'none' ? 'Wrap it in `contextlib.closing`.' : `Open it in \`${keywordOf(resource)}\`.`;
  if (entered) {
    return `\`with\` ends the transaction of \`${name}\` and leaves the ${what} open, so each call costs one more. ${remedy}`;
  }
  if (variable === undefined) {
    return `Nothing closes the ${what} that \`${name}\` opens here: it stays open until the interpreter happens to free it. ${remedy}`;
  }
  const close = `\`${variable}.${closeMethod}()\``;
  return fate === 'leaked'
    ? `\`${variable}\` is never closed, so the ${what} stays open until the interpreter happens to free it. ${remedy}`
    : `An error before ${close} leaves the ${what} open. ${remedy}`;
}
