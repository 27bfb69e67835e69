import { parseDocument, type Document } from 'yaml';
import type { FileFacts } from '../../core/file-facts.ts';
import type { FileKind } from '../../core/file-kind.ts';
import type { FrontEnd } from '../../core/front-end.ts';
import type { WorkflowFacts, WorkflowPathFact } from '../../core/facts/workflow.ts';
import type { CommentFact } from '../../core/python-facts.ts';
import type { TextRange } from '../../core/text.ts';
import { isWorkflow, isWorkflowFile } from './paths.ts';
import type { StepsReading } from './step-reader.ts';
import { readCompositeAction, readWorkflow } from './workflow-reader.ts';
import { findWorkflowSymbols } from './workflow-symbols.ts';
import { findYamlComments } from './yaml-comments.ts';
import { createYamlReader } from './yaml-nodes.ts';

/** Units above which a file is not read: parsing takes a second per 200 KB, and no forge runs such a workflow. */
const MAX_LENGTH = 256 * 1024;

/** Reads GitHub workflows and composite actions. */
export const workflowFrontEnd: FrontEnd = {
  language: 'workflow',
  accepts: isWorkflowFile,
  extract: extractWorkflow,
};

function extractWorkflow(path: string, text: string, kind: FileKind): FileFacts {
  const parsed = text.length > MAX_LENGTH ? tooLarge() : parse(text);
  const reading = parsed.document === undefined ? NOTHING : read(path, text, parsed.document);
  const firstError = Math.min(...parsed.errors.map(error => error.range.start));
  return {
    ...{ path, language: 'workflow', kind, facts: {} },
    comments: parsed.document === undefined ? [] : comments(text, reading.comments),
    syntaxErrors: parsed.errors.map(error => error.range),
    symbols: parsed.document === undefined ? [] : findWorkflowSymbols(parsed.document, text),
    workflow: {
      // Behind a syntax error nothing is certain: the parser may have put a step into another job.
      paths: distinct(reading.paths).filter(fact => fact.range.end <= firstError),
      errors: parsed.errors,
    },
  };
}

const NOTHING: StepsReading = { paths: [], comments: [] };

interface Parsed {
  readonly document: Document | undefined;
  readonly errors: WorkflowFacts['errors'];
}

function tooLarge(): Parsed {
  return {
    document: undefined,
    errors: [{ range: { start: 0, end: 0 }, message: 'The file is too large to be a workflow.' }],
  };
}

function parse(text: string): Parsed {
  try {
    const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent', keepSourceTokens: false });
    const errors = document.errors.map(error => ({ range: toRange(error.pos, text), message: error.message }));
    return { document, errors };
  } catch (cause) {
    // Thousands of nested brackets exhaust the parser's stack.
    const reason = cause instanceof Error ? cause.message : String(cause);
    return {
      document: undefined,
      errors: [{ range: { start: 0, end: 0 }, message: `The file can't be read: ${reason}` }],
    };
  }
}

function toRange([start, end]: readonly [number, number], text: string): TextRange {
  const from = Math.min(start, text.length);
  return { start: from, end: Math.max(from, Math.min(end, text.length)) };
}

function read(path: string, text: string, document: Document): StepsReading {
  const reader = createYamlReader(document, text);
  if (isWorkflow(path)) return readWorkflow(reader, document.contents);
  return readCompositeAction(reader, document.contents, path.replace(/\/?action\.ya?ml$/, ''));
}

/** Anchors, and defaults that several jobs share, lead to one place more than once. */
function distinct(paths: readonly WorkflowPathFact[]): WorkflowPathFact[] {
  const byPlace = new Map(paths.map(fact => [`${fact.range.start} ${fact.range.end} ${fact.path}`, fact] as const));
  return [...byPlace.values()].sort((a, b) => a.range.start - b.range.start);
}

function comments(text: string, inScripts: readonly TextRange[]): CommentFact[] {
  return [...findYamlComments(text), ...inScripts]
    .sort((a, b) => a.start - b.start)
    .map(range => ({
      range,
      text: text.slice(range.start, range.end),
      ownLine: text.slice(text.lastIndexOf('\n', range.start - 1) + 1, range.start).trim() === '',
    }));
}
