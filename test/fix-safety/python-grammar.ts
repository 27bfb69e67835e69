import fc from 'fast-check';

/** How a generated file is written down. */
interface Style {
  readonly indent: string;
  readonly newline: string;
  readonly quote: string;
  readonly finalNewline: boolean;
}

/** A statement before it has an indentation. */
type Statement =
  | { readonly kind: 'simple'; readonly lines: readonly string[]; readonly comment: string; readonly above: string }
  | {
      readonly kind: 'compound';
      readonly heads: readonly string[];
      readonly bodies: readonly (readonly Statement[])[];
      readonly onOneLine: boolean;
      readonly above: string;
    }
  /** Two simple statements on one line. */
  | { readonly kind: 'joined'; readonly parts: readonly [string, string] };

/** Statements that rules have fixes for, in many layouts; `>` is one more step of indentation. */
const BAIT: readonly (readonly string[])[] = [
  ['time.sleep(1)'],
  ['time . sleep( delay )'],
  ['nap(0.5)'],
  ['time.sleep(', '>delay,  # as long as the till needs', ')'],
  ['requests.get(url)'],
  ['page = requests.post(url, json={"book": 1})'],
  ['page = requests.get(', '>url,', '>headers={"Accept": "text/html"},  # no pictures', ')'],
  ['page = \\', '>requests.get(url)'],
  ['return requests.get(url, **options).json()'],
  ['page = requests.get(url,', '>params=options)'],
  ['client = httpx.Client(timeout=None)'],
  ['page = urllib.request.urlopen(url)'],
  ['session = aiohttp.ClientSession()'],
  ['subprocess.run(["print", url])'],
  ['subprocess.run(', '>["print", url],', '>check=True,', ')'],
  ['shelf = json.load(open(path))'],
  ['lines = open(path).read().splitlines()'],
  ['books = open(path)', 'count = len(books.read())', 'books.close()'],
  ['connection = sqlite3.connect(path)', 'rows = connection.execute("select 1").fetchall()', 'connection.close()'],
  ['API_KEY = "q8Zt3nV0xLrB5mKc7WdY2pHs"'],
  ['log.error("No book: %s", url)'],
];

/** Statements that every rule leaves alone. */
const PLAIN: readonly (readonly string[])[] = [
  ['pass'],
  ['shelf = {}  # type: dict[str, int]'],
  ['count = shelf.get(url, 0) + 1'],
  ['print("time.sleep(1)  # no code")'],
  ['total = (', '>1', '>+ 2', ')'],
  ['text = """first', 'second # not a comment', '"""'],
  ['raise ValueError(url)'],
  ['import time'],
  ['from time import sleep as nap'],
];

const COMMENTS = ['', '', '', '# shelf by shelf', '# noqa: E501', '# type: ignore', '#no space', '# ünïcode 📚'];

const HEADERS: readonly (readonly string[])[] = [
  ['import time'],
  ['import os, time'],
  ['from time import monotonic, sleep as nap'],
  ['from time import (', '>monotonic,  # for the till', '>sleep as nap,', ')'],
  ['import requests'],
  ['import requests  # type: ignore'],
  ['import httpx', 'import aiohttp'],
  ['import json', 'import sqlite3', 'import subprocess', 'import urllib.request'],
  ['import asyncio'],
  ['import asyncio as aio'],
  ['from asyncio import sleep, to_thread'],
  ['try:', '>import anyio', 'except ImportError:', '>anyio = None'],
  ['if TYPE_CHECKING:', '>import asyncio'],
  ['import logging', '', 'log = logging.getLogger(__name__)'],
  ['from loguru import logger as log'],
  ['from __future__ import annotations'],
  ['import threading', '', 'stop = threading.Event()'],
  ['TIMEOUT = 5'],
];

const DOCSTRING = ['"""The shop.', '', 'It sells books.', '"""'];

function simple(texts: readonly (readonly string[])[]): fc.Arbitrary<Statement> {
  return fc
    .record({ lines: fc.constantFrom(...texts), comment: comment(), above: comment() })
    .map(({ lines, ...rest }) => ({ kind: 'simple', lines, ...rest }));
}

function comment(): fc.Arbitrary<string> {
  return fc.constantFrom(...COMMENTS);
}

const SHORT = [...BAIT, ...PLAIN]
  .filter(lines => lines.length === 1)
  .map(([line = '']) => line)
  .filter(line => !line.includes('#'));

const joined: fc.Arbitrary<Statement> = fc
  .tuple(fc.constantFrom(...SHORT), fc.constantFrom(...SHORT))
  .map(parts => ({ kind: 'joined', parts }));

const { block } = fc.letrec<{ block: readonly Statement[]; compound: Statement }>(tie => ({
  block: fc.array(
    fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { arbitrary: simple(BAIT), weight: 5 },
      { arbitrary: simple(PLAIN), weight: 3 },
      { arbitrary: joined, weight: 1 },
      { arbitrary: tie('compound'), weight: 3 },
    ),
    { minLength: 1, maxLength: 4, depthIdentifier: 'block' },
  ),
  compound: fc
    .record({
      heads: fc.constantFrom<readonly string[]>(
        ['if url:'],
        ['if url:', 'else:'],
        ['for book in shelf:'],
        ['while True:'],
        ['while not stop.is_set():'],
        ['with open(path) as books:'],
        ['try:', 'except:'],
        ['try:', 'except:  # whatever happens'],
        ['try:', 'except Exception:'],
        ['try:', 'except Exception as error:', 'finally:'],
        ['try:', 'except ValueError:', 'except:', 'else:'],
        ['try:', 'except (KeyError, requests.RequestException):'],
        ['def inner(url=url):'],
        ['async def inner(url):'],
        ['@cached', 'def decorated(url):'],
      ),
      bodies: fc.array(tie('block'), { minLength: 4, maxLength: 4 }),
      onOneLine: fc.boolean(),
      above: comment(),
    })
    .map(compound => ({ kind: 'compound', ...compound })),
}));

const style: fc.Arbitrary<Style> = fc.record({
  indent: fc.constantFrom('    ', '  ', '\t'),
  newline: fc.constantFrom('\n', '\n', '\r\n'),
  quote: fc.constantFrom('"', "'"),
  finalNewline: fc.boolean(),
});

interface Definition {
  readonly heads: readonly string[];
  readonly body: readonly Statement[];
  readonly docstring: boolean;
}

const definition: fc.Arbitrary<Definition> = fc.record({
  heads: fc.constantFrom<readonly string[]>(
    ['def restock(url, path, delay=1, **options):'],
    ['async def restock(url, path, delay=1, **options):'],
    ['async def restock(', '>url,', '>path,  # of the list', '>delay=1,', '>**options,', '):'],
    ['@app.get("/books")', 'async def restock(url: str, path: str, delay=1, **options) -> None:'],
    ['@cached  # for a day', '@app.get("/books")', 'def restock(url, path, delay=1, **options):'],
  ),
  body: block,
  docstring: fc.boolean(),
});

/** Well-formed Python files full of code that rules find fault with. */
export const pythonFiles: fc.Arbitrary<string> = fc
  .record({
    style,
    docstring: fc.boolean(),
    headers: fc.subarray([...HEADERS]),
    definitions: fc.array(definition, { minLength: 1, maxLength: 2 }),
    main: fc.option(block),
    head: comment(),
  })
  .map(file => {
    const isFuture = (lines: readonly string[]): boolean => lines[0]?.startsWith('from __future__') === true;
    const headers = [...file.headers.filter(isFuture), ...file.headers.filter(lines => !isFuture(lines))];
    const lines = [
      ...(file.head === '' ? [] : [file.head]),
      ...(file.docstring ? DOCSTRING : []),
      ...headers.flatMap(header => header),
      ...file.definitions.flatMap(one => ['', '', ...renderDefinition(one)]),
      // A bare `return` or `await` has no place in a module.
      ...(file.main ? ['', '', ...renderBlock(atTop(file.main))] : []),
    ];
    return write(lines, file.style);
  });

function renderDefinition({ heads, body, docstring }: Definition): readonly string[] {
  const inner = [...(docstring ? ['"""Fills the shelf."""'] : []), ...renderBlock(body)];
  return [...heads, ...inner.map(shift)];
}

function renderBlock(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(render);
}

function render(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case 'joined':
      return [statement.parts.join('; ')];
    case 'simple': {
      const { lines, comment, above } = statement;
      const last = lines.at(-1) ?? '';
      const ends =
        comment === '' || last.includes('#') || lines[0]?.endsWith('\\') === true ? last : `${last}  ${comment}`;
      return [...(above === '' ? [] : [above]), ...lines.slice(0, -1), ends];
    }
    case 'compound':
      return renderCompound(statement);
  }
}

function renderCompound({ heads, bodies, onOneLine, above }: Statement & { kind: 'compound' }): readonly string[] {
  const lines: string[] = above === '' ? [] : [above];
  for (const [index, head] of heads.entries()) {
    lines.push(head);
    if (!head.includes(':') || head.startsWith('@')) continue;
    const body = bodies[index] ?? [];
    const [only] = body;
    const isShort = only?.kind === 'simple' && only.lines.length === 1 && !head.includes('#');
    if (onOneLine && isShort) lines[lines.length - 1] = `${head} ${only.lines[0] ?? ''}`;
    else lines.push(...renderBlock(body).map(shift));
  }
  return lines;
}

/** What may stand outside of functions. */
function atTop(statements: readonly Statement[]): readonly Statement[] {
  const returns = (lines: readonly string[]): boolean => lines.some(line => line.startsWith('return '));
  return statements.flatMap((statement): Statement[] => {
    switch (statement.kind) {
      case 'simple':
        return [returns(statement.lines) ? { ...statement, lines: ['pass'] } : statement];
      case 'joined':
        return returns(statement.parts) ? [] : [statement];
      case 'compound':
        return [{ ...statement, bodies: statement.bodies.map(body => orPass(atTop(body))) }];
    }
  });
}

function orPass(statements: readonly Statement[]): readonly Statement[] {
  return statements.length > 0 ? statements : [{ kind: 'simple', lines: ['pass'], comment: '', above: '' }];
}

/** One step to the right; the lines of a long string stay where they are. */
function shift(line: string): string {
  const isInString = line === '"""' || line.startsWith('second #');
  return line === '' || isInString ? line : `>${line}`;
}

function write(lines: readonly string[], { indent, newline, quote, finalNewline }: Style): string {
  const written = lines.map(line => {
    const steps = /^>*/.exec(line)?.[0].length ?? 0;
    const code = line.slice(steps);
    return (
      indent.repeat(steps) +
      (quote === "'" && !code.includes('"""') && !code.includes("'") ? code.replaceAll('"', "'") : code)
    );
  });
  return written.join(newline) + (finalNewline ? newline : '');
}
