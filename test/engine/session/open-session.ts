import { join } from 'node:path';
import { afterAll, expect, onTestFinished } from 'vitest';
import { RULES } from '../../../rules/catalogue.ts';
import type { Rule } from '../../../server/src/core/rule.ts';
import type { Session } from '../../../server/src/engine/session.ts';
import { createSession } from '../../../server/src/engine/workspace-session.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';

/** What all sessions of a test file share. */
export const extractor = createTestExtractor();
const logged: string[] = [];

afterAll(() => {
  expect(logged).toEqual([]);
});

/**
 * A session over a folder, not scanned yet, which ends with the test. Errors that it logs fail the test file.
 * @param cacheFolder `null`: nothing is kept
 */
export async function openSession(
  root: string,
  cacheFolder: string | null = null,
  rules: readonly Rule[] = RULES,
): Promise<Session> {
  const session = await createSession({
    root,
    rules,
    logger: { info: () => undefined, error: message => logged.push(message) },
    assetFolder: join(import.meta.dirname, '../../../dist'),
    version: 'test',
    formerIds: new Map(),
    extractor,
    cacheFolder,
    jobs: 1,
  });
  onTestFinished(() => {
    session.dispose();
  });
  return session;
}
