import type { FileFacts, NotMeasured } from '../core/file-facts.ts';
import type { JsonValue } from '../core/json.ts';
import type { PythonOutline } from '../core/python-outline.ts';
import type { Rule } from '../core/rule.ts';
import type { Settings } from '../core/settings.ts';
import { packOutline } from '../facts/workspace/outline/pack-outline.ts';
import type { Extractor } from './extract.ts';
import { judgeClosedFile } from './judge-closed-file.ts';
import type { FileJudgement } from './judge-file.ts';
import type { Measurement } from './scan/measure-file.ts';

/**
 * Extracts the facts of a file, shows them to the file rules, and keeps what other files and workspace rules need: so a
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
  const outline = outlineOf(facts);
  const body = {
    facts: isModelled(facts) ? slimFacts(facts) : undefined,
    outline: outline && packOutline(outline),
  };
  const hasBody = body.facts !== undefined || body.outline !== undefined;
  return { body, summary: toSummary({ judgement: judgeClosedFile(facts, rules, settings), hasBody }) };
}

/** Whether workspace rules look into a file. */
export function isModelled(facts: FileFacts): boolean {
  return facts.manifest !== undefined || facts.workflow !== undefined;
}

/** Facts without what only file rules need. */
export function slimFacts(facts: FileFacts): FileFacts {
  const { path, language, kind, comments, syntaxErrors, symbols, manifest, workflow } = facts;
  const slim = { path, language, kind, comments, syntaxErrors, facts: {}, symbols };
  return { ...slim, ...(manifest && { manifest }), ...(workflow && { workflow }) };
}

/** What other files may need of a Python file. What tests override and hand around says nothing of the service. */
export function outlineOf(facts: FileFacts): PythonOutline | undefined {
  return hasOutline(facts) ? facts.outline : undefined;
}

/** Whether {@link outlineOf} finds something; known without working it out. */
export function hasOutline({ kind, language }: FileFacts): boolean {
  return language === 'python' && kind !== 'test' && kind !== 'example';
}

/** What the cache keeps beside the body. */
export interface Summary {
  /** Of the file alone. */
  readonly judgement: FileJudgement;
  /** Whether there is anything in the body. */
  readonly hasBody: boolean;
  /** The judgement in the light of other files. */
  readonly linked?: LinkedJudgement;
}

/** A judgement that holds while what other files say of a file's names is the same. */
export interface LinkedJudgement {
  /** Names what they say. */
  readonly key: string;
  readonly judgement: FileJudgement;
}

/** A summary as the cache takes it. */
export function toSummary(summary: Summary): JsonValue {
  // Judgements are plain data by contract; interfaces just have no index signature.
  return summary as unknown as JsonValue;
}

/** A summary that {@link measureContent} made, after its way through a thread or the cache. */
export function fromSummary(summary: JsonValue): Summary {
  // Only summaries of this engine version come out of the cache.
  return summary as unknown as Summary;
}
