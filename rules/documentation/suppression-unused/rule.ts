import { defineRule, type Finding, type Fix } from '#rule-kit';

export default defineRule({
  meta: {
    id: 'suppression-unused',
    title: 'Suppression that suppresses nothing',
    aspect: 'documentation',
    priority: 'low',
    confidence: 'high',
    languages: ['any file'],
    fix: 'safe',
    since: '0.1.0',
    requiredFor: 'critical',
    fileKinds: ['source', 'test', 'example', 'migration'],
  },

  // Only the engine knows what a comment has suppressed, so it makes the findings of this rule, and prepares the fixes.
  on: {},

  fix({ path, data }, context) {
    const { text } = context.source(path);
    return preparedFixes(data)
      .filter(({ start, replaced }) => text.startsWith(replaced, start))
      .map(({ title, applicability, start, replaced, newText }) => {
        const range = { start, end: start + replaced.length };
        return { title, applicability, edits: [{ path, edits: [{ range, newText }] }] };
      });
  },
});

interface PreparedFix {
  readonly title: string;
  readonly applicability: Fix['applicability'];
  readonly start: number;
  readonly replaced: string;
  readonly newText: string;
}

function preparedFixes(data: Finding['data']): readonly PreparedFix[] {
  // Findings of this rule come from the engine alone, which puts exactly this into their data.
  const { fixes = [] } = (data ?? {}) as { readonly fixes?: readonly PreparedFix[] };
  return fixes;
}
