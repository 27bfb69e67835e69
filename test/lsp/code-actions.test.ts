import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver/node';
import { folderWith } from '../workspace/temp-folder.ts';
import { applyTo, rangeOf, versionIn } from './edits.ts';
import { startServer, uriOf, type LanguageClient } from './language-client.ts';

const PRICES = [
  'import requests',
  '',
  '',
  'def price(url: str) -> str:',
  '    try:',
  '        return requests.get(url).text',
  '    except:',
  '        raise',
  '',
  '',
  'def stock(url: str) -> str:',
  '    return requests.get(url).text',
  '',
].join('\n');

test('a finding offers its fix, with the version that it was made for', async () => {
  const { client, path } = await openPrices(PRICES);

  const fix = titled(await client.actions(path, rangeOf(PRICES, 'requests.get(')), 'Add a timeout of 30 seconds');

  expect(fix).toMatchObject({ kind: 'quickfix', diagnostics: [{ code: 'http-timeout' }] });
  expect(fix.isPreferred).toBeUndefined();
  expect(versionIn(uriOf(path), fix.edit)).toBe(1);
  expect(applyTo(PRICES, uriOf(path), fix.edit)).toBe(PRICES.replace('get(url)', 'get(url, timeout=30)'));
});

test('a safe fix is the preferred one', async () => {
  const text = PRICES.replace('        raise\n', '        return ""\n');
  const { client, path } = await openPrices(text);
  const actions = await client.actions(path, rangeOf(text, 'except:'));

  const preferred = actions.filter(({ isPreferred }) => isPreferred);

  expect(preferred).toHaveLength(1);
  expect(applyTo(text, uriOf(path), preferred[0]?.edit)).toContain('except requests.RequestException:');
});

test('a fix is made for the text as it is, also right after a keystroke', async () => {
  const { client, path } = await openPrices(PRICES);
  const start = { line: 0, character: 0 };

  await client.change(path, 2, [{ range: { start, end: start }, text: '"""Prices of the bookshop."""\n' }]);
  const text = `"""Prices of the bookshop."""\n${PRICES}`;
  const fix = titled(await client.actions(path, rangeOf(text, 'requests.get(')), 'Add a timeout');

  expect(versionIn(uriOf(path), fix.edit)).toBe(2);
  expect(applyTo(text, uriOf(path), fix.edit)).toBe(text.replace('get(url)', 'get(url, timeout=30)'));
});

test('a client gets the kinds of actions that it asks for', async () => {
  const text = PRICES.replace('        raise\n', '        return ""\n');
  const { client, path } = await openPrices(text);
  const kinds = async (only: string[]) => {
    const actions = await client.actions(path, rangeOf(text, text), { only });
    return [...new Set(actions.map(({ kind }) => kind))];
  };

  expect(await kinds(['quickfix'])).toEqual(['quickfix']);
  expect(await kinds(['source.fixAll'])).toEqual(['source.fixAll.readiness']);
  expect(await kinds(['source.fixAll.readiness'])).toEqual(['source.fixAll.readiness']);
  expect(await kinds(['source.organizeImports', 'refactor'])).toEqual([]);
  expect(await kinds(['source.fixAll.ruff'])).toEqual([]);
});

test('fixing all of a rule is worked out only when it is chosen', async () => {
  const { client, path } = await openPrices(PRICES);
  const offered = titled(await client.actions(path, rangeOf(PRICES, 'requests.get(')), 'Fix all `http-timeout`');
  expect(offered.edit).toBeUndefined();

  const resolved = await client.connection.sendRequest<CodeAction>('codeAction/resolve', offered);

  expect(applyTo(PRICES, uriOf(path), resolved.edit)).toBe(PRICES.replaceAll('get(url)', 'get(url, timeout=30)'));
});

test('fixing everything on save applies safe fixes alone', async () => {
  const text = PRICES.replace('        raise\n', '        return ""\n');
  const { client, path } = await openPrices(text);
  const [action, ...others] = await client.actions(path, rangeOf(text, text), { only: ['source.fixAll'] });
  expect(others).toEqual([]);

  const resolved = await client.connection.sendRequest<CodeAction>('codeAction/resolve', action);
  const fixed = applyTo(text, uriOf(path), resolved.edit);

  expect(fixed).toContain('except requests.RequestException:');
  expect(fixed).not.toContain('timeout=');
});

test('an editor that names the diagnostics of the line gets their fixes, wherever its cursor is', async () => {
  const { client, path } = await openPrices(PRICES);
  const diagnostics = await client.diagnostics(path);
  const start = { line: 5, character: 0 };

  const actions = await client.actions(path, { start, end: start }, { diagnostics: diagnostics.slice(0, 1) });

  expect(titled(actions, 'Add a timeout').edit).toBeDefined();
});

test('a finding is suppressed on its line, with a reason to be filled in', async () => {
  const { client, path } = await openPrices(PRICES);
  const action = titled(
    await client.actions(path, rangeOf(PRICES, 'requests.get(')),
    'Ignore `http-timeout` on this line',
  );

  const resolved = await client.connection.sendRequest<CodeAction>('codeAction/resolve', action);
  const suppressed = applyTo(PRICES, uriOf(path), resolved.edit);
  await client.change(path, 2, [{ text: suppressed }]);

  expect(suppressed).toMatch(/ {2}# readiness: ignore\[http-timeout\] -- \S/);
  const left = await client.diagnostics(path, ({ version }) => version === 2);
  expect(left.filter(({ code }) => code === 'http-timeout')).toHaveLength(1);
});

test('a client with a command of its own asks for the reason, and the server applies the edit', async () => {
  const { client, path } = await openPrices(PRICES, { commands: ['readiness.suppress', 'readiness.openRule'] });
  const action = titled(
    await client.actions(path, rangeOf(PRICES, 'requests.get(')),
    'Ignore `http-timeout` in this file',
  );
  expect(action).toMatchObject({ command: { command: 'readiness.suppress' } });
  expect(action.edit).toBeUndefined();

  const target = action.command?.arguments?.[0] as object;
  const done = await client.connection.sendRequest('readiness/suppress', { ...target, reason: 'prices may be late' });

  expect(done).toBe(true);
  const suppressed = applyTo(PRICES, uriOf(path), client.applied.all[0]);
  expect(suppressed).toContain('# readiness: ignore-file[http-timeout] -- prices may be late\n');
  await client.change(path, 2, [{ text: suppressed }]);
  const left = await client.diagnostics(path, ({ version }) => version === 2);
  expect(left.map(({ code }) => code)).not.toContain('http-timeout');
});

test('suppressing a finding that is gone changes nothing', async () => {
  const { client, path } = await openPrices(PRICES);
  const range = rangeOf(PRICES, 'requests.get(');

  const params = { uri: uriOf(path), ruleId: 'http-timeout', fingerprint: 'gone', range, scope: 'line', reason: 'r' };

  expect(await client.connection.sendRequest('readiness/suppress', params)).toBe(false);
  expect(client.applied.all).toEqual([]);
});

async function openPrices(
  text: string,
  initializationOptions?: unknown,
): Promise<{ readonly client: LanguageClient; readonly path: string }> {
  const shop = folderWith({ 'prices.py': text });
  const client = await startServer({ folders: [shop], initializationOptions });
  const path = join(shop, 'prices.py');
  await client.open(path, text);
  await client.diagnostics(path, ({ version }) => version === 1);
  return { client, path };
}

function titled(actions: readonly CodeAction[], part: string): CodeAction {
  const action = actions.find(({ title }) => title.includes(part));
  if (!action) throw new Error(`No action says "${part}": ${actions.map(({ title }) => title).join(' | ')}`);
  return action;
}
