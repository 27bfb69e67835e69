import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits } from '../../../../server/src/core/text.ts';
import { addLogger } from '../../../../server/src/syntax/python/edit/add-logger.ts';
import { logInExceptClause } from '../../../../server/src/syntax/python/edit/log-in-handler.ts';
import { createPythonParser } from '../../../../server/src/syntax/python/parser.ts';

const resolve = createRequire(import.meta.url).resolve;
const parser = await createPythonParser({
  runtime: readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm')),
  grammar: readFileSync(resolve('tree-sitter-python/tree-sitter-python.wasm')),
});

function log(text: string): string | undefined {
  const edits = logInExceptClause(parser.parse('shop.py', text), text.indexOf('except'), 'logger', 'Could not sell');
  return edits && applyEdits(text, edits);
}

function withLogger(text: string): string | undefined {
  const added = addLogger(parser.parse('shop.py', text), text.indexOf('except'));
  return added && applyEdits(text, added.edits);
}

test('pass gives way to the log call, and its comment stays', () => {
  expect(log('try:\n    sell()\nexcept OSError:\n    pass  # why\n')).toBe(
    'try:\n    sell()\nexcept OSError:\n    logger.exception("Could not sell")  # why\n',
  );
});

test('the quotes of the file are used', () => {
  expect(log("try:\n    sell('a')\nexcept OSError:\n    pass\n")).toContain("logger.exception('Could not sell')");
});

test('line endings and tabs are kept', () => {
  expect(log('try:\r\n\tsell()\r\nexcept OSError:\r\n\treturn None\r\n')).toBe(
    'try:\r\n\tsell()\r\nexcept OSError:\r\n\tlogger.exception("Could not sell")\r\n\treturn None\r\n',
  );
});

test('a body on the line of the clause moves to lines of its own', () => {
  expect(log('for a in b:\n  try: sell()\n  except OSError: continue\n')).toBe(
    'for a in b:\n  try: sell()\n  except OSError:\n    logger.exception("Could not sell")\n    continue\n',
  );
});

test('nothing is offered where no clause starts', () => {
  expect(logInExceptClause(parser.parse('shop.py', 'sell()\n'), 0, 'logger', 'x')).toBeUndefined();
});

test('a logger is made after the imports', () => {
  expect(withLogger('import os\n\n\ndef f():\n    try:\n        sell()\n    except OSError:\n        pass\n')).toBe(
    'import logging\nimport os\n\nlogger = logging.getLogger(__name__)\n\n\ndef f():\n    try:\n        sell()\n    except OSError:\n        pass\n',
  );
});

test('another name is taken where the first one is in use', () => {
  expect(withLogger('def f(logger):\n    try:\n        sell()\n    except OSError:\n        pass\n')).toContain(
    '_logger = logging.getLogger(__name__)',
  );
});

test('no logger is made where logging means something else', () => {
  expect(
    withLogger('logging = []\n\ndef f():\n    try:\n        sell()\n    except OSError:\n        pass\n'),
  ).toBeUndefined();
});

test('code that runs before the logger could be made gets none', () => {
  expect(withLogger('try:\n    sell()\nexcept OSError:\n    pass\nimport os\n')).toBeUndefined();
});

const body = fc.constantFrom('pass', '...', 'return None', 'count = 1', 'x = 1; y = 2', '"""odd"""', 'raise');
const comment = fc.constantFrom('', '  # why', '  # pylint: disable=x');

test('any handler parses after the edit, and a second one changes nothing', () => {
  const layout = fc.record({
    body,
    comment,
    indent: fc.constantFrom('  ', '    ', '\t'),
    newline: fc.constantFrom('\n', '\r\n'),
    oneLine: fc.boolean(),
    above: fc.boolean(),
  });
  fc.assert(
    fc.property(layout, ({ body: statement, comment: note, indent, newline, oneLine, above }) => {
      const inner = indent + indent;
      const lead = above ? `${inner}# above${newline}` : '';
      const rest = oneLine
        ? ` ${statement}${note}${newline}`
        : `${note}${newline}${lead}${inner}${statement}${note}${newline}`;
      const text = `def f():${newline}${indent}try:${newline}${inner}sell()${newline}${indent}except OSError:${rest}`;
      expect(parser.parse('shop.py', text).syntaxErrors).toEqual([]);

      const logged = log(text);
      expect(logged).toBeDefined();
      expect(parser.parse('shop.py', logged ?? '').syntaxErrors).toEqual([]);
      expect(logged).toContain('logger.exception("Could not sell")');
      for (const kept of ['# why', '# above']) expect(logged?.includes(kept)).toBe(text.includes(kept));
      expect(log(logged ?? '')).toBeUndefined();
    }),
  );
});

test('a first import and the logger stand apart by one blank line', () => {
  expect(
    withLogger('"""Shop."""\n# Sells.\ndef sell():\n    try:\n        pay()\n    except OSError:\n        pass\n'),
  ).toContain('"""Shop."""\n\nimport logging\n\nlogger = logging.getLogger(__name__)\n\n# Sells.\n');
});

test('the module that an import would find does not import itself', () => {
  const text = 'def sell():\n    try:\n        pay()\n    except OSError:\n        pass\n';
  for (const path of ['logging.py', 'src/logging.py', 'logging/__init__.py']) {
    expect(addLogger(parser.parse(path, text), text.indexOf('except'))).toBeUndefined();
  }
  expect(addLogger(parser.parse('shop/logging.py', text), text.indexOf('except'))?.name).toBe('logger');
});
