/**
 * The part of SARIF 2.1.0 that we write, as the standard defines it, and nothing beyond: an unknown or misplaced
 * property fails. Section numbers are those of the standard.
 */

const TEXT = { type: 'string', minLength: 1 };
const PROPERTY_BAG = {
  type: 'object',
  properties: { tags: { type: 'array', uniqueItems: true, items: { type: 'string' } } },
};
const LEVEL = { enum: ['none', 'note', 'warning', 'error'] };

function exactly(required: Record<string, object>, optional: Record<string, object> = {}): object {
  const properties = { ...required, ...optional };
  return { type: 'object', required: Object.keys(required), properties, additionalProperties: false };
}

function listOf(items: object): object {
  return { type: 'array', items };
}

/** 3.4: a path with a space or a `#` in it must be escaped to be a reference. */
const ARTIFACT_LOCATION = exactly({ uri: { ...TEXT, format: 'uri-reference' } }, { uriBaseId: TEXT });
/** 3.11, 3.12 */
const MESSAGE = exactly({ text: TEXT });
const MULTIFORMAT = exactly({ text: TEXT }, { markdown: TEXT });
/** 3.30: lines and columns count from 1. */
const COUNT = { type: 'integer', minimum: 1 };
const REGION = exactly({ startLine: COUNT, startColumn: COUNT, endLine: COUNT, endColumn: COUNT });
/** 3.28, 3.29 */
const PHYSICAL = exactly({ artifactLocation: ARTIFACT_LOCATION, region: REGION });
const LOCATION = exactly({ physicalLocation: PHYSICAL }, { id: { type: 'integer', minimum: 0 }, message: MESSAGE });
/** 3.35 */
const SUPPRESSION = exactly(
  { kind: { enum: ['inSource', 'external'] } },
  { status: { enum: ['accepted', 'underReview', 'rejected'] }, justification: TEXT, location: LOCATION },
);
/** 3.27 */
const RESULT = exactly(
  {
    ruleId: TEXT,
    ruleIndex: { type: 'integer', minimum: 0 },
    level: LEVEL,
    message: MESSAGE,
    locations: listOf(LOCATION),
  },
  {
    relatedLocations: { ...listOf(LOCATION), uniqueItems: true },
    partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
    suppressions: { ...listOf(SUPPRESSION), uniqueItems: true },
    properties: PROPERTY_BAG,
  },
);
/** 3.49 */
const RULE = exactly(
  { id: TEXT },
  {
    name: TEXT,
    shortDescription: MULTIFORMAT,
    fullDescription: MULTIFORMAT,
    help: MULTIFORMAT,
    defaultConfiguration: exactly({}, { level: LEVEL }),
    properties: PROPERTY_BAG,
  },
);
/** 3.52, 3.58 */
const REFERENCE = exactly({ id: TEXT });
const NOTIFICATION = exactly(
  { message: MESSAGE },
  { level: LEVEL, descriptor: REFERENCE, associatedRule: REFERENCE, locations: listOf(LOCATION) },
);
/** 3.20 */
const INVOCATION = exactly(
  { executionSuccessful: { type: 'boolean' } },
  { toolExecutionNotifications: listOf(NOTIFICATION), toolConfigurationNotifications: listOf(NOTIFICATION) },
);
/** 3.19 */
const DRIVER = exactly(
  { name: TEXT },
  { version: TEXT, semanticVersion: TEXT, rules: { ...listOf(RULE), uniqueItems: true } },
);
/** 3.14 */
const RUN = exactly(
  { tool: exactly({ driver: DRIVER }), results: listOf(RESULT) },
  {
    columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
    // The URI of a folder ends with a slash.
    originalUriBaseIds: {
      type: 'object',
      additionalProperties: exactly({ uri: { type: 'string', format: 'uri', pattern: '/$' } }),
    },
    invocations: listOf(INVOCATION),
  },
);

/** 3.13 */
export const SARIF_LOG = exactly(
  { version: { const: '2.1.0' }, runs: listOf(RUN) },
  { $schema: { type: 'string', format: 'uri' } },
);
