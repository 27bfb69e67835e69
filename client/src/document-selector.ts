const LANGUAGES = ['python', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact'];

/** Files that the server reads besides source code. */
const PATTERNS = [
  '**/{pyproject.toml,setup.cfg,package.json,readiness.yaml}',
  '**/*{requirements,constraints}*.{txt,in}',
  '**/{requirements,constraints}/*.{txt,in}',
  '**/.github/workflows/*.{yml,yaml}',
  '**/.env*',
];

/** Documents that the server wants to hear of: those on disk alone. */
export const DOCUMENT_SELECTOR = [
  ...LANGUAGES.map(language => ({ scheme: 'file', language })),
  ...PATTERNS.map(pattern => ({ scheme: 'file', pattern })),
];
