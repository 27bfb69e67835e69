import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What we understand of the arguments of desktop VS Code. */
export interface DesktopArguments {
  readonly developmentPaths: readonly string[];
  readonly testsPath: string | undefined;
  readonly userDataDir: string | undefined;
  readonly extensionsDir: string | undefined;
  /** A folder or a `.code-workspace` file. */
  readonly open: string | undefined;
}

/** Options that take a value, also as the next argument; all others are switches. */
const VALUED = new Set([
  'extensionDevelopmentPath',
  'extensionTestsPath',
  'user-data-dir',
  'extensions-dir',
  'folder-uri',
  'file-uri',
]);

/** Reads the command line that `@vscode/test-electron` writes; what has no counterpart in a browser is left out. */
export function parseDesktopArguments(argv: readonly string[]): DesktopArguments {
  const values: (readonly [name: string, value: string])[] = [];
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? '';
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name === undefined) values.push(['open', argument]);
    else if (VALUED.has(name)) values.push([name, value ?? argv[++index] ?? '']);
  }

  const all = (name: string): string[] => values.filter(([key]) => key === name).map(([, value]) => value);
  const path = (name: string): string | undefined =>
    all(name)
      .map(value => resolve(value))
      .at(-1);
  const uri = (name: string): string | undefined =>
    all(name)
      .map(value => fileURLToPath(value))
      .at(-1);
  return {
    developmentPaths: all('extensionDevelopmentPath').map(value => resolve(value)),
    testsPath: path('extensionTestsPath'),
    userDataDir: path('user-data-dir'),
    extensionsDir: path('extensions-dir'),
    open: path('open') ?? uri('folder-uri') ?? uri('file-uri'),
  };
}
