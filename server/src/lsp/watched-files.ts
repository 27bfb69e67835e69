import {
  DidChangeWatchedFilesNotification,
  WatchKind,
  type Connection,
  type FileSystemWatcher,
} from './protocol-library.ts';

/** Files whose appearance, change or end may change a finding. */
const CONTENT_GLOBS = [
  '**/*.{py,pyi,ts,tsx,mts,cts,js,jsx,mjs,cjs}',
  '**/{pyproject.toml,setup.cfg,package.json,readiness.yaml}',
  '**/*{requirements,constraints}*.{txt,in}',
  '**/{requirements,constraints}/*.{txt,in}',
  '**/.github/workflows/*.{yml,yaml}',
  '**/.gitignore',
  '**/.env*',
  '**/.git/{index,info/exclude}',
  '**/.readiness/baseline.json',
];

const WATCHERS: FileSystemWatcher[] = [
  ...CONTENT_GLOBS.map(globPattern => ({ globPattern })),
  // Clients report a folder that vanishes as one path, which no pattern for files matches.
  { globPattern: '**/*', kind: WatchKind.Delete },
];

/** Asks the client to report changes on disk; nothing is watched by the server itself. */
export async function watchFiles(connection: Connection): Promise<void> {
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS });
}
