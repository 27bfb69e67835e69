import type { WorkflowPathUse } from '../../core/facts/workflow.ts';
import { findOptions, positionals, wordPart, type CommandArguments } from './command-arguments.ts';
import { DOCKER_OPTIONS, PIP_OPTIONS, PYTEST_OPTIONS } from './option-tables.ts';
import type { ShellWord } from './shell-script.ts';

/** A path among the words of a command. */
export interface CommandPath {
  readonly word: ShellWord;
  readonly use: WorkflowPathUse;
  readonly expected: 'file' | 'folder' | 'any';
}

/** Reads the paths that a command needs to be there. `words` starts with the command's own name. */
export function findCommandPaths(words: readonly ShellWord[]): readonly CommandPath[] {
  const [program, ...rest] = words;
  const name = program?.text?.replace(/^.*\//, '').replace(/^(python|pip)[\d.]+$/, '$1');
  if (program === undefined || name === undefined) return [];
  const reader = READERS.get(name);
  if (reader !== undefined && !program.text?.includes('/')) return reader({ words: rest });
  return isScript(program) ? [{ word: program, use: 'argument', expected: 'file' }] : [];
}

type Reader = (args: CommandArguments) => readonly CommandPath[];

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['pip', readPip],
  ['pip-sync', args => files(positionals(args, { flags: [], valued: [] }).filter(looksLikeFile), 'requirements')],
  ['pytest', readPytest],
  ['py.test', readPytest],
  ['python', readPython],
  ['bash', readScriptRunner],
  ['sh', readScriptRunner],
  ['node', readScriptRunner],
  ['source', readScriptRunner],
  ['make', args => folders(findOptions(args, ['-C', '--directory']))],
  ['npm', args => folders(findOptions(args, ['--prefix']))],
  ['pnpm', args => folders(findOptions(args, ['-C', '--dir']))],
  ['yarn', args => folders(findOptions(args, ['--cwd']))],
  ['docker', readDocker],
  ['docker-compose', args => files(findOptions(args, ['-f', '--file']), 'argument')],
  ['uv', readUv],
]);

function readPip(args: CommandArguments): readonly CommandPath[] {
  if (args.words[0]?.text !== 'install') return [];
  const rest = { words: args.words.slice(1) };
  const editable = findOptions(rest, ['-e', '--editable']).flatMap(word => packageFolder(word) ?? []);
  const local = positionals(rest, PIP_OPTIONS).flatMap(word =>
    word.text?.startsWith('./') ? (packageFolder(word) ?? []) : [],
  );
  return [
    ...files(findOptions(rest, ['-r', '--requirement', '-c', '--constraint']), 'requirements'),
    ...folders([...editable, ...local].filter(word => !word.text?.endsWith('.whl'))),
  ];
}

/** The folder of `./shop[dev]`; nothing for URLs. */
function packageFolder(word: ShellWord): ShellWord | undefined {
  const text = word.text;
  if (text === undefined || /^(git|hg|svn|bzr)\+|:\/\//.test(text)) return undefined;
  const bracket = text.indexOf('[');
  const length = bracket === -1 ? text.length : bracket;
  return length === 0 ? undefined : wordPart(word, 0, length);
}

function readPytest(args: CommandArguments): readonly CommandPath[] {
  return positionals(args, PYTEST_OPTIONS).flatMap(word => {
    const text = word.text ?? '';
    const node = text.indexOf('::');
    const path = wordPart(word, 0, node === -1 ? text.length : node);
    return path === undefined ? [] : [{ word: path, use: 'argument' as const, expected: 'any' as const }];
  });
}

function readPython(args: CommandArguments): readonly CommandPath[] {
  const at = args.words.findIndex(word => word.text === undefined || !/^-[uBOEsSIbqv]+$/.test(word.text));
  const first = args.words[at];
  if (first?.text === '-m') return readModule(args.words.slice(at + 1));
  return first !== undefined && looksLikePython(first) ? files([first], 'argument') : [];
}

function readModule(words: readonly ShellWord[]): readonly CommandPath[] {
  const module = words[0]?.text;
  return module === 'pip' || module === 'pytest' ? (READERS.get(module)?.({ words: words.slice(1) }) ?? []) : [];
}

function readScriptRunner(args: CommandArguments): readonly CommandPath[] {
  const first = args.words.find(word => word.text === undefined || !/^-[euxo]+$|^--(login|norc)$/.test(word.text));
  return first !== undefined && /\.(sh|bash|[cm]?js)$/.test(first.text ?? '') ? files([first], 'argument') : [];
}

function readUv(args: CommandArguments): readonly CommandPath[] {
  const [first, second] = args.words;
  if (first?.text !== 'pip') return [];
  const rest = { words: args.words.slice(2) };
  if (second?.text === 'install') return readPip({ words: args.words.slice(1) });
  return second?.text === 'sync' ? files(positionals(rest, PIP_OPTIONS).filter(looksLikeFile), 'requirements') : [];
}

function readDocker(args: CommandArguments): readonly CommandPath[] {
  const [first, second] = args.words;
  if (first?.text === 'compose')
    return files(findOptions({ words: args.words.slice(1) }, ['-f', '--file']), 'argument');
  const isBuildx = first?.text === 'buildx' && second?.text === 'build';
  if (first?.text !== 'build' && !isBuildx) return [];

  const rest = { words: args.words.slice(isBuildx ? 2 : 1) };
  const contexts = positionals(rest, DOCKER_OPTIONS).filter(
    word => word.text !== '-' && !/:\/\/|^git@|\.git$/.test(word.text ?? ''),
  );
  const context = contexts.length === 1 ? folders(contexts, 'dockerContext') : [];
  return [...files(findOptions(rest, ['-f', '--file']), 'argument'), ...context];
}

function files(words: readonly ShellWord[], use: WorkflowPathUse): CommandPath[] {
  return words.map(word => ({ word, use, expected: 'file' }));
}

function folders(words: readonly ShellWord[], use: WorkflowPathUse = 'argument'): CommandPath[] {
  return words.map(word => ({ word, use, expected: 'folder' }));
}

/** A script of the repository that is run by its path. */
function isScript(word: ShellWord): boolean {
  return word.text?.includes('/') === true && /\.(sh|bash|py)$/.test(word.text);
}

function looksLikePython(word: ShellWord): boolean {
  return word.text?.endsWith('.py') === true;
}

function looksLikeFile(word: ShellWord): boolean {
  return /\.\w+$/.test(word.text ?? '');
}
