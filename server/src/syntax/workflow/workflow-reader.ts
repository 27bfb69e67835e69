import type { WorkflowPathFact } from '../../core/facts/workflow.ts';
import type { TextRange } from '../../core/text.ts';
import { NO_FILES, withUnknown, type JobFiles } from './job-files.ts';
import { toPathFact } from './path-facts.ts';
import { readSteps, type StepsReading } from './step-reader.ts';
import type { ScalarText } from './scalar-text.ts';
import type { YamlReader } from './yaml-nodes.ts';

/** Files as a trigger or a call of another workflow sees them: those of the repository, nothing else. */
const REPOSITORY: JobFiles = { ...NO_FILES, checkout: 'root' };

/** Reads the paths of a workflow file: its triggers and the steps of its jobs. */
export function readWorkflow(reader: YamlReader, root: unknown): StepsReading {
  const paths: WorkflowPathFact[] = triggerPaths(reader, root);
  const comments: TextRange[] = [];
  const inherited = runDefaults(reader, root);
  for (const [, job] of reader.entries(reader.get(root, 'jobs'))) {
    paths.push(...calledWorkflow(reader, job));
    const own = runDefaults(reader, job);
    const shell = own.shell ?? inherited.shell ?? runnerShell(reader, job);
    const workingDirectory = own.workingDirectory ?? inherited.workingDirectory;
    const reading = readSteps(
      reader,
      reader.get(job, 'steps'),
      { workingDirectory, shell, actionFolder: undefined },
      NO_FILES,
    );
    paths.push(...reading.paths);
    comments.push(...reading.comments);
  }
  return { paths, comments };
}

/** Reads the paths of a composite action. `folder` is where its `action.yml` lies. */
export function readCompositeAction(reader: YamlReader, root: unknown, folder: string): StepsReading {
  const runs = reader.get(root, 'runs');
  if (reader.text(runs, 'using')?.value !== 'composite') return { paths: [], comments: [] };
  // An action of this repository runs in a job that has checked it out, after steps that are not known here; the
  // action that the repository itself is runs in the workspace of others.
  const files: JobFiles = folder === '' ? NO_FILES : withUnknown(REPOSITORY);
  return readSteps(
    reader,
    reader.get(runs, 'steps'),
    { workingDirectory: undefined, shell: undefined, actionFolder: folder },
    files,
  );
}

const EVENTS_WITH_PATHS = ['push', 'pull_request', 'pull_request_target'];

function triggerPaths(reader: YamlReader, root: unknown): WorkflowPathFact[] {
  const triggers = reader.get(root, 'on');
  return EVENTS_WITH_PATHS.flatMap(event => {
    const filters = reader.get(triggers, event);
    return [
      ...patterns(reader, reader.get(filters, 'paths'), false),
      ...patterns(reader, reader.get(filters, 'paths-ignore'), true),
    ];
  });
}

function patterns(reader: YamlReader, list: unknown, optional: boolean): WorkflowPathFact[] {
  return reader.items(list).flatMap(item => {
    const text = reader.text(item);
    if (text === undefined) return [];
    const start = text.value.startsWith('!') ? 1 : 0;
    const written = text.value.slice(start);
    const found = {
      written,
      base: '',
      range: text.rangeOf(start, text.value.length),
      use: 'trigger',
      expected: 'file',
    } as const;
    return toPathFact({ ...found, wildcards: 'trigger', optional: optional || start === 1 }, REPOSITORY) ?? [];
  });
}

/** A job that runs another workflow of the repository, which is there whatever is checked out. */
function calledWorkflow(reader: YamlReader, job: unknown): WorkflowPathFact[] {
  const uses = reader.text(job, 'uses');
  if (uses?.value.startsWith('./') !== true) return [];
  const range = uses.rangeOf(0, uses.value.length);
  return [
    toPathFact({ written: uses.value, base: '', range, use: 'localAction', expected: 'file' }, REPOSITORY),
  ].flatMap(fact => fact ?? []);
}

function runDefaults(
  reader: YamlReader,
  node: unknown,
): { workingDirectory: ScalarText | undefined; shell: string | undefined } {
  const run = reader.get(reader.get(node, 'defaults'), 'run');
  return { workingDirectory: reader.text(run, 'working-directory'), shell: reader.text(run, 'shell')?.value };
}

/** Windows runners read scripts with PowerShell unless they are told otherwise. */
function runnerShell(reader: YamlReader, job: unknown): string | undefined {
  const labels = reader.items(reader.get(job, 'runs-on')).map(item => reader.text(item)?.value ?? '');
  return labels.some(label => /^windows/i.test(label)) ? 'pwsh' : undefined;
}
