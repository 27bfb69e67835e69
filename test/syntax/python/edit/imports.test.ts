import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { applyEdits } from '../../../../server/src/core/text.ts';
import { addConstant, constantsSeenFrom } from '../../../../server/src/syntax/python/edit/constants.ts';
import { ensureImport } from '../../../../server/src/syntax/python/edit/ensure-import.ts';
import { removeUnusedImport } from '../../../../server/src/syntax/python/edit/remove-unused-import.ts';
import type { PythonParser } from '../../../../server/src/syntax/python/parser.ts';
import { createTestExtractor } from '../../../support/example-workspace.ts';

let parser: PythonParser;
beforeAll(async () => {
  ({ parser } = await createTestExtractor());
});

interface Ensured {
  readonly localName: string;
  readonly text: string;
}

/** Ensures an import at the mark `@`, which is taken out first. */
function ensured(marked: string, module: string, name?: string): Ensured | undefined {
  const offset = marked.indexOf('@');
  const text = marked.replace('@', '');
  const source = parser.parse('shop.py', text);
  const found = ensureImport(source, name === undefined ? { module } : { module, name }, offset);
  return found && { localName: found.localName, text: applyEdits(text, found.edits) };
}

describe('ensureImport', () => {
  test.each([
    ['an empty file', '@order()\n', 'import asyncio\n\norder()\n'],
    ['a docstring', '"""Shop."""\n@order()\n', '"""Shop."""\n\nimport asyncio\n\norder()\n'],
    ['imports in order', 'import abc\nimport time\n@order()\n', 'import abc\nimport asyncio\nimport time\norder()\n'],
    [
      'future imports',
      'from __future__ import annotations\n\nimport httpx\n@order()\n',
      'from __future__ import annotations\n\nimport asyncio\n\nimport httpx\norder()\n',
    ],
    [
      'a head comment and one that belongs to the code',
      '#!/usr/bin/env python\n# Shop\n\n# Orders.\ndef order():\n    @pass\n',
      '#!/usr/bin/env python\n# Shop\n\nimport asyncio\n\n# Orders.\ndef order():\n    pass\n',
    ],
    ['line ends of Windows', 'import time\r\n@order()\r\n', 'import asyncio\r\nimport time\r\norder()\r\n'],
    ['a byte order mark', '\uFEFF@order()\n', '\uFEFFimport asyncio\n\norder()\n'],
  ])('adds the import in its place after %s', (_, before, after) => {
    expect(ensured(before, 'asyncio')).toEqual({ localName: 'asyncio', text: after });
  });

  test.each([
    ['an alias', 'import asyncio as aio\n@x', 'asyncio', undefined, 'aio'],
    ['the module of a name', 'import aiohttp\n@x', 'aiohttp', 'ClientTimeout', 'aiohttp.ClientTimeout'],
    ['a name with an alias', 'from aiohttp import ClientTimeout as T\n@x', 'aiohttp', 'ClientTimeout', 'T'],
    ['a submodule with an alias', 'import xml.etree.ElementTree as ET\n@x', 'xml.etree', 'ElementTree', 'ET'],
    ['a submodule', 'from concurrent import futures\n@x', 'concurrent.futures', undefined, 'futures'],
    ['an import of the function', 'def f():\n    import asyncio\n    @x', 'asyncio', undefined, 'asyncio'],
    ['an import below a function', 'def f():\n    @x\n\nimport asyncio\n', 'asyncio', undefined, 'asyncio'],
  ])('uses what is imported already: %s', (_, text, module, name, localName) => {
    expect(ensured(text, module, name)).toEqual({ localName, text: text.replace('@', '') });
  });

  test.each([
    ['one line', 'from aiohttp import ClientSession', 'from aiohttp import ClientSession, ClientTimeout'],
    ['order', 'from aiohttp import ClientSession, web', 'from aiohttp import ClientSession, ClientTimeout, web'],
    [
      'brackets and comments',
      'from aiohttp import (\n    ClientSession,  # the session\n)',
      'from aiohttp import (\n    ClientSession,  # the session\n    ClientTimeout,\n)',
    ],
  ])('adds a name to an import of the same module: %s', (_, before, after) => {
    expect(ensured(`${before}\n@x`, 'aiohttp', 'ClientTimeout')?.text).toBe(`${after}\nx`);
  });

  test.each([
    [
      'between its neighbours',
      'from aiohttp import ClientSession\nfrom aiohttp import web\nimport zoo',
      'from aiohttp import ClientSession\nfrom aiohttp import ClientTimeout\nfrom aiohttp import web\nimport zoo',
    ],
    [
      'of a module that gives one name so far',
      'from abc import ABC\nfrom abc import abstractmethod\n\nfrom aiohttp import ClientSession',
      'from abc import ABC\nfrom abc import abstractmethod\n\nfrom aiohttp import ClientSession\nfrom aiohttp import ClientTimeout',
    ],
  ])('gives a name a statement of its own where the file does: %s', (_, before, after) => {
    expect(ensured(`${before}\n@x`, 'aiohttp', 'ClientTimeout')?.text).toBe(`${after}\nx`);
  });

  test('writes names over several lines where one gets too long', () => {
    const names = ['BasicAuth', 'ClientConnectorError', 'ClientSession', 'ServerTimeoutError', 'web'];
    const longer = [...names.slice(0, 3), 'ClientTimeout', ...names.slice(3)].map(name => `    ${name},\n`).join('');
    expect(ensured(`from aiohttp import ${names.join(', ')}\n@x`, 'aiohttp', 'ClientTimeout')?.text).toBe(
      `from aiohttp import (\n${longer})\nx`,
    );
  });

  test.each([
    ['a variable of the module', 'asyncio = 1\n@x'],
    ['a parameter', 'def f(asyncio):\n    @x'],
    ['an import that may fail', 'try:\n    import asyncio\nexcept ImportError:\n    pass\n@x'],
    ['an import for type checkers', 'if TYPE_CHECKING:\n    import asyncio\n@x'],
    ['another module of that name', 'from shop import asyncio\n@x'],
    ['code that runs before the imports', 'x@\n"""no docstring"""\nimport time\n'],
  ])('refuses where the name is not free: %s', (_, text) => {
    expect(ensured(text, 'asyncio')).toBeUndefined();
  });

  test.each([
    [
      'beside names of the same package',
      'from sqlalchemy import text\n\nfrom alembic import command\nfrom bookshop.books import Book\n',
      'from sqlalchemy import text\nfrom sqlalchemy.exc import SQLAlchemyError\n\nfrom alembic import command\nfrom bookshop.books import Book\n',
    ],
    [
      'before the imports of the project itself',
      'import os\n\nfrom pydantic import BaseModel\nfrom bookshop.books import Book\nfrom zoo import Animal\n',
      'import os\n\nfrom pydantic import BaseModel\nfrom sqlalchemy.exc import SQLAlchemyError\nfrom bookshop.books import Book\nfrom zoo import Animal\n',
    ],
  ])('puts a package %s', (_, before, after) => {
    const source = parser.parse('src/bookshop/orders.py', `${before}\norder()\n`);
    const wanted = { module: 'sqlalchemy.exc', name: 'SQLAlchemyError' };
    const found = ensureImport(source, wanted, source.text.indexOf('order()'));
    expect(applyEdits(source.text, found?.edits ?? [])).toBe(`${after}\norder()\n`);
  });

  test('refuses a package that the file takes care not to need', () => {
    const text = 'try:\n    from aiohttp import ClientSession\nexcept ImportError:\n    ClientSession = None\n@x';
    expect(ensured(text, 'aiohttp', 'ClientTimeout')).toBeUndefined();
  });

  const line = fc.constantFrom(
    'import os',
    'import time  # clocks',
    'import httpx as http',
    'from shop import orders, books',
    'from . import stock',
    'from collections import (\n    deque,  # queue\n    OrderedDict,\n)',
    'import os; import sys',
    '# A comment.',
    '',
    'LIMIT = 3',
    'if LIMIT:\n    import json',
  );
  const file = fc
    .tuple(
      fc.constantFrom('', '"""Shop."""\n', '#!/usr/bin/env python\n', '# -*- coding: utf-8 -*-\n"""Shop."""\n'),
      fc.constantFrom('', 'from __future__ import annotations\n'),
      fc.array(line, { maxLength: 6 }),
      fc.constantFrom('\n', '\r\n'),
    )
    .map(([head, future, lines, newline]) =>
      `${head}${future}${lines.map(one => `${one}\n`).join('')}def order():\n    return 1\n`.replaceAll('\n', newline),
    );
  const wanted = fc.constantFrom(
    { module: 'asyncio' },
    { module: 'contextlib', name: 'closing' },
    { module: 'collections', name: 'Counter' },
    { module: 'aiohttp', name: 'ClientTimeout' },
    { module: '.stock', name: 'shelf' },
  );

  test('leaves any file parseable, keeps its other lines, and has nothing to add the second time', () => {
    fc.assert(
      fc.property(file, wanted, (text, one) => {
        const offset = text.indexOf('return');
        const first = ensureImport(parser.parse('shop.py', text), one, offset);
        expect(first).toBeDefined();
        const result = applyEdits(text, first?.edits ?? []);
        const source = parser.parse('shop.py', result);
        expect(source.syntaxErrors).toEqual([]);
        expect(ensureImport(source, one, result.indexOf('return'))).toEqual({ localName: first?.localName, edits: [] });
        const newline = text.includes('\r\n') ? '\r\n' : '\n';
        const unmatched = result.split(newline);
        for (const old of text.split(newline)) {
          if (old.startsWith('from collections')) continue;
          expect(unmatched).toContain(old);
        }
        expect(result.includes('\r\n') && /[^\r]\n/.test(result)).toBe(false);
      }),
    );
  });
});

describe('removeUnusedImport', () => {
  /** Removes an import when the text `gone` goes. */
  function removed(text: string, name: string, gone: string): string {
    const start = text.indexOf(gone);
    const source = parser.parse('shop.py', text);
    return applyEdits(text, removeUnusedImport(source, name, [{ start, end: start + gone.length }]));
  }

  test.each([
    ['a line of its own', 'import os\nimport time\n\ntime.sleep(os.n)\n', 'import os\n\ntime.sleep(os.n)\n'],
    ['one of several', 'import os, time\ntime.sleep(os.n)\n', 'import os\ntime.sleep(os.n)\n'],
    ['the first of several', 'import time, os\ntime.sleep(os.n)\n', 'import os\ntime.sleep(os.n)\n'],
    ['the only one', 'import time\n\n\ntime.sleep(1)\n', 'time.sleep(1)\n'],
    ['one in a function', 'def f():\n  import time\n  time.sleep(1)\n', 'def f():\n  time.sleep(1)\n'],
    ['the last line', 'time.sleep(1)\n\n\nimport time\n', 'time.sleep(1)\n'],
    ['the last line without an end', 'time.sleep(1)\r\n\r\nimport time', 'time.sleep(1)'],
    ['one between blank lines', 'a = 1\n\nimport time\n\ntime.sleep(1)\n', 'a = 1\n\ntime.sleep(1)\n'],
  ])('removes %s', (_, before, after) => {
    expect(removed(before, 'time', 'time.sleep')).toBe(after);
  });

  test.each([
    ['a second use', 'import time\ntime.sleep(1)\ntime.time()\n'],
    ['a comment on its line', 'import time  # noqa: F401\ntime.sleep(1)\n'],
    ['a name in `__all__`', 'import time\n__all__ = ["time"]\ntime.sleep(1)\n'],
    ['an annotation in quotes', 'import time\ndef f(now: "time.struct_time"): ...\ntime.sleep(1)\n'],
    ['a branch that it would leave empty', 'if x:\n    import time\ntime.sleep(1)\n'],
    ['two imports of one name', 'import time\nimport time\ntime.sleep(1)\n'],
  ])('keeps an import with %s', (_, text) => {
    expect(removed(text, 'time', 'time.sleep')).toBe(text);
  });
});

describe('constants', () => {
  const accepts = (name: string): boolean => name.endsWith('TIMEOUT');

  test('finds numbers and imported names that mean the same at a place', () => {
    const text = 'from shop import API_TIMEOUT\nOWN_TIMEOUT = 5\nLIMIT = 3\ndef f():\n    order()\n';
    const source = parser.parse('shop.py', text);
    expect(constantsSeenFrom(source, text.indexOf('order'), accepts)).toEqual([
      { name: 'OWN_TIMEOUT', number: '5' },
      { name: 'API_TIMEOUT', number: undefined },
    ]);
  });

  test('leaves out names that are bound again, hidden by a function, or not there yet', () => {
    const text =
      'A_TIMEOUT = 1\nA_TIMEOUT = 2\nB_TIMEOUT = 3\ndef f(B_TIMEOUT):\n    order()\nstart()\nC_TIMEOUT = 4\n';
    const source = parser.parse('shop.py', text);
    expect(constantsSeenFrom(source, text.indexOf('order'), accepts).map(({ name }) => name)).toEqual(['C_TIMEOUT']);
    expect(constantsSeenFrom(source, text.indexOf('start'), accepts).map(({ name }) => name)).toEqual(['B_TIMEOUT']);
  });

  test('adds a constant after the imports, unless its name is taken or it would come too late', () => {
    const text = 'import requests\n\ndef f():\n    order()\n';
    const source = parser.parse('shop.py', text);
    const edits = addConstant(source, 'TIMEOUT', '30', [text.indexOf('order')]);
    expect(applyEdits(text, edits ?? [])).toBe('import requests\n\nTIMEOUT = 30\n\ndef f():\n    order()\n');
    expect(addConstant(parser.parse('shop.py', 'TIMEOUT = 1\n'), 'TIMEOUT', '30', [])).toBeUndefined();
    expect(addConstant(parser.parse('shop.py', 'order()\nimport requests\n'), 'TIMEOUT', '30', [0])).toBeUndefined();
  });
});
