import type { FileFacts, SymbolSpan } from '../../core/file-facts.ts';
import type { FileKind } from '../../core/file-kind.ts';
import type { FrontEnd } from '../../core/front-end.ts';
import type { ManifestFacts } from '../../core/facts/manifest.ts';
import { HASH_SEED, hashSpan } from '../../core/hash.ts';
import type { CommentFact } from '../../core/python-facts.ts';
import type { TextRange } from '../../core/text.ts';
import { parseIni } from './ini.ts';
import { readPackageJson } from './package-json.ts';
import { textFormatOf, type TextFormat } from './paths.ts';
import { readPyproject } from './pyproject.ts';
import { requirementLines } from './requirement-lines.ts';
import { readRequirements } from './requirements-file.ts';
import { readSetupCfg } from './setup-cfg.ts';

interface Reading {
  readonly manifest: ManifestFacts;
  readonly comments: readonly CommentFact[];
}

/** Reads the files that declare dependencies: `pyproject.toml`, requirements and constraints, `setup.cfg`, `package.json`. */
export const manifestFrontEnd: FrontEnd = {
  language: 'manifest',
  accepts: path => textFormatOf(path) !== undefined,
  extract: (path, text, kind) => {
    const format = textFormatOf(path);
    return format ? toFacts(path, text, kind, read(format, path, text)) : emptyFacts(path, kind);
  },
};

function read(format: TextFormat, path: string, text: string): Reading {
  switch (format) {
    case 'pyproject': {
      const { manifest, comments } = readPyproject(path, text);
      return { manifest, comments: comments.map(comment => toComment(text, comment.range)) };
    }
    case 'setup.cfg': {
      const document = parseIni(text);
      const comments = document.comments.map(({ start, text: { length } }) =>
        toComment(text, { start, end: start + length }),
      );
      return { manifest: readSetupCfg(path, document), comments };
    }
    case 'package.json':
      return { manifest: readPackageJson(text), comments: [] };
    case 'requirements':
    case 'constraints':
      return readLines(format, path, text);
  }
}

function readLines(format: 'requirements' | 'constraints', path: string, text: string): Reading {
  const lines = requirementLines(text);
  const comments = lines.flatMap(({ comment }) =>
    comment ? [toComment(text, { start: comment.start, end: comment.start + comment.text.length })] : [],
  );
  return { manifest: readRequirements(format, path, lines), comments };
}

function toComment(text: string, range: TextRange): CommentFact {
  const lineStart = Math.max(text.lastIndexOf('\n', range.start - 1), text.lastIndexOf('\r', range.start - 1)) + 1;
  const before = text.slice(lineStart, range.start).replace('\uFEFF', '');
  return { range, text: text.slice(range.start, range.end), ownLine: before.trim() === '' };
}

function toFacts(path: string, text: string, kind: FileKind, { manifest, comments }: Reading): FileFacts {
  return {
    ...emptyFacts(path, kind),
    comments,
    syntaxErrors: manifest.errors.map(error => error.range),
    symbols: symbolsOf(text, manifest),
    manifest,
  };
}

function emptyFacts(path: string, kind: FileKind): FileFacts {
  return { path, language: 'manifest', kind, comments: [], syntaxErrors: [], facts: {}, symbols: [] };
}

/** Each declaration names itself; white space and quotes around it don't matter. */
function symbolsOf(text: string, manifest: ManifestFacts): readonly SymbolSpan[] {
  const symbols = new Map<number, SymbolSpan>();
  for (const { range } of manifest.dependencies) {
    const code = text.slice(range.start, range.end).replace(/\s+/g, '');
    symbols.set(range.start, { range, codeHash: hashSpan(HASH_SEED, code) });
  }
  return [...symbols.values()];
}
