import { beforeAll, describe, expect, test } from 'vitest';
import type { Extractor } from '../../../server/src/engine/extract.ts';
import { analyzeExample, createTestExtractor } from '../../support/example-workspace.ts';
import { link, outlineOf, type Texts } from './linked.ts';

let extractor: Extractor;
beforeAll(async () => {
  extractor = await createTestExtractor();
});

/** Findings of `http-timeout` as `file: code (places elsewhere)`. */
async function timeoutFindings(texts: Texts): Promise<readonly string[]> {
  const { findings } = await analyzeExample(extractor, new Map(Object.entries(texts)));
  const codeAt = (path: string, range: { start: number; end: number }): string =>
    `${path}: ${(texts[path] ?? '').slice(range.start, range.end)}`;
  return findings
    .filter(({ ruleId }) => ruleId === 'http-timeout')
    .map(({ path, range, related }) =>
      [codeAt(path, range), ...related.map(place => codeAt(place.path, place.range))].join(' < '),
    );
}

const HTTP = 'import httpx, requests\nclient = httpx.Client(timeout=None)\nsession = requests.Session()\n';
const ORDERS = 'from shop.http import client\ndef all(url):\n    return client.get(url)\n';

describe('a client without a timeout', () => {
  test('is reported once, where it is made, with its calls in other files', async () => {
    const texts = {
      'shop/http.py': `${HTTP}client.head("/")\n`,
      'shop/orders.py': ORDERS,
      'shop/stock.py':
        'from shop import http\ndef count():\n    http.client.post("/")\n    http.client.put("/", timeout=5)\n',
      'tests/test_orders.py': 'from shop.http import client\ndef test_orders():\n    client.delete("/")\n',
    };
    expect(await timeoutFindings(texts)).toEqual([
      'shop/http.py: httpx.Client < shop/http.py: client.head < shop/orders.py: client.get < shop/stock.py: http.client.post',
    ]);
  });

  test('needs none when each of its calls has one, wherever it stands', async () => {
    const texts = { 'shop/http.py': HTTP, 'shop/orders.py': ORDERS.replace('(url)\n', '(url, timeout=5)\n') };
    const orders = ORDERS.replace('client.get(url)', 'client.get(url, timeout=5)');
    expect(await timeoutFindings({ ...texts, 'shop/orders.py': orders })).toEqual([]);
  });

  test('may be one of a store, whose calls are shown as well', async () => {
    const texts = {
      'shop/cache.py': 'import redis\ncache = redis.from_url("redis://cache")\n',
      'shop/orders.py': 'from shop.cache import cache\ndef count():\n    return cache.incr("orders")\n',
    };
    expect(await timeoutFindings(texts)).toEqual(['shop/cache.py: redis.from_url < shop/orders.py: cache.incr']);
  });

  test('may wait on purpose in another file', async () => {
    const texts = {
      'shop/cache.py': 'import redis\ncache = redis.Redis()\n',
      'shop/orders.py': 'from shop.cache import cache\ndef wait():\n    return cache.blpop("orders")\n',
    };
    expect(await timeoutFindings(texts)).toEqual([]);
    expect(await timeoutFindings({ 'shop/cache.py': texts['shop/cache.py'] })).toHaveLength(1);
  });

  test('is reported where it is switched off for one call', async () => {
    const texts = {
      'shop/http.py': 'import httpx\nclient = httpx.Client(timeout=5)\n',
      'shop/orders.py': ORDERS.replace('client.get(url)', 'client.get(url, timeout=None)'),
    };
    expect(await timeoutFindings(texts)).toEqual(['shop/orders.py: client.get']);
  });
});

describe('a change', () => {
  const open = (texts: Texts): ReturnType<typeof link> => link(extractor.parser, texts);
  const texts = { 'shop/http.py': HTTP, 'shop/orders.py': ORDERS, 'shop/stock.py': 'def count(): pass\n' };

  test('of a use brings the file up that makes the client, when what is to be said of it changes', () => {
    const { workspace } = open(texts);
    const edit = (path: string, text: string): readonly string[] =>
      [...workspace.update({ put: [outlineOf(extractor.parser, path, text)], removed: [] })].sort();
    const key = (): string | undefined => workspace.linkedNames('shop/http.py')?.key;
    const before = key();
    expect(edit('shop/orders.py', `\n${ORDERS}`)).toEqual(['shop/http.py', 'shop/orders.py']);
    expect(key()).not.toBe(before);
    expect(edit('shop/orders.py', `\n${ORDERS}    # done\n`)).toEqual(['shop/orders.py']);
    expect(edit('shop/stock.py', 'from shop.http import client\nclient.timeout = 5\n')).toContain('shop/http.py');
    expect(edit('shop/orders.py', 'def all(url): pass\n')).toContain('shop/http.py');
  });

  test('of what is done to a session brings the files up that call it', () => {
    const orders = ORDERS.replaceAll('client', 'session');
    const { workspace } = open({ ...texts, 'shop/orders.py': orders });
    const before = workspace.linkedNames('shop/orders.py');
    const stock = 'from shop.http import session\nfrom shop.lost import patient\npatient(session)\n';
    const changed = workspace.update({ put: [outlineOf(extractor.parser, 'shop/stock.py', stock)], removed: [] });
    expect([...changed].sort()).toEqual(['shop/http.py', 'shop/orders.py', 'shop/stock.py']);
    expect(workspace.linkedNames('shop/orders.py')?.key).not.toBe(before?.key);
  });

  test('of a deleted file takes back what it did', () => {
    const { workspace } = open(texts);
    const used = workspace.linkedNames('shop/http.py')?.clients;
    expect(used?.usesOf(0).map(({ method }) => method)).toEqual(['get']);
    expect([...workspace.update({ put: [], removed: ['shop/orders.py'] })]).toContain('shop/http.py');
    expect(workspace.linkedNames('shop/http.py')?.clients?.usesOf(0) ?? []).toEqual([]);
  });
});
