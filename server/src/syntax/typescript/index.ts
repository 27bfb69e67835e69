import type { FileFacts } from '../../core/file-facts.ts';
import type { FileKind } from '../../core/file-kind.ts';
import type { FrontEnd } from '../../core/front-end.ts';
import { containsRange, type TextRange } from '../../core/text.ts';
import { extractExceptionHandlers } from '../../facts/typescript/exception-handlers.ts';
import { extractHttpCalls } from '../../facts/typescript/http-calls.ts';
import { findComments } from './comments.ts';
import { isTypeScriptPath, parseTypeScript, syntaxErrorsOf } from './parse.ts';
import { createResolver } from './resolve.ts';
import { walkTypeScript } from './walk.ts';

export { typescriptEdits } from './edits/index.ts';

/** Reads TypeScript and JavaScript. The one module that other bundles load, when they meet the first such file. */
export const typescriptFrontEnd: FrontEnd = {
  language: 'typescript',
  accepts: isTypeScriptPath,
  extract(path, text, kind) {
    try {
      return extractFacts(path, text, kind);
    } catch (error) {
      // The compiler gives up on some broken code, and overflows the stack on code that nests without end.
      return unreadable(path, text, kind, error);
    }
  },
};

function extractFacts(path: string, text: string, kind: FileKind): FileFacts {
  const source = parseTypeScript(path, text);
  const walk = walkTypeScript(source);
  const comments = findComments(walk);
  const syntaxErrors = syntaxErrorsOf(source);
  // What holds a syntax error may be something else once it is mended.
  const isSound = ({ range }: { readonly range: TextRange }): boolean =>
    !syntaxErrors.some(error => containsRange(range, error));

  const file = { path, walk, comments, resolver: createResolver(walk) };
  const httpCall = extractHttpCalls(file).filter(isSound);
  const exceptionHandler = extractExceptionHandlers(file).filter(isSound);
  return {
    path,
    language: 'typescript',
    kind,
    comments,
    syntaxErrors,
    facts: {
      ...(httpCall.length > 0 && { httpCall }),
      ...(exceptionHandler.length > 0 && { exceptionHandler }),
    },
    symbols: walk.symbols,
    literals: walk.opaque.map(node => ({ start: node.getStart(source), end: node.end })),
  };
}

function unreadable(path: string, text: string, kind: FileKind, error: unknown): FileFacts {
  if (!(error instanceof Error)) throw error;
  return {
    path,
    language: 'typescript',
    kind,
    comments: [],
    syntaxErrors: [{ start: 0, end: text.length }],
    facts: {},
    symbols: [],
  };
}
