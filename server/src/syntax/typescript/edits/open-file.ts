import type { ts } from 'ts-morph';
import type { TextRange } from '../../../core/text.ts';
import { findComments } from '../comments.ts';
import { parseTypeScript } from '../parse.ts';
import { createResolver, type Resolver } from '../resolve.ts';
import { type Walk, walkTypeScript } from '../walk.ts';
import type { CommentFact } from '../../../core/python-facts.ts';

/** A file that a fix works on. */
export interface OpenFile {
  readonly source: ts.SourceFile;
  readonly walk: Walk;
  readonly resolver: Resolver;
  readonly comments: readonly CommentFact[];
}

/** Parses the text of a fix; undefined when the compiler gives up on it. */
export function openFile(path: string, text: string): OpenFile | undefined {
  try {
    const source = parseTypeScript(path, text);
    const walk = walkTypeScript(source);
    return { source, walk, resolver: createResolver(walk), comments: findComments(walk) };
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** Call or construction that spans a range exactly. */
export function callAt(
  { walk, source }: OpenFile,
  { start, end }: TextRange,
): ts.CallExpression | ts.NewExpression | undefined {
  return walk.calls.find(call => call.end === end && call.getStart(source) === start);
}
