import { defineRule, readFromEnvironment, type FactMap } from '#rule-kit';

export default defineRule({
  meta: {
    id: 'hardcoded-secret',
    title: 'Secret in the source',
    aspect: 'security',
    priority: 'critical',
    confidence: 'high',
    languages: ['Python'],
    fix: 'suggested',
    since: '0.1.0',
    requiredFor: 'experimental',
    conceals: 'place',
  },

  on: {
    secret(secret, { path, report }) {
      if (isDefault(secret) || isDevelopmentKey(secret, path)) return;
      const variable = secret.replaceableAs && secret.environmentName;

      report({
        range: secret.range,
        message: messageFor(secret),
        ...(secret.certainty === 'entropy' && { confidence: 'medium' }),
        ...(variable !== undefined && { data: { variable }, fix: 'suggested' }),
      });
    },
  },

  fix({ path, range, data }, context) {
    const variable = readVariable(data);
    const edits = variable === undefined ? undefined : readFromEnvironment(context.python(path), range, variable);
    if (variable === undefined || !edits) return [];
    const title = `Read it from the environment variable ${variable}`;
    return [{ title, applicability: 'suggested', edits: [{ path, edits }] }];
  },
});

type Secret = FactMap['secret'];

function messageFor({ certainty, description }: Secret): string {
  const what =
    certainty === 'format'
      ? `This literal holds ${/^[AEIOU]/i.test(description) ? 'an' : 'a'} ${description}`
      : `The ${description.replace(/^value of (.*)$/, 'value of `$1`')} looks like a real secret`;
  return (
    `${what}, and everyone who can read the repository or its history can use it. ` +
    'Rotate it, because the history keeps it, and read the new one from the environment.'
  );
}

/**
 * What a setting falls back to is another mistake: it works until somebody forgets the variable. The key of a provider
 * opens something wherever it stands.
 */
function isDefault({ role, certainty, description }: Secret): boolean {
  return role === 'fallback' && (certainty !== 'format' || / in an? /.test(description));
}

/** The key of Django's settings for one's own machine; those of production are a module of their own. */
function isDevelopmentKey({ certainty, environmentName }: Secret, path: string): boolean {
  if (certainty === 'format' || environmentName !== 'SECRET_KEY') return false;
  return /(?:^|[/_.-])(?:dev|develop|development|local|test|tests|testing|ci)(?:[/_.-]|$)/i.test(path);
}

function readVariable(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('variable' in data)) return undefined;
  return typeof data.variable === 'string' ? data.variable : undefined;
}
