/** What the page about assistants says is held to the server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/support/paths.ts';
import { parseCommandLine } from '../../server/src/cli/parse-command-line.ts';
import { folderWith } from '../workspace/temp-folder.ts';
import { startMcp } from './mcp-client.ts';

const PAGE = readFileSync(join(ROOT, 'docs/mcp.md'), 'utf8');

test('the page names the tools that there are, with their inputs', async () => {
  const { client } = await startMcp(folderWith({}));
  const { tools } = await client.listTools();

  const rows = [...PAGE.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)];

  expect(rows.map(([, name]) => name)).toEqual(tools.map(({ name }) => name));
  const inputs = [...(rows[0]?.[2] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect(inputs).toEqual(Object.keys(tools[0]?.inputSchema.properties ?? {}));
});

test('the snippets start the server', () => {
  const json = [...PAGE.matchAll(/```json \S+\n([^]*?)```/g)].map(([, text = '']) => JSON.parse(text) as object);
  const servers = json.map(file => Object.values(file)[0] as { readiness: { command: string; args: string[] } });
  const toml = /```toml [^]*?args = (\[.*\])/.exec(PAGE)?.[1] ?? '';
  const calls = [...servers.map(({ readiness }) => readiness.args), JSON.parse(toml) as string[]];

  expect(servers.map(({ readiness }) => readiness.command)).toEqual(['readiness', 'readiness', 'readiness']);
  expect(calls.map(words => parseCommandLine(words).command)).toEqual(['mcp', 'mcp', 'mcp', 'mcp']);
});
