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
      const { fate, variable, wrap, calleeRange, ofModule } = resource;
      if (fate !== 'leaked' && fate !== 'closedWithoutError') return;

      // CPython frees what is used in place at once, and what was closed but for an error soon after.
      const isHeld = fate === 'leaked' && variable !== undefined && ofModule !== true;
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

function remedyFor(resource: Resource): string {
  switch (resource.context) {
    case 'none':
      return 'Wrap it in `contextlib.closing`.';
    case 'finally':
      return `Call \`${resource.closeMethod}\` in \`finally\`.`;
    case 'with':
    case 'asyncWith':
      return `Open it in \`${keywordOf(resource)}\`.`;
  }
}

function messageFor(resource: Resource): string {
  const { fate, variable, what, closeMethod, entered, opener } = resource;
  const name = opener.replace('builtins.', '');
  const remedy = remedyFor(resource);
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
