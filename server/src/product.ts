import { join } from 'node:path';
import { version } from '../../package.json';
import { RULES } from '../../rules/catalogue.ts';
import { FORMER_RULE_IDS } from '../../rules/former-ids.ts';
import type { RuleNames } from './engine/rule-names.ts';
import { analysisVersion } from './engine/scan/analysis-version.ts';
import type { Session } from './engine/session.ts';
import type { Logger } from './engine/session/failure-log.ts';
import type { SessionOptions } from './engine/session/session-options.ts';
import { openExtractor } from './engine/open-extractor.ts';
import { createSession } from './engine/workspace-session.ts';

/** The bundles and the parsers lie here; the rules' pages beside it. */
const ASSETS = import.meta.dirname;

/** Version of the product. */
export const VERSION = version;

/** Holds the pages of the rules as `<aspect>/<rule>/README.md`. */
export const PAGES_FOLDER = join(ASSETS, '../rules');

/** The rules that there are, and ids of former ones. */
export const RULE_NAMES: RuleNames = { rules: RULES.map(rule => rule.meta), former: FORMER_RULE_IDS };

/**
 * Loads the parsers once for all the sessions of a process.
 * @throws Error when a file of the product is missing.
 */
export function loadParsers(): ReturnType<typeof openExtractor> {
  return openExtractor(ASSETS);
}

/**
 * Opens a workspace root with the rules of this product, the same way for the editor and the command line.
 * @throws Error as `createSession` does.
 */
export function openSession(
  root: string,
  logger: Logger,
  options: Pick<SessionOptions, 'cacheFolder' | 'jobs' | 'useBaseline' | 'configurationFile' | 'extractor'> = {},
): Promise<Session> {
  return createSession({
    root,
    logger,
    rules: RULES,
    formerIds: FORMER_RULE_IDS,
    version: analysisVersion(ASSETS, VERSION),
    assetFolder: ASSETS,
    ...options,
  });
}
