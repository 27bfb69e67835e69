import type { Marker, VersionSet } from '../../core/facts/manifest.ts';
import type { TextRange } from '../../core/text.ts';
import { parseMarker } from './marker.ts';
import { rangeOf, trimmed, type SourceText } from './source-text.ts';
import { parseSpecifier } from './specifier.ts';

/** A requirement of PEP 508 with its places. */
export interface Requirement {
  readonly kind: 'requirement';
  /** Normalised as in PEP 503. */
  readonly name: string;
  readonly extras: readonly string[];
  readonly specifier: string;
  readonly specifierRange: TextRange;
  /** Undefined when the specifier is not understood. */
  readonly versions: VersionSet | undefined;
  /** After `@`; undefined without one. */
  readonly url: string | undefined;
  readonly marker: string | undefined;
  readonly condition: Marker | undefined;
  readonly range: TextRange;
}

/** A text that is no requirement, and where it stops being one. */
export interface RequirementError {
  readonly kind: 'error';
  readonly range: TextRange;
  readonly message: string;
}

const NAME = /[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?/y;
const EXTRAS = /\s*\[\s*((?:[A-Za-z0-9._-]+\s*(?:,\s*[A-Za-z0-9._-]+\s*)*)?)\]/y;
const URL = /\s*@\s*(\S+)/y;

/** A distribution's name as indexes compare it: lower case, with one `-` for each run of `-`, `_` and `.`. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Reads one requirement of PEP 508; never throws. White space around it is not part of its range. */
export function parseRequirement(written: SourceText): Requirement | RequirementError {
  const source = trimmed(written);
  const { text } = source;
  const name = matchAt(NAME, text, 0)?.[0];
  if (name === undefined) return errorAt(source, 0, 'A package name is expected here.');

  const bracket = matchAt(EXTRAS, text, name.length);
  const afterExtras = name.length + (bracket?.[0].length ?? 0);
  const extras = (bracket?.[1] ?? '')
    .split(',')
    .map(extra => extra.trim())
    .filter(extra => extra !== '');

  const url = matchAt(URL, text, afterExtras);
  const versionsEnd = url ? afterExtras + url[0].length : endOfVersions(text, afterExtras);
  const marker = readMarker(source, versionsEnd);
  if (marker.kind === 'error') return marker;

  const place = url ? { start: afterExtras, end: afterExtras } : specifierPlace(text, afterExtras, versionsEnd);
  if (!place) return errorAt(source, afterExtras, 'The bracket around the version is not closed.');
  const specifier = text.slice(place.start, place.end);
  const versions = parseSpecifier(specifier);
  if (!versions) return errorAt(source, place.start, 'A version specifier such as `>=1.2` is expected here.');

  return {
    kind: 'requirement',
    name: normalizeName(name),
    extras,
    specifier,
    specifierRange: rangeOf(source, place.start, place.end),
    versions,
    url: url?.[1],
    marker: marker.text,
    condition: marker.condition,
    range: rangeOf(source, 0, text.length),
  };
}

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | undefined {
  // The pattern is sticky, so this is where it looks and nowhere else.
  pattern.lastIndex = index;
  return pattern.exec(text) ?? undefined;
}

function endOfVersions(text: string, from: number): number {
  const semicolon = text.indexOf(';', from);
  return semicolon === -1 ? text.length : semicolon;
}

/** Where the specifier stands, without white space and the brackets that old metadata put around it. */
function specifierPlace(text: string, from: number, to: number): TextRange | undefined {
  const written = text.slice(from, to);
  const start = from + written.length - written.trimStart().length;
  const end = Math.max(start, from + written.trimEnd().length);
  if (start === end) return { start: from, end: from };
  if (text[start] !== '(') return { start, end };
  if (text[end - 1] !== ')') return undefined;
  const inner = text.slice(start + 1, end - 1);
  const innerStart = start + 1 + inner.length - inner.trimStart().length;
  return { start: innerStart, end: Math.max(innerStart, start + 1 + inner.trimEnd().length) };
}

type MarkerPart =
  | { readonly kind: 'marker'; readonly text: string | undefined; readonly condition: Marker | undefined }
  | RequirementError;

function readMarker(source: SourceText, from: number): MarkerPart {
  const rest = source.text.slice(from);
  if (rest.trim() === '') return { kind: 'marker', text: undefined, condition: undefined };
  const semicolon = from + rest.length - rest.trimStart().length;
  if (source.text[semicolon] !== ';') return errorAt(source, semicolon, 'Nothing but a marker may follow here.');
  const text = source.text.slice(semicolon + 1).trim();
  const condition = parseMarker(text);
  if (!condition) return errorAt(source, semicolon + 1, 'This is not an environment marker.');
  return { kind: 'marker', text, condition };
}

function errorAt(source: SourceText, index: number, message: string): RequirementError {
  return { kind: 'error', range: rangeOf(source, index, source.text.length), message };
}
