import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult, Progress } from '@modelcontextprotocol/sdk/types.js';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DIST } from '../../scripts/support/paths.ts';
import type { FindingAnswer, ListFindingsAnswer } from '../../server/src/mcp/outputs.ts';
import { cacheFolder } from '../cli/run-cli.ts';

/** A coding assistant as the server sees it. */
export interface Assistant {
  readonly client: Client;
  /** Calls a tool; the client holds the structured content to the schema that the server promised. */
  readonly call: (
    tool: string,
    inputs?: Readonly<Record<string, unknown>>,
    onProgress?: (step: Progress) => void,
  ) => Promise<Reply>;
  /** The findings that fit. @throws Error when the tool refuses */
  readonly findings: (inputs?: Readonly<Record<string, unknown>>) => Promise<readonly FindingAnswer[]>;
}

/** What a tool answered. */
export interface Reply {
  readonly text: string;
  readonly structured: unknown;
  readonly isError: boolean;
}

/** Starts the built server in a folder and shakes hands with it; it is ended with the test. */
export async function startMcp(cwd: string, words: readonly string[] = []): Promise<Assistant> {
  const cache = cacheFolder();
  const client = new Client({ name: 'bookseller', version: '1' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [join(DIST, 'cli.js'), 'mcp', ...words],
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: cache, XDG_CACHE_HOME: cache },
  });
  onTestFinished(() => client.close());
  await client.connect(transport);
  // With the list comes the schema of each answer.
  await client.listTools();

  const call: Assistant['call'] = async (name, inputs = {}, onprogress) => {
    const options = onprogress ? { onprogress } : {};
    const result = await client.callTool({ name, arguments: { ...inputs } }, undefined, options);
    // Of the two forms that a result may have, ours is the one with content.
    const { content, structuredContent, isError = false } = result as CallToolResult;
    const texts = content.map(part => (part.type === 'text' ? part.text : part.type));
    return { text: texts.join('\n'), structured: structuredContent, isError };
  };
  const findings: Assistant['findings'] = async inputs => {
    const { text, structured, isError } = await call('list_findings', inputs);
    if (isError) throw new Error(text);
    // The client has held it to its schema.
    return (structured as ListFindingsAnswer).findings;
  };
  return { client, call, findings };
}
