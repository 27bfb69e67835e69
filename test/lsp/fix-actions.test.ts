import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CodeAction, CodeActionContext, Range, WorkspaceEdit } from 'vscode-languageserver/node';
import { folderWith } from '../workspace/temp-folder.ts';
import { applyTo, rangeOf } from './edits.ts';
import { startServer, uriOf, VSCODE_LIKE, withChangeAnnotations } from './language-client.ts';

const PRICES = [
  'import requests',
  '',
  '',
  'def price(url: str) -> str:',
  '    try:',
  '        return requests.get(url).text',
  '    except:',
  '        return ""',
  '',
  '',
  'def stock(url: str) -> str:',
  '    return requests.get(url).text',
  '',
].join('\n');
const TIMED = PRICES.replaceAll('get(url)', 'get(url, timeout=30)');
const INVOKED: Partial<CodeActionContext> = { triggerKind: 1 };

test('a rule is fixed in the whole workspace, after the client has asked', async () => {
  const { actions, resolve, paths } = await openShop({ 'prices.py': PRICES, 'worker/prices.py': PRICES });

  const action = titled(await actions(rangeOf(PRICES, 'requests.get(')), 'Fix all `http-timeout` in the workspace');
  const { edit } = await resolve(action);

  for (const path of paths) expect(applyTo(PRICES, uriOf(path), edit)).toBe(TIMED);
  expect(Object.values(edit?.changeAnnotations ?? {})).toMatchObject([{ needsConfirmation: true }]);
});

test('a rule is not offered for the whole workspace to a client without a preview, or for one file', async () => {
  const plain = await openShop({ 'prices.py': PRICES, 'worker/prices.py': PRICES }, VSCODE_LIKE);
  const single = await openShop({ 'prices.py': PRICES });

  for (const { actions } of [plain, single]) {
    const titles = (await actions(rangeOf(PRICES, 'requests.get('))).map(({ title }) => title);
    expect(titles.filter(title => title.includes('workspace'))).toEqual([]);
  }
});

test('a selection is fixed, and what lies outside of it stays', async () => {
  const { actions, resolve, paths } = await openShop({ 'prices.py': PRICES });
  const selection: Range = { start: { line: 3, character: 0 }, end: { line: 8, character: 0 } };

  const { edit } = await resolve(titled(await actions(selection), 'in the selection'));
  const fixed = applyTo(PRICES, uriOf(paths[0]!), edit);

  expect(fixed).toContain('        return requests.get(url, timeout=30).text\n    except requests.RequestException:\n');
  expect(fixed).toContain('    return requests.get(url).text\n');
});

test('a cursor is no selection', async () => {
  const { actions } = await openShop({ 'prices.py': PRICES });

  const titles = (await actions(rangeOf(PRICES, 'requests.get('))).map(({ title }) => title);

  expect(titles.filter(title => title.includes('selection'))).toEqual([]);
});

test('an editor that can selects the value that a person should choose', async () => {
  const { workspace, ...rest } = withChangeAnnotations(VSCODE_LIKE);
  const workspaceEdit = { ...workspace?.workspaceEdit, snippetEditSupport: true };
  const capabilities = { ...rest, workspace: { ...workspace, workspaceEdit } };
  const { actions } = await openShop({ 'prices.py': PRICES }, capabilities);

  const { edit } = titled(await actions(rangeOf(PRICES, 'requests.get(')), 'Add a timeout of 30 seconds');

  expect(snippetsOf(edit)).toEqual([', timeout=${1:30}']);
});

test('fixing on save comes with its edit at once, and mends the text as it is', async () => {
  const { actions, paths } = await openShop({ 'prices.py': PRICES });

  const [action] = await actions(rangeOf(PRICES, PRICES), { only: ['source.fixAll.readiness'], triggerKind: 2 });

  // A busy machine may need longer than saving may take; then there is nothing.
  if (action) expect(applyTo(PRICES, uriOf(paths[0]!), action.edit)).toContain('except requests.RequestException:');
  expect(action?.data).toBeUndefined();
});

test('a fix that can’t be built is shown with the reason to somebody who asks for it', async () => {
  const text = 'import requests\n\nrequests.get(url for url in ["https://shop.example/orders"])\n';
  const { actions } = await openShop({ 'orders.py': text });

  const asked = await actions(rangeOf(text, 'requests.get('), INVOKED);
  const passing = await actions(rangeOf(text, 'requests.get('));

  expect(asked.filter(({ disabled }) => disabled)).toMatchObject([{ title: 'Readiness: Fix `http-timeout`' }]);
  expect(passing.filter(({ disabled }) => disabled)).toEqual([]);
});

test('a client with the command for it may accept a finding in the baseline', async () => {
  const { actions, paths } = await openShop({ 'prices.py': PRICES }, undefined, { commands: ['readiness.accept'] });

  const { command, edit } = titled(await actions(rangeOf(PRICES, 'requests.get(')), 'in the baseline');

  expect(edit).toBeUndefined();
  expect(command).toMatchObject({
    command: 'readiness.accept',
    arguments: [{ uri: uriOf(paths[0]!), ruleId: 'http-timeout', range: rangeOf(PRICES, 'requests.get') }],
  });
});

async function openShop(
  files: Readonly<Record<string, string>>,
  capabilities = withDisabledActions(),
  initializationOptions?: unknown,
) {
  const shop = folderWith(files);
  const client = await startServer({ folders: [shop], capabilities, initializationOptions });
  await client.scanned();
  const paths = Object.keys(files).map(path => join(shop, path));
  const [first] = paths;
  await client.open(first!, Object.values(files)[0]!);
  await client.diagnostics(first!, ({ version }) => version === 1);
  return {
    paths,
    actions: (range: Range, context?: Partial<CodeActionContext>) => client.actions(first!, range, context),
    resolve: (action: CodeAction) => client.connection.sendRequest<CodeAction>('codeAction/resolve', action),
  };
}

function withDisabledActions(): typeof VSCODE_LIKE {
  const { textDocument, ...rest } = withChangeAnnotations(VSCODE_LIKE);
  return {
    ...rest,
    textDocument: { ...textDocument, codeAction: { ...textDocument?.codeAction, disabledSupport: true } },
  };
}

function snippetsOf(edit: WorkspaceEdit | undefined): readonly string[] {
  const edits = (edit?.documentChanges ?? []).flatMap(change => ('edits' in change ? change.edits : []));
  return edits.flatMap(one => ('snippet' in one ? [one.snippet.value] : []));
}

function titled(actions: readonly CodeAction[], part: string): CodeAction {
  const action = actions.find(({ title }) => title.includes(part));
  if (!action) throw new Error(`No action says "${part}": ${actions.map(({ title }) => title).join(' | ')}`);
  return action;
}
