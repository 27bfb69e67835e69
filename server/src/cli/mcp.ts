import { RULE_NAMES, VERSION } from '../product.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { CommandLine } from './parse-command-line.ts';
import { createPlaces } from './places.ts';
import { readText } from './read-text.ts';
import { readPage } from './rule-pages.ts';
import { readScanOptions } from './scan-options.ts';
import { openRoot } from './scan-root.ts';
import type { Terminal } from './terminal.ts';
import { selectRoots } from './workspace-roots.ts';

/** `readiness mcp`: serves the workspace root of a path until the client is gone. @throws UsageError for mistakes in the call */
export async function mcp(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const options = readScanOptions(line, terminal.cwd);
  const [selection] = await selectRoots([line.positionals[0] ?? '.'], terminal.cwd);
  if (!selection) return EXIT.mistake;
  const { root } = selection;

  // A bundle of its own: the other commands do without the protocol's library.
  const { serveMcp } = await import('../mcp/serve-mcp.ts');
  await serveMcp({
    version: VERSION,
    root,
    names: RULE_NAMES,
    openSession: () => openRoot(root, options, terminal),
    pageOf: readPage,
    createPlaces: () => createPlaces(root, root),
    readText,
    note: text => {
      terminal.note(text);
    },
  });
  return EXIT.clean;
}
