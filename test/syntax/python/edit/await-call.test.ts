import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { applyEdits, type TextEdit } from '../../../../server/src/core/text.ts';
import type { PythonParser } from '../../../../server/src/syntax/python/parser.ts';
import {
  awaitSleep,
  moveToThread,
  type EventLoopLibrary,
} from '../../../../server/src/syntax/python/edit/await-call.ts';
import { createTestExtractor } from '../../../support/example-workspace.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

type Edit = typeof moveToThread;

/** Applies an edit to the call that starts with `callee`; undefined where it is refused. */
function edited(edit: Edit, text: string, call: string, library: EventLoopLibrary): string | undefined {
  const start = text.indexOf(call);
  const source = parser.parse('shop/orders.py', text);
  const edits: readonly TextEdit[] | undefined = edit(source, { start, end: start + call.length }, library);
  return edits && applyEdits(text, edits);
}

const newline = fc.constantFrom('\n', '\r\n');
const indentation = fc.constantFrom('    ', '  ', '\t');
const header = fc.constantFrom(
  '',
  '"""Orders of the shop."""\n\n',
  '#!/usr/bin/env python3\n# Orders of the shop.\n\n',
  '"""Orders."""\n\nfrom __future__ import annotations\n\n',
);
const imports = fc.constantFrom(
  'import requests\n',
  'import os\n\nimport requests\n',
  'import asyncio\n\nimport requests\n',
  'import asyncio as loops\nimport requests\n',
  'from asyncio import to_thread\n\nimport requests\n',
  'import requests  # prices come over HTTP\nfrom shop import books\n',
);
const values = fc.array(
  fc.constantFrom(
    'url',
    '"https://prices.example"',
    'timeout=5',
    '*rest',
    'headers={"a": "b"}',
    'f(x)',
    '**options',
    'n := 3',
  ),
  { maxLength: 4 },
);
/** Positional arguments first, as the grammar asks for. */
const argumentsOfCall = values.map(list => {
  const rank = (value: string): number => (value.startsWith('**') ? 2 : /^\w+=[^=]/.test(value) ? 1 : 0);
  const unique = [...new Set(list)].filter(value => value !== 'n := 3' || list.length === 1);
  return unique.sort((left, right) => rank(left) - rank(right));
});
const layout = fc.constantFrom('inline', 'hanging', 'aligned', 'commented');

function writeCall(list: readonly string[], how: string, step: string): string {
  const inner = step + step;
  if (list.length === 0) return how === 'commented' ? `requests.get(  # nothing to say\n${step})` : 'requests.get()';
  switch (how) {
    case 'inline':
      return `requests.get(${list.join(', ')})`;
    case 'hanging':
      return `requests.get(\n${list.map(value => `${inner}${value},\n`).join('')}${step})`;
    case 'aligned':
      return `requests.get(${list.join(`,\n${inner}         `)})`;
    default:
      return `requests.get(  # the price\n${list.map(value => `${inner}# why\n${inner}${value},  # because\n`).join('')}${step})`;
  }
}

const usage = fc.constantFrom(
  (call: string) => call,
  (call: string) => `price = ${call}`,
  (call: string) => `return ${call}`,
  (call: string) => `price = ${call}.json()["price"]`,
  (call: string) => `price = ${call}[0]`,
  (call: string) => `print(${call}, end="")`,
  (call: string) => `price: int = -${call} ** 2`,
  (call: string) => `if not ${call}: pass`,
  (call: string) => `prices = {"a": ${call}}`,
  (call: string) => `price = (${call} if url else 0)`,
  (call: string) => `yield ${call}`,
);

test('a call that is moved to a thread keeps its arguments, comments and line ends, in a file that parses', () => {
  fc.assert(
    fc.property(
      header,
      imports,
      argumentsOfCall,
      layout,
      usage,
      indentation,
      newline,
      (top, names, list, how, use, step, end) => {
        const call = writeCall(list, how, step);
        const body = `async def load(url, f, x, *rest, **options):\n${step}${use(call)}\n`;
        const text = `${top}${names}\n\n${body}`.replaceAll('\n', end);
        const written = call.replaceAll('\n', end);
        fc.pre(parser.parse('a.py', text).syntaxErrors.length === 0);
        const result = edited(moveToThread, text, written, 'asyncio');
        if (result === undefined) throw new Error('The call was refused.');

        expect(parser.parse('a.py', result).syntaxErrors).toEqual([]);
        expect(result).toMatch(/await (asyncio\.|loops\.)?to_thread\(/);
        for (const value of list) expect(result).toContain(value);
        expect(result.match(/#[^\r\n]*/g) ?? []).toEqual(text.match(/#[^\r\n]*/g) ?? []);
        expect(result.replaceAll(end, '')).not.toMatch(/[\r\n]/);
        expect(result).not.toContain('requests.get(');
        expect(result.match(/import asyncio|from asyncio/g)).toHaveLength(1);
      },
    ),
    { numRuns: 400 },
  );
});

test('a sleep that is awaited leaves a file that parses, with one import of asyncio and none that is unused', () => {
  const sleepImports = fc.constantFrom(
    ['import time\n', 'time.sleep'],
    ['import os\nimport time\n', 'time.sleep'],
    ['from time import sleep\n', 'sleep'],
    ['from time import monotonic, sleep\n\nprint(monotonic())\n', 'sleep'],
    ['import asyncio\nimport time as clock\n', 'clock.sleep'],
    ['import time\n\nimport requests\n\nprint(time.monotonic(), requests)\n', 'time.sleep'],
  );
  fc.assert(
    fc.property(header, sleepImports, indentation, newline, (top, [names = '', callee = ''], step, end) => {
      const text = `${top}${names}\n\nasync def rest():\n${step}${callee}(5)  # a while\n`.replaceAll('\n', end);
      const result = edited(awaitSleep, text, `${callee}(5)`, 'asyncio');
      if (result === undefined) throw new Error('The sleep was refused.');

      expect(parser.parse('a.py', result).syntaxErrors).toEqual([]);
      expect(result).toContain(`${step}await asyncio.sleep(5)  # a while${end}`);
      expect(result.match(/import asyncio/g)).toHaveLength(1);
      expect(/import .*\b(time|clock|sleep)\b/.test(result)).toBe(names.includes('print(time'));
      expect(result.replaceAll(end, '')).not.toMatch(/[\r\n]/);
      // Two blank lines still stand before the function.
      expect(result).toContain(`${end}${end}${end}async def`);
    }),
  );
});

test.each([
  ['a synchronous function', 'def load(url):\n    return requests.get(url)\n'],
  ['a lambda', 'async def load(url):\n    return lambda: requests.get(url)\n'],
  ['a comprehension', 'async def load(urls):\n    return [requests.get(url) for url in urls]\n'],
  ['a default', 'async def load(url=requests.get(url)):\n    return url\n'],
  ['a decorator', '@requests.get(url)\nasync def load():\n    pass\n'],
  ['a class in a coroutine', 'async def load(url):\n    class Page:\n        body = requests.get(url)\n'],
  ['an `await` of somebody else', 'async def load(shop, url):\n    await shop.wait([requests.get(url)])\n'],
  ['what takes coroutines, perhaps', 'async def load(shop, url):\n    shop.create_task(requests.get(url))\n'],
  ['a runner that is given more', 'async def load(url):\n    await asyncio.to_thread(requests.get(url), 3)\n'],
  [
    'the second `for` of a comprehension',
    'async def load(urls):\n    return [p for url in urls for p in requests.get(url)]\n',
  ],
  ['a lock', 'async def load(url):\n    with price_lock:\n        requests.get(url)\n'],
  ['a lock that is made on the way', 'async def load(url):\n    with locked(url):\n        requests.get(url)\n'],
  ['another meaning of the name', 'async def load(url):\n    asyncio = 3\n    requests.get(url)\n'],
  ['broken code', 'async def load(url):\n    x = (requests.get(url) + \n'],
])('refuses to await in %s', (_, body) => {
  expect(edited(moveToThread, `import requests\n\n\n${body}`, 'requests.get(url)', 'asyncio')).toBeUndefined();
});

test.each([
  ['that share a line, on that line', 'load(\n        title, stock=stock\n    )', 'load, title, stock=stock\n    )'],
  [
    'that have a line each, on another',
    'load(\n        title,\n        2,\n    )',
    'load,\n        title,\n        2,\n    )',
  ],
])('a function joins arguments %s', (_, call, expected) => {
  const text = `import asyncio\n\nasync def order(title, stock):\n    await stock\n    return ${call}\n`;
  expect(edited(moveToThread, text, call, 'asyncio')).toContain(`asyncio.to_thread(\n        ${expected}`);
});

test.each([
  ['await requests.get(url)', 'await asyncio.to_thread(requests.get, url)'],
  ['[p for p in requests.get(url).json()]', '[p for p in (await asyncio.to_thread(requests.get, url)).json()]'],
  ['asyncio.gather(requests.get(url), b)', 'asyncio.gather(asyncio.to_thread(requests.get, url), b)'],
  [
    'asyncio.gather(*[requests.get(url) for url in urls])',
    'asyncio.gather(*[asyncio.to_thread(requests.get, url) for url in urls])',
  ],
  [
    'asyncio.gather(*(requests.get(url) for url in urls))',
    'asyncio.gather(*(asyncio.to_thread(requests.get, url) for url in urls))',
  ],
  ['group.create_task(requests.get(url))', 'group.create_task(asyncio.to_thread(requests.get, url))'],
  ['asyncio.to_thread(requests.get(url))', 'asyncio.to_thread(requests.get, url)'],
  ['loop.run_in_executor(None, requests.get(url))', 'loop.run_in_executor(None, requests.get, url)'],
  ['asyncio.to_thread(save, requests.get(url))', 'asyncio.to_thread(save, await asyncio.to_thread(requests.get, url))'],
])('`%s` waits for the call once', (expression, expected) => {
  const text = `import asyncio\nimport requests\n\nasync def load(url, urls, b, group, loop):\n    return ${expression}\n`;
  expect(edited(moveToThread, text, 'requests.get(url)', 'asyncio')).toContain(`return ${expected}\n`);
});

test('keyword arguments reach a function that is called too early, in ways that its runner knows', () => {
  const head = 'import asyncio\nimport requests\n\nasync def load(url, loop):\n    await ';
  const call = 'requests.get(url, timeout=5)';
  expect(edited(moveToThread, `${head}asyncio.to_thread(${call})\n`, call, 'asyncio')).toContain(
    'await asyncio.to_thread(requests.get, url, timeout=5)',
  );
  expect(edited(moveToThread, `${head}loop.run_in_executor(None, ${call})\n`, call, 'asyncio')).toContain(
    'await loop.run_in_executor(None, partial(requests.get, url, timeout=5))',
  );
});

test('a sleep that is awaited or scheduled is replaced where it stands', () => {
  const text = (body: string): string => `import asyncio\nimport time\n\nasync def load():\n    ${body}\n`;
  expect(edited(awaitSleep, text('await time.sleep(1)'), 'time.sleep(1)', 'asyncio')).toContain(
    '    await asyncio.sleep(1)\n',
  );
  expect(edited(awaitSleep, text('asyncio.create_task(time.sleep(1))'), 'time.sleep(1)', 'asyncio')).toContain(
    'asyncio.create_task(asyncio.sleep(1))',
  );
  expect(edited(awaitSleep, text('asyncio.to_thread(time.sleep(1))'), 'time.sleep(1)', 'asyncio')).toBeUndefined();
});

test('a line that would grow too long is broken, and one that was too long before is left', () => {
  const call = (argument: string): string => `requests.get(f"{host}/prices", params=parameters, ${argument}=5)`;
  const text = (argument: string): string =>
    `import asyncio\nimport requests\n\nasync def load(host, parameters):\n    answer = ${call(argument)}\n    return answer\n`;
  const short = 'a'.repeat(20);
  expect(edited(moveToThread, text(short), call(short), 'asyncio')).toContain(
    `    answer = await asyncio.to_thread(\n        requests.get, f"{host}/prices", params=parameters, ${short}=5\n    )\n`,
  );
  const long = 'a'.repeat(100);
  expect(edited(moveToThread, text(long), call(long), 'asyncio')).toContain(`${long}=5)\n`);
});

test('an asynchronous `with` and one over a file hold no lock', () => {
  const body =
    'async def load(url):\n    async with lock:\n        with open(url) as file:\n            requests.get(url)\n';
  expect(edited(moveToThread, `import requests\n\n\n${body}`, 'requests.get(url)', 'asyncio')).toContain(
    'await asyncio.to_thread(requests.get, url)',
  );
});

test('trio takes keyword arguments through functools.partial, in any layout', () => {
  fc.assert(
    fc.property(argumentsOfCall, layout, newline, (list, how, end) => {
      const call = writeCall(list, how, '    ').replaceAll('\n', end);
      const text =
        `import requests\nimport trio\n\n\nasync def load(url, f, x, *rest, **options):\n    ${call}\n`.replaceAll(
          /\r?\n/g,
          end,
        );
      fc.pre(parser.parse('a.py', text).syntaxErrors.length === 0);
      const result = edited(moveToThread, text, call, 'trio');
      if (result === undefined) throw new Error('The call was refused.');

      expect(parser.parse('a.py', result).syntaxErrors).toEqual([]);
      const hasNames = list.some(value => /^(\w+=[^=]|\*\*)/.test(value));
      expect(result.includes('trio.to_thread.run_sync(partial(')).toBe(hasNames);
      expect(result.includes('from functools import partial')).toBe(hasNames);
    }),
    { numRuns: 200 },
  );
});
