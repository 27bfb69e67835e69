import type { DiagnosticRelatedInformation } from './protocol-library.ts';
import type { Finding, RelatedPlace } from '../core/finding.ts';
import type { RelatedRow } from '../protocol/model.ts';
import type { ClientFeatures } from './client-features.ts';
import { toDiagnostic, toRange, type Positions } from './convert.ts';
import type { FileTexts } from './file-texts.ts';
import type { LocatedFinding } from './publish-diagnostics.ts';
import type { RulePages } from './rule-pages.ts';

/** Finds the places of findings in the texts that they were found in. */
export interface Locator {
  /** Converts offsets of a file's text; undefined when it can't be read. */
  positions(path: string): Promise<Positions | undefined>;
  /** @param positions of the text that the findings are in */
  locate(findings: readonly Finding[], positions: Positions): Promise<readonly LocatedFinding[]>;
}

/** What a locator is made from. */
export interface LocatorOptions {
  readonly texts: FileTexts;
  readonly pages: RulePages;
  readonly features: ClientFeatures;
}

/**
 * Opens a locator for results that are published together: it reads each closed file once, and finds each related place
 * once. One edit may block thousands of calls which go on over the same functions; reading their files for each of them
 * took most of the server's time. Not to be kept, for it doesn't notice when a file changes.
 */
export function createLocator({ texts, pages, features }: LocatorOptions): Locator {
  const onDisk = new Map<string, Promise<Positions | undefined>>();
  const places = new Map<RelatedPlace, Promise<RelatedRow | undefined>>();
  const positions: Locator['positions'] = path => {
    if (texts.openVersion(path) !== undefined) return texts.positions(path);
    const found = onDisk.get(path) ?? texts.positionsOnDisk(path);
    onDisk.set(path, found);
    return found;
  };
  const toRow = async ({ path, range, message }: RelatedPlace): Promise<RelatedRow | undefined> => {
    const found = await positions(path);
    return found && { uri: texts.uri(path), path, range: toRange(range, found), message };
  };
  const rowsOf = async ({ related }: Finding): Promise<readonly RelatedRow[]> => {
    const rows: RelatedRow[] = [];
    for (const place of related) {
      const found = places.get(place) ?? toRow(place);
      places.set(place, found);
      const row = await found;
      if (row) rows.push(row);
    }
    return rows;
  };
  const toLocated = async (finding: Finding, own: Positions): Promise<LocatedFinding> => {
    const range = toRange(finding.range, own);
    const related = await rowsOf(finding);
    const diagnostic = toDiagnostic(finding, {
      range,
      page: features.codeDescription ? pages.link(finding.ruleId, features) : undefined,
      related: features.relatedInformation ? related.map(toRelatedInformation) : undefined,
      withData: features.diagnosticData,
      withTags: features.diagnosticTags,
    });
    return { finding, range, related, diagnostic };
  };
  return {
    positions,
    locate: async (findings, own) => {
      const located: LocatedFinding[] = [];
      for (const finding of findings) located.push(await toLocated(finding, own));
      return located;
    },
  };
}

function toRelatedInformation({ uri, range, message }: RelatedRow): DiagnosticRelatedInformation {
  return { location: { uri, range }, message };
}
