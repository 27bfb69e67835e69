import type { FileKind } from '../core/file-kind.ts';
import { readsAsBundled, readsAsGenerated, readsAsMigration } from './file-markers.ts';

/** Folders that say what everything below them is, by lower-case name. Several kinds: the first of `KINDS` wins. */
const FOLDERS: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
  ...entries('vendored', ['vendor', '_vendor', 'vendored', '_vendored', 'third_party', 'third-party', 'thirdparty']),
  ...entries('vendored', ['3rdparty', 'node_modules', 'bower_components', 'site-packages']),
  // Skills and hooks of coding assistants, which are copied in and run on nobody's server.
  ...entries('vendored', ['.agents', '.claude', '.codex', '.cursor', '.gemini', '.windsurf']),
  ...entries('generated', ['__generated__', 'generated', '_generated']),
  ...entries('migration', ['migrations', 'alembic']),
  ...entries('test', [
    'test',
    'tests',
    '__tests__',
    '__test__',
    '__mocks__',
    '__fixtures__',
    'testdata',
    'e2e',
    'cypress',
  ]),
  ...entries('example', ['example', 'examples', 'sample', 'samples', 'demo', 'demos', 'docs_src']),
]);

/** `load_tests`, `integration-tests`: what is tested, or how, stands before the word. `ab_tests` is none of them. */
const TEST_FOLDER =
  /^(?:acceptance|api|browser|contract|end[_-]to[_-]end|functional|integration|load|perf(?:ormance)?|regression|smoke|stress|system|ui|unit)[_-]?tests?$/;

/** `push-examples`, `api_demos`: what is shown stands before the word. A laboratory's `blood_samples` are its trade. */
const EXAMPLE_FOLDER = /.[_-](?:examples|demos)$/;

const NAMES: readonly (readonly [FileKind, RegExp])[] = [
  ['generated', /_pb2(_grpc)?\.pyi?$|_pb\.[cm]?[jt]sx?$|\.pb\.py$|\.(generated|gen)\.\w+$|\.min\.[cm]?js$/],
  // pytest's and unittest's patterns, Django's `tests.py`; JavaScript runners' suffixes. `contest.py` is none of them.
  ['test', /^(test_.*|.*_tests?|tests?|conftest)\.pyi?$/],
  ['test', /[._](test|spec|e2e|e2e-spec|cy)\.[cm]?[jt]sx?$/],
];

const KINDS: readonly FileKind[] = ['vendored', 'generated', 'migration', 'test', 'example'];

/**
 * What a file is for.
 * `path` is relative to the workspace root; `head` is the start of its text, a few kilobytes will do.
 */
export function classifyFile(path: string, head: string): FileKind {
  const segments = path.split('/');
  const name = segments.at(-1) ?? '';
  const found = new Set<FileKind>();

  for (const segment of segments.slice(0, -1)) {
    const folder = segment.toLowerCase();
    const kind = FOLDERS.get(folder) ?? kindOfCompound(folder);
    if (kind !== undefined) found.add(kind);
  }
  for (const [kind, pattern] of NAMES) if (pattern.test(name)) found.add(kind);
  if (readsAsMigration(path, head)) found.add('migration');
  // Migrations are written by a tool and then kept by hand, so their header does not make them generated.
  else if (readsAsGenerated(path, head) || readsAsBundled(path, head)) found.add('generated');

  return KINDS.find(kind => found.has(kind)) ?? 'source';
}

function kindOfCompound(folder: string): FileKind | undefined {
  if (TEST_FOLDER.test(folder)) return 'test';
  return EXAMPLE_FOLDER.test(folder) ? 'example' : undefined;
}

function entries(kind: FileKind, names: readonly string[]): (readonly [string, FileKind])[] {
  return names.map(name => [name, kind] as const);
}
