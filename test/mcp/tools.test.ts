import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/support/paths.ts';
import { PROJECT, REQUIREMENTS, RESTOCK } from '../cli/bookshop.ts';
import { runCli } from '../cli/run-cli.ts';
import { folderWith, git, writeFiles } from '../workspace/temp-folder.ts';
import { startMcp } from './mcp-client.ts';

const ORDERS = 'import requests\n\nrequests.get("https://shop.example/orders")\n';
const SHOP = {
  'stock/restock.py': RESTOCK,
  'orders.py': ORDERS,
  'pyproject.toml': PROJECT,
  'requirements.txt': REQUIREMENTS,
};

test('every tool says what it takes and gives, and that it changes nothing', async () => {
  const { client } = await startMcp(folderWith({}));

  const { tools } = await client.listTools();

  expect(tools.map(({ name }) => name)).toEqual(['list_findings', 'explain_rule', 'preview_fix', 'score']);
  for (const tool of tools) {
    expect(tool.annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
    expect(tool.inputSchema.additionalProperties).toBe(false);
    expect(tool.outputSchema?.properties).toBeDefined();
    expect(tool.description?.length).toBeGreaterThan(50);
  }
  expect(client.getInstructions()).toContain('list_findings');
});

test('findings come with the most urgent first, and with all that the other tools need', async () => {
  const { call, findings } = await startMcp(folderWith(SHOP));

  expect(await findings()).toMatchObject([
    { path: 'stock/restock.py', line: 4, column: 5, rule: 'async-blocking-sleep', priority: 'critical', fix: 'safe' },
    { path: 'orders.py', line: 3, rule: 'http-timeout', priority: 'high', fix: 'suggested' },
    { path: 'requirements.txt', line: 2, rule: 'dependency-conflict', priority: 'medium', related: [{}] },
  ]);
  const { text } = await call('list_findings', { limit: 1 });
  expect(text).toMatch(
    /^3 findings; the 1 most urgent:\nstock\/restock\.py:4:5 {2}critical {2}async-blocking-sleep {2}/,
  );
  expect(text).toMatch(/\n {4}fingerprint [0-9a-f]{16}, safe fix$/);
});

const FILTERS = [
  [{ path: 'stock' }, ['async-blocking-sleep']],
  [{ path: './stock/' }, ['async-blocking-sleep']],
  [{ path: 'orders.py' }, ['http-timeout']],
  [{ path: '.' }, ['async-blocking-sleep', 'http-timeout', 'dependency-conflict']],
  [{ rule: 'http-timeout' }, ['http-timeout']],
  [{ priority: 'high' }, ['async-blocking-sleep', 'http-timeout']],
  [{ limit: 2 }, ['async-blocking-sleep', 'http-timeout']],
  [{ path: 'stock', rule: 'http-timeout' }, []],
] as const;

test('each input narrows the list', async () => {
  const { findings } = await startMcp(folderWith(SHOP));

  for (const [inputs, rules] of FILTERS) {
    const found = await findings(inputs);
    expect(
      found.map(({ rule }) => rule),
      JSON.stringify(inputs),
    ).toEqual(rules);
  }
});

test('an absolute path inside the root is understood', async () => {
  const shop = folderWith(SHOP);
  const { findings } = await startMcp(shop);

  expect(await findings({ path: join(shop, 'orders.py') })).toMatchObject([{ path: 'orders.py' }]);
});

const REFUSALS = [
  ['list_findings', { path: '../till' }, 'path leads out of '],
  ['list_findings', { path: '/etc/passwd' }, 'path leads out of '],
  ['list_findings', { path: 'odrers.py' }, 'There is no such file or folder in '],
  ['list_findings', { path: 7 }, 'path has to be a text'],
  ['list_findings', { rule: 'http-timeot' }, 'There is no rule `http-timeot`. Did you mean `http-timeout`?'],
  ['list_findings', { priority: 'urgent' }, 'priority has to be one of critical, high, medium, low'],
  ['list_findings', { limit: 0 }, 'limit has to be a whole number from 1 to 500'],
  ['list_findings', { limit: 2.5 }, 'limit has to be a whole number from 1 to 500'],
  ['list_findings', { ruleId: 'http-timeout' }, 'Unknown input: ruleId; it takes path, rule, priority, limit.'],
  ['explain_rule', {}, 'rule has to be the id of a rule'],
  ['explain_rule', { rule: '../../package' }, 'There is no rule `../../package`.'],
  ['preview_fix', { fingerprint: 'orders.py:3' }, 'fingerprint has to be 16 hexadecimal digits'],
  [
    'preview_fix',
    { fingerprint: '0123456789abcdef' },
    'There is no open finding with the fingerprint 0123456789abcdef.',
  ],
  ['score', { path: 'orders.py' }, 'Unknown input: path; it takes none.'],
] as const;

test('what can not be answered is refused with a reason', async () => {
  const { call } = await startMcp(folderWith({ 'orders.py': ORDERS }));

  for (const [tool, inputs, reason] of REFUSALS) {
    const { text, isError } = await call(tool, inputs);
    expect(isError, text).toBe(true);
    expect(text).toContain(reason);
  }
});

test('a rule is explained with its page', async () => {
  const { call } = await startMcp(folderWith({}));

  const { text, structured } = await call('explain_rule', { rule: 'http-timeout' });

  const page = readFileSync(join(ROOT, 'rules/reliability/http-timeout/README.md'), 'utf8');
  expect(page).toContain(text.slice(text.indexOf('##')));
  expect(text).not.toContain('<!--');
  expect(structured).toMatchObject({ rule: 'http-timeout', aspect: 'reliability', fix: 'suggested', page: text });
});

test('the previewed diff is one that git applies, and then the finding is gone', async () => {
  const shop = folderWith(SHOP);
  const { call, findings } = await startMcp(shop);
  const [finding] = await findings({ rule: 'async-blocking-sleep' });

  const { structured, text } = await call('preview_fix', { fingerprint: finding?.fingerprint });

  expect(structured).toMatchObject({
    finding: { path: 'stock/restock.py', line: 4 },
    fixes: [{ applicability: 'safe' }],
  });
  expect(readFileSync(join(shop, 'stock/restock.py'), 'utf8')).toBe(RESTOCK);
  const [fix] = (structured as { fixes: { diff: string; title: string }[] }).fixes;
  expect(text).toContain(`${fix!.title} (safe fix):\n\n--- a/stock/restock.py`);
  writeFiles(shop, { 'fix.patch': fix!.diff });
  git(shop, 'apply', 'fix.patch');
  expect(await findings({ rule: 'async-blocking-sleep' })).toEqual([]);
  expect((await call('preview_fix', { fingerprint: finding?.fingerprint })).text).toContain(
    'It may be mended already.',
  );
});

test('findings in equal code are told apart by their line', async () => {
  const twice =
    'import requests\n\ndef load():\n    requests.get("https://shop.example/")\n    requests.get("https://shop.example/")\n';
  const { call, findings } = await startMcp(folderWith({ 'orders.py': twice }));
  const [first, second] = await findings();
  expect(first?.fingerprint).toBe(second?.fingerprint);
  const fingerprint = first?.fingerprint;

  expect((await call('preview_fix', { fingerprint })).text).toContain('pass a line: 4, 5.');
  expect((await call('preview_fix', { fingerprint, line: 9 })).text).toContain('is not in line 9, but in: 4, 5.');
  expect((await call('preview_fix', { fingerprint, line: 5 })).structured).toMatchObject({ finding: { line: 5 } });
});

test('no secret leaves with a fix, be it the finding or a neighbour', async () => {
  const secret = 'q8Zt2LvX0pRn4mWc7YaK9sDe';
  const code = ORDERS.replace('\n\n', `\n\nPAYMENT_API_KEY = "${secret}"\n\n`);
  const { call, findings } = await startMcp(folderWith({ 'orders.py': code }));

  const found = await findings();
  const replies = await Promise.all(found.map(({ fingerprint }) => call('preview_fix', { fingerprint })));

  expect(found.map(({ rule }) => rule)).toEqual(['hardcoded-secret', 'http-timeout']);
  expect(replies.map(({ isError }) => isError)).toEqual([false, false]);
  expect(JSON.stringify([found, replies])).not.toContain(secret);
  expect(replies[0]?.text).toContain('-PAYMENT_API_KEY = •••\n');
  expect(replies[1]?.text).toMatch(/\n PAYMENT_API_KEY = •••\n[^]*\n\+requests\.get\(.*timeout=/);
});

test('the score is the one of the command line, with the same arithmetic', async () => {
  const shop = folderWith(SHOP);
  const { call } = await startMcp(shop);

  const { text, structured } = await call('score');

  const { stdout } = await runCli(['score'], { cwd: shop });
  const { score } = JSON.parse((await runCli(['score', '--format', 'json'], { cwd: shop })).stdout) as {
    score: object;
  };
  expect(`${text}\n`).toBe(stdout);
  expect(structured).toMatchObject({
    root: shop,
    counts: { critical: 1, high: 1, medium: 1, low: 0 },
    ...{ value: (score as { value: number }).value, level: null, wanted: 'standard' },
  });
});
