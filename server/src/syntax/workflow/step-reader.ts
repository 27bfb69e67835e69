import type { WorkflowPathFact } from '../../core/facts/workflow.ts';
import type { TextRange } from '../../core/text.ts';
import { isScalar } from 'yaml';
import { findAskedPatterns, findHashFiles } from './hash-files.ts';
import { withCreated, withUnknown, type JobFiles } from './job-files.ts';
import { toPathFact, type FoundPath } from './path-facts.ts';
import { resolvePath } from './repository-path.ts';
import { readScript } from './run-script.ts';
import type { ScalarText } from './scalar-text.ts';
import { findInputPaths } from './action-inputs.ts';
import { isCheckout, isHarmlessAction, isOwnRef, isRestore, OUTPUT_INPUTS } from './well-known-actions.ts';
import type { YamlReader } from './yaml-nodes.ts';

/** What holds for all steps of a job or composite action. */
export interface StepDefaults {
  /** `defaults.run.working-directory` in force. */
  readonly workingDirectory: ScalarText | undefined;
  /** `defaults.run.shell`, or what the runner has. */
  readonly shell: string | undefined;
  /** Folder of the composite action; undefined in a workflow. */
  readonly actionFolder: string | undefined;
}

/** What the steps of one job name, and the comments in their scripts. */
export interface StepsReading {
  readonly paths: readonly WorkflowPathFact[];
  readonly comments: readonly TextRange[];
}

/** Reads steps in order, each with the files that the ones before it left. */
export function readSteps(reader: YamlReader, steps: unknown, defaults: StepDefaults, start: JobFiles): StepsReading {
  const paths: WorkflowPathFact[] = [];
  const comments: TextRange[] = [];
  let files = start;
  for (const step of reader.items(steps)) {
    const asked = findAskedPatterns(reader.text(step, 'if')?.value ?? '').map(
      pattern => resolvePath('', pattern) ?? '',
    );
    const seen = withCreated(
      files,
      asked.filter(path => path !== ''),
    );
    const found = [...hashedPaths(reader, step), ...actionPaths(reader, step)];
    paths.push(...found.flatMap(path => toPathFact(path, seen) ?? []));

    const run = reader.text(step, 'run');
    if (run === undefined) {
      files = filesAfterAction(reader, step, files);
      continue;
    }
    const reading = readRun(reader, step, run, defaults, seen);
    paths.push(...reading.paths);
    comments.push(...reading.comments);
    // What a condition asked about holds for this step alone.
    files = { ...reading.files, created: withoutAsked(reading.files.created, asked, files.created) };
  }
  return { paths, comments };
}

function withoutAsked(
  created: ReadonlySet<string>,
  asked: readonly string[],
  before: ReadonlySet<string>,
): ReadonlySet<string> {
  return asked.length === 0 ? created : new Set([...created].filter(path => !asked.includes(path) || before.has(path)));
}

function hashedPaths(reader: YamlReader, step: unknown): FoundPath[] {
  const blocks = [reader.get(step, 'with'), reader.get(step, 'env')];
  const values = blocks.flatMap(block => reader.entries(block).map(([, value]) => value));
  return values.filter(isScalar).flatMap(value => {
    const text = reader.text(value);
    return text === undefined ? [] : findHashFiles(text);
  });
}

function actionPaths(reader: YamlReader, step: unknown): FoundPath[] {
  const uses = reader.text(step, 'uses');
  if (uses === undefined) return [];
  const local: FoundPath[] = uses.value.startsWith('./')
    ? [
        {
          written: uses.value,
          base: '',
          range: uses.rangeOf(0, uses.value.length),
          use: 'localAction',
          expected: 'folder',
        },
      ]
    : [];
  return [...local, ...findInputPaths(reader, uses.value, reader.get(step, 'with'))];
}

interface RunReading extends StepsReading {
  readonly files: JobFiles;
}

function readRun(
  reader: YamlReader,
  step: unknown,
  run: ScalarText,
  defaults: StepDefaults,
  files: JobFiles,
): RunReading {
  const own = reader.text(step, 'working-directory');
  const folder = own ?? defaults.workingDirectory;
  const isForgiven = /^true$|\$\{\{/.test(reader.text(step, 'continue-on-error')?.value ?? '');
  const folderPath = folder && workingDirectoryPath(folder, defaults);
  const folderFact = folderPath && !isForgiven ? toPathFact(folderPath, files) : undefined;
  const here = folderFact === undefined ? [] : [folderFact];

  const shell = reader.text(step, 'shell')?.value ?? defaults.shell ?? 'bash';
  if (!/^(bash|sh)\b/.test(shell)) return { paths: here, comments: [], files: withUnknown(files) };

  const start = folderPath === undefined ? '' : resolvedFolder(folderPath);
  const reading = readScript(run, { folder: start, actionFolder: defaults.actionFolder, files });
  return { ...reading, paths: isForgiven ? [] : [...here, ...reading.paths] };
}

const KNOWN_ROOT = /^\$\{\{\s*github\.(workspace|action_path)\s*\}\}\/?/;

function workingDirectoryPath(folder: ScalarText, defaults: StepDefaults): FoundPath {
  const root = KNOWN_ROOT.exec(folder.value);
  const start = root?.[0].length ?? 0;
  return {
    written: folder.value.slice(start),
    base: root?.[1] === 'action_path' ? defaults.actionFolder : '',
    range: folder.rangeOf(start, folder.value.length),
    ...{ use: 'workingDirectory', expected: 'folder' },
  };
}

function resolvedFolder(path: FoundPath): string | undefined {
  return path.base === undefined || path.written.includes('${{') ? undefined : resolvePath(path.base, path.written);
}

function filesAfterAction(reader: YamlReader, step: unknown, files: JobFiles): JobFiles {
  const uses = reader.text(step, 'uses')?.value;
  if (uses === undefined || isHarmlessAction(uses)) return files;
  const inputs = reader.get(step, 'with');
  if (isCheckout(uses)) return filesAfterCheckout(reader, inputs, files);

  const named = OUTPUT_INPUTS.flatMap(name => (reader.text(inputs, name)?.value ?? '').split('\n'));
  const made = named.flatMap(path => resolvePath('', path.trim().replace(/\/?\*.*$/, '')) ?? []);
  const isClear = isRestore(uses) && made.some(path => path !== '') && !named.some(path => path.includes('${{'));
  const after = withCreated(
    files,
    made.filter(path => path !== ''),
  );
  return isClear ? after : withUnknown(after);
}

function filesAfterCheckout(reader: YamlReader, inputs: unknown, files: JobFiles): JobFiles {
  const folder = reader.text(inputs, 'path')?.value;
  const path = folder === undefined ? '' : resolvePath('', folder);
  if (path === undefined || folder?.includes('${{') === true) return withUnknown(files);
  if (path !== '') return withCreated(files, [path]);

  const repository = reader.text(inputs, 'repository')?.value;
  const isOwnRepository =
    repository === undefined ||
    /^\$\{\{\s*github\.(repository|event\.pull_request\.head\.repo\.full_name)\s*\}\}$/.test(repository);
  const isOwn = isOwnRepository && isOwnRef(reader.text(inputs, 'ref')?.value);
  return { ...files, checkout: isOwn ? 'root' : 'unknown' };
}
