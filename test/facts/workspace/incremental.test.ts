import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FunctionId, PythonWorkspace } from '../../../server/src/core/python-index.ts';
import type { PythonOutline } from '../../../server/src/core/python-outline.ts';
import { blockingAnalysis, type BlockingSummary } from '../../../server/src/facts/effects/blocking-analysis.ts';
import {
  createPythonWorkspace,
  type LivePythonWorkspace,
} from '../../../server/src/facts/workspace/python-workspace.ts';
import type { PythonParser } from '../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../support/example-workspace.ts';
import { inWords, outlineOf } from './linked.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

/** For each file what may stand in it: of each list one, in order. What that means depends on the other files. */
const SLOTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'shop/__init__.py': [['', 'from .http import *', 'from .orders import *\nfrom .stock import fetch']],
  'shop/http.py': [
    ['import httpx, time, functools', 'import httpx, time, functools\nfrom shop.stock import *'],
    [
      'client = httpx.Client(timeout=5)',
      'client = make()',
      'from shop.stock import client',
      'print()\nclient = make()',
    ],
    [
      'def make():\n    return httpx.Client()',
      'def make():\n    return fetch()',
      'def make():\n    return counted(1)',
      '',
    ],
    [
      'def counted(f):\n    def inner(*a):\n        return f(*a)\n    return inner',
      'def counted(f):\n    def inner(*a):\n        return 1\n    return inner',
      'def counted(f):\n    return f',
      '',
    ],
    [
      'def fetch():\n    time.sleep(1)\n    return client',
      'def fetch():\n    return make()',
      '@counted\ndef fetch():\n    return client.get("/")',
    ],
    [
      'class Api:\n    def __init__(self):\n        self.client = make()\n    def read(self):\n        return self.load()\n    def load(self):\n        return self.client.get("/")',
      'class Api:\n    client = client\n    def read(self):\n        return fetch()',
      'class Api:\n    @property\n    def client(self):\n        return fetch()\n    def load(self):\n        return self.client.get("/")',
    ],
    ['api = Api()', 'api = fetch()', ''],
  ],
  'shop/stock.py': [
    [
      'from shop.http import *',
      'from shop.http import Api, fetch, make, api, client',
      'from shop import *',
      'from shop.orders import *',
    ],
    ['def count():\n    fetch()\n    return api.read()', 'def count():\n    return total()', 'count = fetch'],
    ['', 'client = make()', 'def make():\n    return count()', 'def fetch():\n    open("a").read()'],
  ],
  'shop/orders.py': [
    ['from shop.http import Api, api\nfrom shop.stock import count', 'from shop.stock import *'],
    [
      'class Orders(Api):\n    pass',
      'class Orders(Api):\n    def read(self):\n        return super().read()',
      'class Orders(Api):\n    def load(self):\n        return count()',
    ],
    ['def total():\n    return count()', 'def total():\n    return Orders().read()', 'total = count'],
    [
      'async def serve(orders: Orders, one: Api):\n    total()\n    orders.read()\n    one.read()\n    one.load()\n    api.load()',
    ],
  ],
  'shop/patch.py': [
    [
      '',
      'from shop import http\nhttp.fetch = print',
      'from shop.http import Api\nApi.read = print',
      'from shop.orders import Orders\nOrders.load = print',
      'from shop.http import api\napi.client = None',
      'import shop.stock\nshop.stock.count = print',
    ],
  ],
};

interface Edit {
  readonly path: string;
  /** `undefined`: the file goes. */
  readonly text: string | undefined;
}

const textOf = (slots: readonly (readonly string[])[]): fc.Arbitrary<string> =>
  fc.tuple(...slots.map(choices => fc.constantFrom(...choices))).map(blocks => blocks.join('\n'));

const edits: fc.Arbitrary<Edit> = fc.oneof(
  ...Object.entries(SLOTS).map(([path, slots]) =>
    fc.record({ path: fc.constant(path), text: fc.option(textOf(slots), { nil: undefined, freq: 12 }) }),
  ),
);

/** All files at first, then edits of one or two. */
const rounds = fc
  .tuple(
    fc.tuple(...Object.entries(SLOTS).map(([path, slots]) => textOf(slots).map((text): Edit => ({ path, text })))),
    fc.array(fc.array(edits, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 6 }),
  )
  .map(([first, others]) => [first, ...others]);

/** Everything that a workspace says, with names in place of numbers. */
function sayings(workspace: PythonWorkspace): readonly string[] {
  const { index, graph } = workspace;
  const outline = (path: string): PythonOutline => index.outline(path) ?? expect.fail(`there is no ${path}`);
  const said: string[] = [];
  for (const { path, calls } of index.outlines) {
    for (const call of calls) {
      const target = index.calleeOf(path, call);
      const made = target && 'origin' in target ? target.origin : undefined;
      said.push(`${path} ${call.range.start} ${call.calleeText}: ${inWords(target, outline)} ${JSON.stringify(made)}`);
    }
  }
  const nameOf = (id: FunctionId): string =>
    `${graph.pathOf(id)} ${graph.functionOf(id).qualifiedName}@${graph.indexOf(id)}`;
  for (const id of graph.ids()) {
    const edges = graph.callsFrom(id).map(({ call, callee }) => `${call.index}>${nameOf(callee)}`);
    const callers = graph.callsTo(id).map(({ call, caller }) => `${nameOf(caller)}:${call.index}`);
    const externals = graph.externalCalls(id).map(({ call, target }) => `${call.index}>${target.symbol}`);
    const unknown = graph.unknownCalls(id).map(({ index: number }) => number);
    said.push(`${nameOf(id)} ${edges.join()} | ${callers.sort().join()} | ${externals.join()} | ${unknown.join()}`);
    said.push(`${nameOf(id)} ${summaryInWords(workspace.summaries(blockingAnalysis).of(id), nameOf)}`);
  }
  const { calls, examined } = workspace.blockedCalls();
  return [...said.sort(), JSON.stringify(calls), String(examined)];
}

function summaryInWords(summary: BlockingSummary, nameOf: (id: FunctionId) => string): string {
  return JSON.stringify(summary, (key, value: unknown) => (key === 'callee' ? nameOf(Number(value)) : value));
}

/** The least solution, by going over all functions until nothing changes. */
function naiveSummaries({ graph }: PythonWorkspace): ReadonlyMap<FunctionId, BlockingSummary> {
  const known = new Map([...graph.ids()].map(id => [id, blockingAnalysis.initial(id, graph)]));
  const of = (id: FunctionId): BlockingSummary => known.get(id) ?? blockingAnalysis.initial(id, graph);
  for (let isSettled = false; !isSettled;) {
    isSettled = true;
    for (const id of known.keys()) {
      const next = blockingAnalysis.transfer(id, graph, of);
      if (blockingAnalysis.equals(of(id), next)) continue;
      known.set(id, next);
      isSettled = false;
    }
  }
  return known;
}

function fresh(outlines: Iterable<PythonOutline>): LivePythonWorkspace {
  const workspace = createPythonWorkspace();
  workspace.update({ put: outlines, removed: [] }, ['']);
  return workspace;
}

describe('a workspace that follows edits', () => {
  test('says what a new workspace over the same files says', () => {
    fc.assert(
      fc.property(rounds, steps => {
        const workspace = fresh([]);
        const files = new Map<string, PythonOutline>();
        for (const step of steps) {
          const put = new Map<string, PythonOutline>();
          const removed = new Set<string>();
          for (const { path, text } of step) {
            if (text === undefined) {
              put.delete(path);
              removed.add(path);
              files.delete(path);
            } else {
              removed.delete(path);
              put.set(path, outlineOf(parser, path, text));
            }
          }
          for (const [path, outline] of put) files.set(path, outline);
          workspace.update({ put: put.values(), removed }, ['']);
          expect(sayings(workspace)).toEqual(sayings(fresh([...files.values()].sort(() => -1))));
        }
      }),
      { numRuns: 50 },
    );
  });

  test('has the same summaries, whoever was asked about before', () => {
    const asked = fc.infiniteStream(fc.boolean());
    fc.assert(
      fc.property(rounds, asked, (steps, isAsked) => {
        const workspace = fresh([]);
        for (const step of steps) {
          const texts = new Map(step.map(({ path, text }) => [path, text]));
          const removed = [...texts].flatMap(([path, text]) => (text === undefined ? [path] : []));
          const put = [...texts].flatMap(([path, text]) => (text === undefined ? [] : [outlineOf(parser, path, text)]));
          workspace.update({ put, removed }, ['']);
          for (const id of workspace.graph.ids()) {
            if (isAsked.next().value === true) workspace.summaries(blockingAnalysis).of(id);
          }
        }
        const summaries = workspace.summaries(blockingAnalysis);
        for (const [id, summary] of naiveSummaries(workspace)) expect(summaries.of(id)).toEqual(summary);
      }),
      { numRuns: 50 },
    );
  });

  test('has the least summaries', () => {
    fc.assert(
      fc.property(rounds, all => {
        const files = new Map(all.flat().map(({ path, text }) => [path, outlineOf(parser, path, text ?? '')]));
        const workspace = fresh(files.values());
        const summaries = workspace.summaries(blockingAnalysis);
        for (const [id, summary] of naiveSummaries(workspace)) expect(summaries.of(id)).toEqual(summary);
      }),
      { numRuns: 50 },
    );
  });
});

describe('an edit', () => {
  const HTTP = 'import httpx\nclient = httpx.Client()\ndef fetch():\n    return client.get("/")\n';
  const LOOKING = 'from shop.http import fetch\ndef offer():\n    return fetch().json()\n';
  const texts = {
    'shop/http.py': HTTP,
    'shop/stock.py': 'from shop.http import fetch\ndef count():\n    return fetch()\n',
    'shop/orders.py': 'from shop.stock import count\ndef total():\n    return count()\n',
  };
  const open = (): LivePythonWorkspace =>
    fresh(Object.entries(texts).map(([path, text]) => outlineOf(parser, path, text)));
  const edit = (workspace: LivePythonWorkspace, path: string, text: string): readonly string[] =>
    [...workspace.update({ put: [outlineOf(parser, path, text)], removed: [] }, [''])].sort();

  test('that moves lines links its own file alone', () => {
    expect(edit(open(), 'shop/http.py', `# Talks to the shop.\n\n${HTTP}`)).toEqual(['shop/http.py']);
  });

  test('of a function’s body links its own file alone', () => {
    const text = HTTP.replace('"/"', '"/orders" if late else "/"');
    expect(edit(open(), 'shop/http.py', text)).toEqual(['shop/http.py']);
  });

  test('of what a function gives back links the files that look at it, and not those that only call it', () => {
    const text = HTTP.replace('return client', 'return [] or client');
    const workspace = open();
    workspace.update({ put: [outlineOf(parser, 'shop/desk.py', LOOKING)], removed: [] });
    expect(edit(workspace, 'shop/http.py', text)).toEqual(['shop/desk.py', 'shop/http.py']);
  });

  test('of how a function can be called links the files that call it', () => {
    const text = HTTP.replace('def fetch', 'async def fetch');
    expect(edit(open(), 'shop/http.py', text)).toEqual(['shop/http.py', 'shop/stock.py']);
  });

  test('evaluates the functions anew whose summary may have changed, and no others', () => {
    const workspace = open();
    for (const id of workspace.graph.ids()) workspace.summaries(blockingAnalysis).of(id);
    const before = workspace.summaries(blockingAnalysis).evaluated;
    edit(workspace, 'shop/http.py', `import os\n${HTTP}`);
    expect(workspace.summaries(blockingAnalysis).evaluated - before).toBe(1);
    edit(workspace, 'shop/http.py', HTTP.replace('client.get("/")', '1'));
    expect(workspace.summaries(blockingAnalysis).evaluated - before).toBe(4);
  });

  test('of nothing at all changes nothing', () => {
    const workspace = open();
    expect([...workspace.update({ put: [], removed: ['shop/lost.py'] }, [''])]).toEqual([]);
  });
});
