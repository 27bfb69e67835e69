import type { ManifestFormat } from '../../core/facts/manifest.ts';

/** Folders in which every text file lists requirements. */
const REQUIREMENT_FOLDERS = new Set(['requirements', 'requirement', 'reqs']);

/** Which kind of manifest a path names; undefined for every other file. Paths have `/` between folders. */
export function formatOf(path: string): ManifestFormat | undefined {
  const segments = path.split('/');
  const name = segments.at(-1) ?? '';
  switch (name) {
    case 'pyproject.toml':
      return 'pyproject';
    case 'setup.cfg':
    case 'setup.py':
    case 'package.json':
      return name;
    default:
      return requirementsFormat(name, segments.at(-2) ?? '');
  }
}

/** Formats that the front end of manifests reads; `setup.py` is a Python file, and the Python front end reads it. */
export type TextFormat = Exclude<ManifestFormat, 'setup.py'>;

/** Which kind of manifest that is no program a path names; undefined for every other file. */
export function textFormatOf(path: string): TextFormat | undefined {
  const format = formatOf(path);
  return format === 'setup.py' ? undefined : format;
}

function requirementsFormat(name: string, folder: string): ManifestFormat | undefined {
  const stem = /^(.+)\.(?:txt|in)$/i.exec(name)?.[1]?.toLowerCase();
  if (stem === undefined || stem === 'manifest') return undefined;
  const words = stem.split(/[-_.]/);
  if (words.includes('constraints') || words.includes('constraint')) return 'constraints';
  if (words.includes('requirements') || words.includes('requirement')) return 'requirements';
  return REQUIREMENT_FOLDERS.has(folder.toLowerCase()) ? 'requirements' : undefined;
}

/**
 * The path of a file that another file names, relative to the workspace root.
 * @returns undefined for an absolute path, a URL and a path with a variable in it
 */
export function resolveFrom(file: string, written: string): string | undefined {
  const path = written.replaceAll('\\', '/');
  if (path === '' || path.startsWith('/') || /^[A-Za-z][\w+.-]*:/.test(path) || path.includes('$')) return undefined;
  const segments = file.split('/').slice(0, -1);
  for (const segment of path.split('/')) {
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}
