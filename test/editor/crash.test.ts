import * as assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { closeEverything, diagnosticsOf, findingOf, until } from './support.ts';
import { readinessApi } from './readiness-api.ts';
import { newFile } from './workspace-files.ts';

const STOCK = 'import requests\n\n\ndef stock(url: str) -> str:\n    return requests.get(url).text\n';

describe('A server that ends by itself', () => {
  afterEach(closeEverything);

  it('is started again, and knows what it knew', async function () {
    if (process.platform !== 'linux') this.skip();
    const api = await readinessApi();
    const { document } = await newFile('crashed_stock.py', STOCK);
    await findingOf('http-timeout', document.uri);
    const [server, ...others] = serversOfThisWindow();
    assert.ok(server !== undefined && others.length === 0, 'this window has one server');

    process.kill(server, 'SIGKILL');

    await until('another server', () => {
      const [next] = serversOfThisWindow();
      return next !== undefined && next !== server && api.snapshot().server === 'running';
    });
    await findingOf('http-timeout', document.uri);
    await until('the panel', async () => (await api.panel()).length > 1);
    assert.equal(diagnosticsOf(document.uri).length, 1, 'nothing is there twice');
  });
});

/** Processes that this extension host has started with the server's bundle; read from `/proc`. */
function serversOfThisWindow(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter(id => {
      try {
        const [parent] = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(1) ?? [];
        return Number(parent) === process.pid && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('server.js');
      } catch {
        // It is no process, or none any more.
        return false;
      }
    });
}
