import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExceptionHandlerFact } from '../../../server/src/core/facts/exception-handler.ts';
import { extractPythonFacts } from '../../../server/src/facts/python/extract.ts';
import { createPythonParser } from '../../../server/src/syntax/python/parser.ts';

const resolve = createRequire(import.meta.url).resolve;
const parser = await createPythonParser({
  runtime: readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm')),
  grammar: readFileSync(resolve('tree-sitter-python/tree-sitter-python.wasm')),
});

function handlersIn(text: string): readonly ExceptionHandlerFact[] {
  return extractPythonFacts(parser.parse('shop.py', text), 'source').facts.exceptionHandler ?? [];
}

/** The handler of `try: sell()` with a head and a body of lines. */
function handler(head: string, ...body: readonly string[]): ExceptionHandlerFact | undefined {
  return handlersIn(`try:\n    sell()\n${head}\n${body.map(line => `    ${line}\n`).join('')}`)[0];
}

test.each([
  ['except:', 'bare', []],
  ['except Exception:', 'exception', ['builtins.Exception']],
  ['except BaseException as error:', 'baseException', ['builtins.BaseException']],
  ['except (KeyError, Exception):', 'exception', ['builtins.KeyError', 'builtins.Exception']],
  ['except EnvironmentError:', 'narrow', ['builtins.OSError']],
  ['except* ValueError:', 'narrow', ['builtins.ValueError']],
  ['except (*RETRIED, KeyError):', 'unknown', [undefined, 'builtins.KeyError']],
])('%s is %s', (head, breadth, types) => {
  expect(handler(head, 'pass')).toMatchObject({ breadth, types });
});

test('the head ends before the colon', () => {
  const text = 'try:\n    sell()\nexcept (KeyError, ValueError) as error:  # odd\n    pass\n';
  const [found] = handlersIn(text);
  expect(text.slice(found?.headRange.start, found?.headRange.end)).toBe('except (KeyError, ValueError) as error');
});

test('a name for a tuple of types is followed', () => {
  const [found] = handlersIn('LOST = (KeyError, OSError)\ntry:\n    sell()\nexcept LOST:\n    pass\n');
  expect(found?.types).toEqual(['builtins.KeyError', 'builtins.OSError']);
});

test.each([
  [['raise'], true],
  [['if late:', '    raise', 'raise ShopError() from None'], true],
  [['if late:', '    raise', 'else:', '    raise ShopError()'], true],
  [['if late:', '    raise'], false],
  [['try:', '    undo()', 'finally:', '    raise'], true],
  [['raise_for_shop(1)'], true],
  [['return None'], false],
])('%j raises on every path: %s', (body, reraises) => {
  expect(handler('except Exception:', ...body)?.conduct.reraises).toBe(reraises);
});

test('a function of the file that always raises counts as raising', () => {
  const [found] = handlersIn(
    'def fail():\n    log()\n    raise ShopError()\n\ntry:\n    sell()\nexcept OSError:\n    fail()\n',
  );
  expect(found?.conduct).toMatchObject({ reraises: true, endsAlways: true });
});

test.each([
  ['return error', true, true],
  ['errors.append(error)', true, true],
  ['return str(error)', true, false],
  ['self.last = f"{error}"', true, false],
  ['message = str(error); print(message)', false, undefined],
  ['if isinstance(error, KeyError): pass', false, undefined],
  ['print(error)', false, undefined],
])('%s hands the error on: %s, as a whole: %s', (line, handedOn, whole) => {
  const [found] = handlersIn(`def f(self):\n    try:\n        sell()\n    except OSError as error:\n        ${line}\n`);
  expect(found?.conduct.handsErrorOn).toBe(handedOn);
  expect(found?.conduct.handsErrorOnWhole).toBe(whole === true ? true : undefined);
});

test('a name that is read after the handler hands the error on', () => {
  const [found] = handlersIn(
    'def f():\n    last = None\n    try:\n        sell()\n    except OSError as error:\n        last = error\n    return last\n',
  );
  expect(found?.conduct.handsErrorOn).toBe(true);
});

test.each([
  ['main', true],
  ['__exit__', true],
  ['on_message', true],
  ['price_of', false],
])('a function named %s is a boundary: %s', (name, boundary) => {
  expect(
    handlersIn(`def ${name}(a):\n    try:\n        sell()\n    except OSError:\n        pass\n`)[0]?.boundary,
  ).toBe(boundary);
});

test('a function that a thread runs is a boundary', () => {
  const [found] = handlersIn(
    'import threading\ndef pack():\n    try:\n        sell()\n    except OSError:\n        pass\nthreading.Thread(target=pack).start()\n',
  );
  expect(found?.boundary).toBe(true);
});

test('a handler inside another logs an error of its own', () => {
  const body = ['try:', '    undo()', 'except OSError:', '    logging.exception("lost")'];
  const [outer] = handlersIn(
    `import logging\ntry:\n    sell()\nexcept KeyError:\n${body.map(line => `    ${line}\n`).join('')}`,
  );
  expect(outer?.conduct.logs).toEqual([]);
});

test('every cut of a file gives facts, and their ranges lie in it', () => {
  const text = [
    'import contextlib, logging',
    'logger = logging.getLogger(__name__)',
    'def f(cart):',
    '    with contextlib.suppress(Exception):',
    '        cart.close()',
    '    try:',
    '        cart.pay()',
    '    except (KeyError, *LOST) as error:  # odd',
    '        logger.error("lost: %s", error, exc_info=True)',
    '    except* OSError:',
    '        raise ShopError from error',
    '    except:',
    '        return {}',
  ].join('\n');
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(text.length), (a, b) => {
      const cut = text.slice(0, Math.min(a, b)) + text.slice(Math.max(a, b));
      for (const { range, headRange } of handlersIn(cut)) {
        expect(range.start).toBeLessThanOrEqual(headRange.start);
        expect(headRange.end).toBeLessThanOrEqual(cut.length);
      }
    }),
    { numRuns: 150 },
  );
});
