import { wordPart } from './command-arguments.ts';
import type { ShellCommand, ShellWord } from './shell-script.ts';

/** What a command does to the files of the job. */
export interface CommandEffects {
  /** Paths that it makes, or asks about before it uses them. */
  readonly created: readonly ShellWord[];
  /** Folders that it makes together with those above. */
  readonly createdWithParents: readonly ShellWord[];
  /** `unknown`: it may make anything; `otherTree`: other files stand in the workspace from here on. */
  readonly rest: 'none' | 'unknown' | 'otherTree';
}

/** Programs that leave the workspace as it is, or only add what no workflow names: caches, installed packages, coverage. */
const HARMLESS = new Set([
  ...[
    'cd',
    'pushd',
    'popd',
    'echo',
    'printf',
    'export',
    'set',
    'unset',
    'ls',
    'cat',
    'pwd',
    'true',
    'false',
    ':',
    'exit',
    'return',
    'sleep',
    'which',
  ],
  ...[
    'command',
    'type',
    'env',
    'grep',
    'head',
    'tail',
    'wc',
    'date',
    'id',
    'whoami',
    'uname',
    'df',
    'du',
    'free',
    'for',
    'do',
    'read',
    'local',
    'declare',
  ],
  ...[
    'sort',
    'jq',
    'yq',
    'cut',
    'tr',
    'awk',
    'diff',
    'shopt',
    'trap',
    'eval',
    'kill',
    'wait',
    'ps',
    'rm',
    'chmod',
    'chown',
    'break',
    'continue',
    'shift',
  ],
  ...[
    'apt',
    'apt-get',
    'apk',
    'brew',
    'choco',
    'dnf',
    'yum',
    'snap',
    'add-apt-repository',
    'pip',
    'pip3',
    'pipx',
    'pip-sync',
    'corepack',
    'nvm',
    'fnm',
  ],
  ...[
    'pytest',
    'py.test',
    'ruff',
    'mypy',
    'black',
    'flake8',
    'isort',
    'pylint',
    'bandit',
    'pyright',
    'coverage',
    'tox',
    'nox',
    'pre-commit',
    'safety',
  ],
  ...[
    'kubectl',
    'helm',
    'az',
    'gcloud',
    'docker-compose',
    'systemctl',
    'service',
    'psql',
    'mysql',
    'redis-cli',
    'ssh',
    'locale-gen',
    'hadolint',
    'shellcheck',
  ],
]);

/** Subcommands of programs that are harmless as a whole only with these. */
const HARMLESS_SUBCOMMANDS: ReadonlyMap<string, RegExp> = new Map([
  [
    'git',
    /^(config|fetch|pull|diff|status|log|rev-parse|show|add|commit|push|remote|tag|branch|ls-files|describe|submodule|merge-base)$/,
  ],
  ['npm', /^(ci|i|install|config|audit|publish|version|cache|--version|-v)$/],
  ['yarn', /^(install|config|audit|--version|--frozen-lockfile)$/],
  ['pnpm', /^(i|install|config|audit|store|--version)$/],
  ['poetry', /^(install|lock|config|check|env|self|add|--version)$/],
  ['uv', /^(sync|lock|pip|python|venv|tool|--version)$/],
  ['pipenv', /^(install|sync)$/],
  [
    'docker',
    /^(build|buildx|pull|push|login|logout|tag|ps|images|logs|compose|info|version|network|stop|rm|inspect|image)$/,
  ],
  ['gh', /^(pr|issue|api|auth|label|run|workflow|repo|variable|secret)$/],
  ['python', /^(--version|-V)$/],
  ['node', /^(--version|-v)$/],
  ['make', /^--version$/],
]);

const TARGET_OPTIONS = new Set([
  '-o',
  '-O',
  '--output',
  '--out',
  '--output-dir',
  '--out-dir',
  '--outdir',
  '-d',
  '--directory',
  '-C',
  '--target',
  '--dest',
]);

/** Reads what a command may make. `words` is the command without wrappers such as `sudo`. */
export function findEffects(command: ShellCommand, words: readonly ShellWord[]): CommandEffects {
  const redirected = command.redirects
    .filter(redirect => redirect.operator.includes('>'))
    .map(redirect => redirect.target);
  const program = words[0]?.text?.replace(/^(python|pip)[\d.]+$/, '$1');
  const rest = words.slice(1);
  const effects = program === undefined ? guess(words) : effectsOf(program, rest);
  return { ...effects, created: [...effects.created, ...redirected] };
}

function effectsOf(program: string, rest: readonly ShellWord[]): CommandEffects {
  const operands = rest.filter(word => word.text?.startsWith('-') === false);
  switch (program) {
    case 'mkdir':
      return { created: [], createdWithParents: operands, rest: hasUnknown(rest) ? 'unknown' : 'none' };
    case 'touch':
    case 'tee':
      return { created: operands, createdWithParents: [], rest: hasUnknown(rest) ? 'unknown' : 'none' };
    case 'cp':
    case 'mv':
    case 'ln':
    case 'rsync':
    case 'install':
      return { created: operands.slice(-1), createdWithParents: [], rest: hasUnknown(rest) ? 'unknown' : 'none' };
    case '[':
    case '[[':
    case 'test':
      return { created: operands, createdWithParents: [], rest: 'none' };
    case 'git':
      return gitEffects(operands, rest);
    case 'python':
      return pythonEffects(rest);
    default:
      return isHarmless(program, rest) ? NOTHING : guess(rest);
  }
}

const NOTHING: CommandEffects = { created: [], createdWithParents: [], rest: 'none' };

function gitEffects(operands: readonly ShellWord[], rest: readonly ShellWord[]): CommandEffects {
  const subcommand = operands[0]?.text;
  if (subcommand === 'clone') {
    const [, source, folder] = operands;
    const name = source?.text
      ?.replace(/\/$/, '')
      .replace(/^.*[/:]/, '')
      .replace(/\.git$/, '');
    if (folder !== undefined) return { ...NOTHING, created: [folder] };
    if (source === undefined || name === undefined) return { ...NOTHING, rest: 'unknown' };
    return { ...NOTHING, created: [{ text: name, root: 'current', range: source.range }] };
  }
  const makesBranch = rest.some(word => /^(-b|-B|-c|-C|--orphan)$/.test(word.text ?? ''));
  const takesFiles = rest.some(word => word.text === '--');
  const switches = /^(checkout|switch|reset|merge|rebase|cherry-pick|stash|apply|am|read-tree|sparse-checkout)$/.test(
    subcommand ?? '',
  );
  if (switches) return makesBranch || takesFiles ? NOTHING : { ...NOTHING, rest: 'otherTree' };
  return isHarmless('git', rest) ? NOTHING : guess(rest);
}

/** `python -m venv .venv` makes a folder; tools for tests and packages make nothing that is named later. */
function pythonEffects(rest: readonly ShellWord[]): CommandEffects {
  const module = rest[0]?.text === '-m' ? rest[1]?.text : undefined;
  if (module === 'venv' || module === 'virtualenv') return { ...NOTHING, created: rest.slice(2) };
  if (module !== undefined && HARMLESS.has(module)) return NOTHING;
  return isHarmless('python', rest) ? NOTHING : guess(rest);
}

function isHarmless(program: string, rest: readonly ShellWord[]): boolean {
  if (HARMLESS.has(program) || /^\w+=/.test(program)) return true;
  const subcommands = HARMLESS_SUBCOMMANDS.get(program);
  const first = rest.find(word => word.text?.startsWith('-') === false) ?? rest[0];
  if (subcommands === undefined) return false;
  // `npm ci` and bare `yarn` install.
  return first === undefined ? program === 'yarn' : first.text !== undefined && subcommands.test(first.text);
}

/** A program that is not known may make anything; most likely what its arguments name. */
function guess(rest: readonly ShellWord[]): CommandEffects {
  const created = rest.flatMap((word, index) => {
    const text = word.text;
    if (text === undefined) return [];
    if (TARGET_OPTIONS.has(rest[index - 1]?.text ?? '')) return [word];
    const value = text.startsWith('-') ? wordPart(word, text.indexOf('=') + 1, text.length) : word;
    return value?.text !== undefined && /[/.]/.test(value.text) && !value.text.startsWith('-') ? [value] : [];
  });
  return { created, createdWithParents: [], rest: 'unknown' };
}

function hasUnknown(words: readonly ShellWord[]): boolean {
  return words.some(word => word.text === undefined);
}
