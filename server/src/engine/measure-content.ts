import type { FileFacts, NotMeasured } from '../core/file-facts.ts';
import type { JsonValue } from '../core/json.ts';
import type { Rule } from '../core/rule.ts';
import type { Settings } from '../core/settings.ts';
import type { Extractor } from './extract.ts';
import { judgeFile, type FileJudgement } from './judge-file.ts';
import type { Measurement } from './scan/measure-file.ts';

/**
 * Extracts the facts of a file, shows them to the file rules, and keeps of the facts what workspace rules need: so a
 * closed file takes little memory, and a warm scan decodes next to nothing.
 */
export async function measureContent(
  path: string,
  bytes: Uint8Array,
  extractor: Extractor,
  rules: readonly Rule[],
  settings: Settings,
): Promise<Measurement | NotMeasured> {
  const facts = await extractor.fromBytes(path, bytes);
  if ('reason' in facts) return facts;
  return { facts: slimFacts(facts), summary: toSummary(judgeFile(facts, rules, settings), facts) };
}

/** Whether workspace rules look into a file. */
export function isModelled(facts: FileFacts): boolean {
  return facts.manifest !== undefined || facts.workflow !== undefined;
}

/** Facts without what only file rules need. */
export function slimFacts(facts: FileFacts): FileFacts {
  const { path, language, kind, comments, syntaxErrors, symbols, manifest, workflow } = facts;
  const slim = { path, language, kind, syntaxErrors, facts: {} };
  if (!isModelled(facts)) return { ...slim, comments: [], symbols: [] };
  return { ...slim, comments, symbols, ...(manifest && { manifest }), ...(workflow && { workflow }) };
}

/** What the cache keeps beside the facts. */
export interface Summary {
  readonly judgement: FileJudgement;
  readonly modelled: boolean;
}

function toSummary(judgement: FileJudgement, facts: FileFacts): JsonValue {
  const summary: Summary = { judgement, modelled: isModelled(facts) };
  // Judgements are plain data by contract; interfaces just have no index signature.
  return summary as unknown as JsonValue;
}

/** A summary that {@link measureContent} made, after its way through a thread or the cache. */
export function fromSummary(summary: JsonValue): Summary {
  // Only summaries of this engine version come out of the cache.
  return summary as unknown as Summary;
}
