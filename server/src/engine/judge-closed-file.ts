import type { FileFacts } from '../core/file-facts.ts';
import type { Rule } from '../core/rule.ts';
import type { Settings } from '../core/settings.ts';
import { judgeFile, type FileJudgement } from './judge-file.ts';

/**
 * Judges a file that no editor holds. Its facts are made in one go, so that all that they have asked is known: what other
 * files say of anything else does not change the judgement.
 */
export function judgeClosedFile(facts: FileFacts, rules: readonly Rule[], settings: Settings): FileJudgement {
  return { ...judgeFile(facts, rules, settings), ...(facts.asked && { asked: facts.asked }) };
}
