/** Folders that only tools write: caches, installed packages, other version control systems. Matched by name, at any depth. */
const TOOL_FOLDERS: ReadonlySet<string> = new Set([
  '.git',
  '.hg',
  '.svn',
  '.jj',
  'node_modules',
  'bower_components',
  '.pnpm-store',
  '.venv',
  '__pycache__',
  '__pypackages__',
  'site-packages',
  '.tox',
  '.nox',
  '.eggs',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.pytype',
  '.hypothesis',
  '.ipynb_checkpoints',
  'htmlcov',
  '.nyc_output',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  '.angular',
  '.turbo',
  '.parcel-cache',
  '.cache',
  '.gradle',
  '.terraform',
  '.serverless',
  '.aws-sam',
  'cdk.out',
  '.vscode-test',
]);

/** Manifests beside which a `dist` or `build` folder is what a tool made of the sources. */
const MANIFESTS = ['package.json', 'pyproject.toml', 'setup.py', 'setup.cfg', 'tsconfig.json'];

/**
 * Whether a folder is left out whatever the ignore files say.
 * `path` is relative to the root; `exists` tells whether a path below the same root is there.
 */
export function isToolFolder(path: string, exists: (path: string) => boolean): boolean {
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  if (TOOL_FOLDERS.has(name) || name.endsWith('.egg-info') || name.endsWith('.dist-info')) return true;
  if (exists(`${path}/pyvenv.cfg`) || exists(`${path}/conda-meta`)) return true;

  const isOutputName = name === 'dist' || name === 'build';
  if (!isOutputName || exists(`${path}/__init__.py`)) return false;
  const parent = path.slice(0, slash + 1);
  if (!MANIFESTS.some(manifest => exists(parent + manifest))) return false;
  // A `build` folder may as well hold hand-written build scripts; setuptools always makes one of these in it.
  return name === 'dist' || exists(`${path}/lib`) || exists(`${path}/bdist.linux-x86_64`);
}
