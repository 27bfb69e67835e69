import type { ManifestFacts } from '../../core/facts/manifest.ts';
import { addRequirement, newDraft, toManifest, type ManifestDraft } from './manifest-draft.ts';
import { resolveFrom } from './paths.ts';
import { normalizeName } from './requirement.ts';
import type { RequirementLine } from './requirement-lines.ts';
import { partOf, rangeOf, trimmed, type SourceText } from './source-text.ts';

/** `-r base.txt`, `--requirement=base.txt`, `-cconstraints.txt`. */
const INCLUDE = /^(?:-(r|c)|--(requirement|constraint)(?=[\s=]))\s*=?\s*(.+)$/s;
const EDITABLE = /^(?:-e|--editable(?=[\s=]))\s*=?\s*(.+)$/s;
/** Options after a requirement: `--hash=sha256:…`. */
const OWN_OPTIONS = /\s--?[A-Za-z]/;
const URL_OR_PATH = /^(?:[a-z][a-z0-9+.-]*:|\.{0,2}\/|\.{1,2}(?:\[|$)|~|[A-Za-z]:\\|\.{0,2}\\)/i;
const ARCHIVE = /\.(?:whl|zip|tar\.gz|tgz|tar\.bz2|tar\.xz)(?:\[|#|$)/i;
const EGG = /[#&]egg=([A-Za-z0-9][\w.-]*)/;
const GENERATED =
  /(?:\bauto-?generated|@generated|\bgenerated|\bexported|\bcompiled) (?:\w+ )?(?:by|with|from|using)\b/i;
/** A generator signs at the top. */
const HEADER_LINES = 15;

/** Reads a requirements or constraints file in pip's format. Never throws. */
export function readRequirements(
  format: 'requirements' | 'constraints',
  path: string,
  lines: readonly RequirementLine[],
): ManifestFacts {
  const draft = newDraft();
  let hasHashes = false;
  for (const line of lines) {
    const source = trimmed(line.source);
    if (source.text === '') continue;
    hasHashes ||= source.text.includes('--hash');
    if (source.text.startsWith('-')) readOption(draft, path, source);
    else readRequirementLine(draft, source);
  }
  const header = lines.slice(0, HEADER_LINES).filter(line => line.commentOnly);
  const isGenerated = header.some(line => GENERATED.test(line.comment?.text ?? ''));
  return toManifest(format, draft, { compiled: hasHashes || isGenerated });
}

function readOption(draft: ManifestDraft, path: string, source: SourceText): void {
  const include = INCLUDE.exec(source.text);
  const written = include?.[3];
  if (include && written !== undefined) {
    const kind = include[1] === 'c' || include[2] === 'constraint' ? 'constraints' : 'requirements';
    const resolved = resolveFrom(path, unquoted(written.trim()));
    if (resolved !== undefined) draft.includes.push({ path: resolved, kind, range: wholeRange(source) });
    return;
  }
  const editable = EDITABLE.exec(source.text)?.[1];
  if (editable !== undefined) addDirect(draft, source, unquoted(editable.trim()));
}

function readRequirementLine(draft: ManifestDraft, source: SourceText): void {
  const options = OWN_OPTIONS.exec(source.text);
  const requirement = options ? trimmed(partOf(source, 0, options.index)) : source;
  // A variable may stand for anything, a name as well as a version.
  if (/\$\{[A-Z0-9_]+\}/.test(requirement.text) && !requirement.text.includes('@')) return;
  const isDirect =
    URL_OR_PATH.test(requirement.text) || (ARCHIVE.test(requirement.text) && !/[@\s]/.test(requirement.text));
  if (isDirect) addDirect(draft, requirement, requirement.text);
  else addRequirement(draft, requirement, undefined);
}

/** A path or URL names its package only where `#egg=` says so. */
function addDirect(draft: ManifestDraft, source: SourceText, target: string): void {
  const name = EGG.exec(target)?.[1];
  if (name === undefined) return;
  const range = wholeRange(source);
  draft.dependencies.push({
    name: normalizeName(name),
    specifier: '',
    extras: [],
    marker: undefined,
    group: undefined,
    range,
    specifierRange: { start: range.end, end: range.end },
    direct: true,
  });
}

function wholeRange(source: SourceText): { start: number; end: number } {
  return rangeOf(source, 0, source.text.length);
}

function unquoted(text: string): string {
  return /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;
}
