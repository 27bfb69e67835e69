import { expect, test } from 'vitest';
import { folderWith, writeFiles } from '../workspace/temp-folder.ts';
import { cacheFolder, runCli } from './run-cli.ts';

const ORDERS = [
  'import corp.http',
  'from corp.db import query',
  'from corp.pool import Connection',
  '',
  '',
  'async def load(order):',
  '    return query(order)',
  '',
  '',
  'def send(order):',
  '    connection = Connection(order)',
  '    connection.push(order)',
  '    return corp.http.get(order.url)',
  '',
].join('\n');

const CONFIGURATION = [
  'knowledge:',
  '  blocking: [corp.db.query]',
  '  http: { corp.http.get: { timeoutArgument: deadline } }',
  '  resources: [corp.pool.Connection]',
  '',
].join('\n');

test('rules judge libraries of one’s own as soon as they are taught, cached results or not', async () => {
  const cwd = folderWith({ 'shop/orders.py': ORDERS, 'readiness.yaml': '' });
  const options = { cwd, env: { XDG_CACHE_HOME: cacheFolder() } };
  expect(await runCli(['check'], options)).toMatchObject({ code: 0, stderr: '' });

  writeFiles(cwd, { 'readiness.yaml': CONFIGURATION });
  const { stdout, stderr } = await runCli(['check', '--format', 'json'], options);
  const { findings } = JSON.parse(stdout) as { findings: { ruleId: string; message: string }[] };
  expect(stderr).toBe('');
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(['async-blocking-call', 'resource-not-closed', 'http-timeout']);
  expect(findings.at(-1)?.message).toContain('Pass `deadline`');
  expect((await runCli(['check', '--fix-suggested', '--diff'], options)).stdout).toContain(
    '+    return corp.http.get(order.url, deadline=30)',
  );
});

test('exceptions of one’s own library narrow a handler', async () => {
  const cwd = folderWith({
    'shop/orders.py':
      'from corp import api\n\n\ndef load(order):\n    try:\n        return api.fetch(order)\n    except Exception:\n        return None\n',
    'readiness.yaml': 'knowledge: { raises: { corp.api.fetch: [corp.api.ApiError, OSError] } }\n',
  });
  const { stdout } = await runCli(['check', '--fix-suggested', '--diff', '--rule', 'broad-except'], { cwd });
  expect(stdout).toContain('+    except (OSError, api.ApiError):');
});

test('names that a module of the workspace lacks are pointed out, those of other packages are not', async () => {
  const cwd = folderWith({
    'corp/__init__.py': '',
    'corp/db.py': 'def query(order):\n    return order\n',
    'readiness.yaml': 'knowledge:\n  blocking: [corp.db.query, corp.db.qeury, corp.dbb.query, other.db.query]\n',
  });
  const { stderr } = await runCli(['check'], { cwd });
  expect(stderr).toBe(
    'readiness.yaml:2:29  There is no `qeury` in `corp/db.py`, so what is said of `corp.db.qeury` has no effect.\n' +
      'readiness.yaml:2:44  There is no `dbb` in `corp/__init__.py`, so what is said of `corp.dbb.query` has no effect.\n',
  );
});
