import type { Finding } from '../../core/finding.ts';
import type { JsonValue } from '../../core/json.ts';
import type { FileJudgement } from '../judge-file.ts';
import type { WorkspaceRun } from '../outcomes.ts';
import type { WorkspaceJudgement } from '../run-workspace-rules.ts';
import type { FileRecord } from './file-records.ts';
import type { LinkedJudgements } from './measuring.ts';

/** What linking all files of a root comes to, in a form that the cache takes. */
interface LinkedState {
  /** Files that other files say something of, each with the name of what they say. */
  readonly links: readonly (readonly [path: string, key: string])[];
  readonly findings: readonly (readonly [path: string, findings: readonly Finding[]])[];
  readonly runs: readonly (readonly [ruleId: string, run: WorkspaceRun])[];
}

/** Judgements of closed files in the light of other files. */
interface KnownJudgements extends Pick<LinkedJudgements, 'get'> {
  /** Open documents are judged when they are asked about. */
  readonly isOpen: (path: string) => boolean;
}

/** The same, as a session takes it. */
export interface RestoredLinks {
  readonly judgements: readonly { readonly key: string; readonly judgement: FileJudgement }[];
  /** What the rules say that look at Python alone. */
  readonly ofPython: WorkspaceJudgement;
}

/**
 * What is to be kept after all files were linked; undefined when a judgement is missing that it would need, or a rule
 * has failed: then the next scan links the files again.
 */
export function linkedState(
  records: Iterable<readonly [path: string, record: FileRecord]>,
  known: KnownJudgements,
  ofPython: WorkspaceJudgement,
): JsonValue | undefined {
  const links: (readonly [string, string])[] = [];
  for (const [path, { linkKey }] of records) {
    if (linkKey === undefined) continue;
    if (!known.isOpen(path) && known.get(path)?.key !== linkKey) return undefined;
    links.push([path, linkKey]);
  }
  if (ofPython.failures.length > 0) return undefined;
  const state: LinkedState = { links, findings: [...ofPython.findings], runs: [...ofPython.runs] };
  // Findings and runs are plain data by contract; interfaces just have no index signature.
  return state as unknown as JsonValue;
}

/** What {@link linkedState} has kept; undefined when the cache lacks a judgement by now. */
export function restoreLinks(kept: JsonValue | undefined, known: KnownJudgements): RestoredLinks | undefined {
  if (kept === undefined) return undefined;
  // Only what `linkedState` of this engine version has made comes out of the cache.
  const { links, findings, runs } = kept as unknown as LinkedState;
  const closed = links.filter(([path]) => !known.isOpen(path));
  const judgements = closed.flatMap(([path, key]) => {
    const found = known.get(path);
    return found?.key === key ? [found] : [];
  });
  if (judgements.length < closed.length) return undefined;
  return { judgements, ofPython: { findings: new Map(findings), runs: new Map(runs), failures: [] } };
}
