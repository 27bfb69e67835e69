import type { PythonSource } from '../../server/src/core/source-file.ts';
import { isPython, isTypeScript, type Extractor } from '../../server/src/engine/extract.ts';
import { compareImports } from './compare-imports.ts';
import { compareIndentation, compareLayout, type LaidOutText } from './compare-layout.ts';
import type { Complaint } from './model.ts';
import type { PythonInspector } from './python-inspector.ts';
import { syntaxErrors, unknownNames } from './syntax-errors.ts';

/** Parsers and interpreters that texts are held to. */
export interface Judges {
  readonly extractor: Extractor;
  /** Undefined where there is no Python. */
  readonly python: PythonInspector | undefined;
}

/**
 * Whether a file still parses, means what it meant as far as names go, and looks as it did.
 * @param isMove the change moves code
 */
export async function compareTexts(
  path: string,
  before: string,
  after: string,
  judges: Judges,
  isMove = false,
): Promise<readonly Complaint[]> {
  const layout = compareLayout(await layOut(path, before, judges), await layOut(path, after, judges), isMove);
  if (isPython(path)) return [...(await comparePython(path, before, after, judges)), ...layout];
  const former = new Set(syntaxErrors(path, before));
  const errors = syntaxErrors(path, after).filter(error => !former.has(error));
  return [...toComplaints('parses', errors), ...compareTypeScriptNames(path, before, after), ...layout];
}

async function comparePython(
  path: string,
  before: string,
  after: string,
  { extractor: { parser }, python }: Judges,
): Promise<readonly Complaint[]> {
  const [old, fresh] = [parser.parse(path, before), parser.parse(path, after)];
  const brokenBy = fresh.syntaxErrors.length - old.syntaxErrors.length;
  const broken = brokenBy > 0 ? [`The parser finds ${brokenBy} more syntax errors.`] : [];
  return [
    ...toComplaints('parses', broken),
    ...(python ? await compareInspections(before, after, python) : []),
    ...compareImports(old, fresh),
    ...compareIndentation(old, fresh),
  ];
}

async function compareInspections(
  before: string,
  after: string,
  python: PythonInspector,
): Promise<readonly Complaint[]> {
  const [old, fresh] = await Promise.all([python.inspect(before), python.inspect(after)]);
  // A file for another version of Python says nothing about the fix.
  if (old.error !== undefined) return [];
  const unknown = fresh.unknown.filter(name => !old.unknown.includes(name));
  return [
    ...toComplaints('parses', fresh.error === undefined ? [] : [fresh.error]),
    ...toComplaints(
      'imports',
      unknown.map(name => `Python does not know \`${name}\`.`),
    ),
  ];
}

/** What Node and browsers bring along. */
const GLOBALS: ReadonlySet<string> = new Set(['AbortSignal', 'console', 'Error', 'undefined', 'String']);

function compareTypeScriptNames(path: string, before: string, after: string): readonly Complaint[] {
  if (!isTypeScript(path)) return [];
  const known = unknownNames(path, before);
  const unknown = [...unknownNames(path, after)].filter(name => !known.has(name) && !GLOBALS.has(name));
  return toComplaints(
    'imports',
    unknown.map(name => `\`${name}\` means nothing here.`),
  );
}

async function layOut(path: string, text: string, { extractor }: Judges): Promise<LaidOutText> {
  const facts = await extractor.fromText(path, text);
  if ('reason' in facts) return { text, comments: [] };
  return { text, comments: facts.comments.map(({ range }) => text.slice(range.start, range.end).trimEnd()) };
}

/** Python texts of one file, parsed. */
export function parsePair(
  path: string,
  before: string,
  after: string,
  { extractor }: Judges,
): [PythonSource, PythonSource] {
  return [extractor.parser.parse(path, before), extractor.parser.parse(path, after)];
}

function toComplaints(check: Complaint['check'], details: readonly string[]): readonly Complaint[] {
  return details.map(detail => ({ check, detail }));
}
