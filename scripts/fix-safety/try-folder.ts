import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMER_RULE_IDS } from '../../rules/former-ids.ts';
import { NEVER_CANCELLED } from '../../server/src/core/cancellation.ts';
import type { FileKind } from '../../server/src/core/file-kind.ts';
import { mayBeFixed } from '../../server/src/core/finding.ts';
import type { Rule } from '../../server/src/core/rule.ts';
import { openExtractor } from '../../server/src/engine/open-extractor.ts';
import { createSession } from '../../server/src/engine/workspace-session.ts';
import { decodeText } from '../../server/src/workspace/decode.ts';
import type { SafetyReport, Trial } from './model.ts';
import { startPythonInspector } from './python-inspector.ts';
import { tryFile, type Bench } from './try-file.ts';

const ALL_KINDS: readonly FileKind[] = ['source', 'test', 'example', 'migration', 'generated', 'vendored'];

/** What to try, and with what. */
export interface FolderRequest {
  readonly folder: string;
  readonly rules: readonly Rule[];
  /** Folder of the worker's bundle and the parsers. */
  readonly assetFolder: string;
  readonly allFiles: boolean;
  readonly ruleId: string | undefined;
  readonly onFile?: (path: string, trials: readonly Trial[]) => void;
}

/** Tries every fix in a folder and writes nothing. @throws Error when the parsers can't be loaded. */
export async function tryFolder(request: FolderRequest): Promise<SafetyReport> {
  const { folder, assetFolder, allFiles, ruleId } = request;
  const extractor = openExtractor(assetFolder);
  const python = await startPythonInspector();
  const skipped = python ? [] : ['There is no python3: the fixed files were parsed, and not compiled.'];
  const session = await createSession({
    root: folder,
    rules: allFiles ? request.rules.map(lookAtEverything) : request.rules,
    logger: { info: () => undefined, error: message => skipped.push(message) },
    assetFolder,
    version: 'fix-safety',
    formerIds: FORMER_RULE_IDS,
    extractor,
    cacheFolder: null,
  });
  const bench: Bench = {
    session,
    judges: { extractor: await extractor, python },
    textOf: path => readText(folder, path),
  };
  try {
    await session.scan(NEVER_CANCELLED);
    const places = new Map<string, number>();
    const trials: Trial[] = [];
    // The workers of the scan know the rules as they are; what else is looked at shows when a file is opened.
    const wanted = session.analyses().filter(({ findings }) => allFiles || findings.some(mayBeFixed));
    const paths = wanted.map(({ path }) => path).sort();
    for (const path of paths) {
      const tried = await tryFile(bench, path, ruleId);
      for (const finding of tried.findings) places.set(finding.ruleId, (places.get(finding.ruleId) ?? 0) + 1);
      trials.push(...tried.trials);
      request.onFile?.(path, tried.trials);
    }
    return { folder, files: paths.length, places, trials, skipped };
  } finally {
    session.dispose();
    python?.close();
  }
}

function lookAtEverything(rule: Rule): Rule {
  return { ...rule, meta: { ...rule.meta, fileKinds: ALL_KINDS } };
}

function readText(folder: string, path: string): string | undefined {
  const file = join(folder, path);
  if (!existsSync(file)) return undefined;
  const decoded = decodeText(path, readFileSync(file));
  return decoded.kind === 'text' ? decoded.text : undefined;
}
