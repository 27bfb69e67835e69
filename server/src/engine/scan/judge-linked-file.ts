import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '../../core/rule.ts';
import type { Settings } from '../../core/settings.ts';
import { viewThrough, type LinkedNames } from '../../facts/workspace/linked-names.ts';
import { decodeText } from '../../workspace/decode.ts';
import type { Extractor } from '../extract.ts';
import { judgeClosedFile } from '../judge-closed-file.ts';
import type { FileJudgement } from '../judge-file.ts';
import { isFileSystemError } from './cache-index.ts';

/** The names that a worker is told of a file: those that survive the way to its thread. */
export type PlainNames = Pick<LinkedNames, 'names'>;

/** The judgement of a file in the light of other files; without one when the file can't be read any more. */
export interface LinkedResult {
  readonly kind: 'linked';
  readonly path: string;
  readonly judgement: FileJudgement | undefined;
}

/** What judging takes besides a file and its names. */
export interface LinkedJudging {
  /** Absolute path of the workspace root. */
  readonly root: string;
  readonly extractor: Extractor;
  readonly rules: readonly Rule[];
  readonly settings: Settings;
}

/** Judges a Python file on disk, with the names known that other files explain. */
export function judgeLinkedFile(
  path: string,
  { names }: PlainNames,
  { root, extractor, rules, settings }: LinkedJudging,
): LinkedResult {
  const text = readText(path, join(root, path));
  if (text === undefined) return { kind: 'linked', path, judgement: undefined };
  const view = viewThrough({ names, clients: undefined });
  const facts = extractor.fromPython(extractor.parser.parse(path, text), view);
  return { kind: 'linked', path, judgement: judgeClosedFile(facts, rules, settings) };
}

function readText(path: string, file: string): string | undefined {
  try {
    const decoded = decodeText(path, readFileSync(file));
    return decoded.kind === 'text' ? decoded.text : undefined;
  } catch (error) {
    if (isFileSystemError(error)) return undefined;
    throw error;
  }
}
