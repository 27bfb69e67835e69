import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RuleMeta } from '../core/rule.ts';
import { toJson } from './json-report.ts';
import type { Place, ReportedAcceptance, ReportedFinding, Review } from './review.ts';
import { SARIF_LEVELS } from './sarif-levels.ts';
import { toSarifRules } from './sarif-rules.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** Name that stands for the folder which all paths are relative to. */
const BASE_ID = '%SRCROOT%';

export interface SarifOptions {
  readonly version: string;
  /** Every rule of the product, in the order of the catalogue. */
  readonly rules: readonly RuleMeta[];
  /** Text of the page of a rule, as Markdown. */
  readonly pageOf: (ruleId: string) => string | undefined;
  /** Absolute path of the folder that artifact URIs are relative to. */
  readonly base: string;
}

/** The review as a SARIF 2.1.0 log with a line end; accepted findings are results with a suppression. */
export function sarifReport(review: Review, options: SarifOptions): string {
  const { version, rules, pageOf, base } = options;
  const active = review.findings.map(reported => toResult(reported, [], options));
  const accepted = review.accepted.map(({ reported, ...by }) => toResult(reported, [toSuppression(by, base)], options));
  return toJson({
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Readiness', version, semanticVersion: version, rules: toSarifRules(rules, pageOf) },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [BASE_ID]: { uri: folderUri(base) } },
        invocations: [toInvocation(review, base)],
        results: [...active, ...accepted],
      },
    ],
  });
}

function toResult(reported: ReportedFinding, suppressions: readonly object[], options: SarifOptions): object {
  const { finding, aspect, related } = reported;
  const { ruleId, priority, confidence, message, fix, fingerprint } = finding;
  return {
    ruleId,
    ruleIndex: options.rules.findIndex(({ id }) => id === ruleId),
    level: SARIF_LEVELS[priority],
    message: { text: message },
    locations: [{ physicalLocation: toPhysicalLocation(reported, options.base) }],
    ...(related.length > 0 && {
      relatedLocations: related.map((place, index) => ({
        id: index + 1,
        physicalLocation: toPhysicalLocation(place, options.base),
        message: { text: place.message },
      })),
    }),
    partialFingerprints: { 'readiness/v1': fingerprint },
    suppressions,
    properties: { aspect, priority, confidence, ...(fix !== undefined && { fix }) },
  };
}

function toSuppression({ reason, by }: Omit<ReportedAcceptance, 'reported'>, base: string): object {
  const acceptance = { status: 'accepted', ...(reason !== undefined && { justification: reason }) };
  if (by === 'baseline') return { kind: 'external', ...acceptance };
  return { kind: 'inSource', ...acceptance, location: { physicalLocation: toPhysicalLocation(by, base) } };
}

function toPhysicalLocation(place: Place, base: string): object {
  return {
    artifactLocation: toArtifactLocation(place.absolute, base),
    region: {
      startLine: place.start.line + 1,
      startColumn: place.start.character + 1,
      endLine: place.end.line + 1,
      endColumn: place.end.character + 1,
    },
  };
}

function toArtifactLocation(absolute: string, base: string): object {
  const path = relative(base, absolute);
  // A relative URI must not climb out of its base.
  if (isAbsolute(path) || path.split(sep)[0] === '..') return { uri: pathToFileURL(absolute).href };
  return { uri: path.split(sep).map(encodeURIComponent).join('/'), uriBaseId: BASE_ID };
}

function folderUri(folder: string): string {
  const { href } = pathToFileURL(folder);
  return href.endsWith('/') ? href : `${href}/`;
}

function toInvocation({ notMeasured, failures, problems }: Review, base: string): object {
  const skipped = notMeasured.map(({ path, reason }) => ({
    level: 'warning',
    message: { text: `${path} was not analysed: ${reason}` },
    descriptor: { id: 'not-measured' },
  }));
  const failed = failures.map(({ ruleId, path, message }) => ({
    level: 'error',
    message: { text: `The rule ${ruleId} failed${path === '' ? '' : ` in ${path}`}: ${message}` },
    descriptor: { id: 'rule-failed' },
    associatedRule: { id: ruleId },
  }));
  const misconfigured = problems.map(({ fatal, message, ...place }) => ({
    level: fatal ? 'error' : 'warning',
    message: { text: message },
    descriptor: { id: 'configuration' },
    locations: [{ physicalLocation: toPhysicalLocation(place, base) }],
  }));
  return {
    executionSuccessful: failures.length === 0 && !problems.some(({ fatal }) => fatal),
    toolExecutionNotifications: [...skipped, ...failed],
    toolConfigurationNotifications: misconfigured,
  };
}
