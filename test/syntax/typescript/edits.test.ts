import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallOption } from '../../../server/src/core/fix-context.ts';
import { applyEdits, type TextRange } from '../../../server/src/core/text.ts';
import { typescriptEdits, typescriptFrontEnd } from '../../../server/src/syntax/typescript/index.ts';

const SIGNAL: CallOption = { argument: 1, name: 'signal', value: 'AbortSignal.timeout(30_000)' };

function extract(text: string, path: string) {
  return typescriptFrontEnd.extract(path, text, 'source');
}

/** Applies an edit to the first HTTP call of a text; undefined when it is refused. */
function withOption(text: string, option: CallOption, path = 'shop.ts'): string | undefined {
  const [call] = extract(text, path).facts.httpCall ?? [];
  const edits = call && typescriptEdits.addCallOption(text, path, call.range, option);
  return edits && applyEdits(text, edits);
}

/** Makes the first handler of a text log; undefined when it is refused. */
function withLog(text: string, rethrow = false, path = 'shop.ts'): string | undefined {
  const [handler] = extract(text, path).facts.exceptionHandler ?? [];
  const edits = handler && typescriptEdits.logInHandler(text, path, handler.range, { rethrow });
  return edits && applyEdits(text, edits);
}

describe('an option is added', () => {
  test.each([
    ['fetch(url)', 'fetch(url, { signal: AbortSignal.timeout(30_000) })'],
    ['fetch(url,)', 'fetch(url, { signal: AbortSignal.timeout(30_000) },)'],
    ['fetch(url, undefined)', 'fetch(url, { signal: AbortSignal.timeout(30_000) })'],
    ['fetch(url, {})', 'fetch(url, { signal: AbortSignal.timeout(30_000) })'],
    ["fetch(url, { method: 'POST' })", "fetch(url, { method: 'POST', signal: AbortSignal.timeout(30_000) })"],
    ["fetch(url, { method: 'POST', })", "fetch(url, { method: 'POST', signal: AbortSignal.timeout(30_000), })"],
    ['fetch(url, { signal: null })', 'fetch(url, { signal: AbortSignal.timeout(30_000) })'],
    ['fetch(url, { body } as RequestInit)', 'fetch(url, { body, signal: AbortSignal.timeout(30_000) } as RequestInit)'],
    [
      'fetch(url, {\n  body, // the order\n})',
      'fetch(url, {\n  body, // the order\n  signal: AbortSignal.timeout(30_000),\n})',
    ],
    [
      'fetch(url, {\n\tbody // the order\n})',
      'fetch(url, {\n\tbody, // the order\n\tsignal: AbortSignal.timeout(30_000)\n})',
    ],
    [
      'fetch(url, {\r\n  method,\r\n  body\r\n})',
      'fetch(url, {\r\n  method,\r\n  body,\r\n  signal: AbortSignal.timeout(30_000)\r\n})',
    ],
    ['fetch(\n  url,\n)', 'fetch(\n  url,\n  { signal: AbortSignal.timeout(30_000) },\n)'],
    ['fetch(\n  url // the order\n)', 'fetch(\n  url, // the order\n  { signal: AbortSignal.timeout(30_000) }\n)'],
    ['fetch(url /* the order */)', 'fetch(url /* the order */, { signal: AbortSignal.timeout(30_000) })'],
    ['fetch(url, { // none\n})', 'fetch(url, { signal: AbortSignal.timeout(30_000), // none\n})'],
  ])('%j', (before, after) => {
    expect(withOption(`${before};\n`, SIGNAL)).toBe(`${after};\n`);
  });

  test('to a copy of options with a name, which may be used elsewhere too', () => {
    const text = "const order = { method: 'POST' };\nfetch(url, order);\n";

    expect(withOption(text, SIGNAL)).toBe(
      "const order = { method: 'POST' };\nfetch(url, { ...order, signal: AbortSignal.timeout(30_000) });\n",
    );
  });

  test('over several lines where one would get too long', () => {
    const url = `'https://shop.example/${'books/'.repeat(12)}'`;

    expect(withOption(`  fetch(${url}, { method: 'POST' });\n`, SIGNAL)).toBe(
      `  fetch(${url}, {\n    method: 'POST',\n    signal: AbortSignal.timeout(30_000),\n  });\n`,
    );
    expect(withOption(`fetch(${url});\n`, SIGNAL)).toBe(
      `fetch(${url}, {\n  signal: AbortSignal.timeout(30_000),\n});\n`,
    );
  });

  test('after the arguments that are missing before it', () => {
    const option = { argument: 2, name: 'timeout', value: '30_000' };
    const text = "import axios from 'axios';\naxios.post(url);\n";

    expect(withOption(text, option)).toBe(
      "import axios from 'axios';\naxios.post(url, undefined, { timeout: 30_000 });\n",
    );
  });

  test('to a client that is made without arguments', () => {
    const option = { argument: 0, name: 'timeout', value: '30_000' };
    const text = "import axios from 'axios';\nexport const shop = axios.create(/* (none) */);\n";

    expect(withOption(text, option)).toContain('axios.create({ timeout: 30_000 }/* (none) */)');
  });

  test('before a callback', () => {
    const text = "import { get } from 'https';\nget('https://shop.example', response => response.resume());\n";

    expect(withOption(text, SIGNAL)).toContain(
      "get('https://shop.example', { signal: AbortSignal.timeout(30_000) }, response",
    );
  });

  test('as a method of the request', () => {
    const text = "import superagent from 'superagent';\nsuperagent.get(url).send();\n";
    const option = { argument: 'chained', name: 'timeout', value: '30_000' } as const;
    const once = withOption(text, option);

    expect(once).toContain('superagent.get(url).timeout(30_000).send();');
    expect(withOption(once ?? '', option)).toBeUndefined();
  });

  test('beside a signal that is there', () => {
    const text = 'const controller = new AbortController();\nfetch(url, { signal: controller.signal });\n';

    expect(withOption(text, SIGNAL)).toContain(
      '{ signal: AbortSignal.any([controller.signal, AbortSignal.timeout(30_000)]) }',
    );
  });

  test('nowhere when the options have a name or are spread over the call', () => {
    expect(withOption('fetch(url, options);', SIGNAL)).toBeUndefined();
    expect(withOption('fetch(...request);', SIGNAL)).toBeUndefined();
  });
});

describe('a handler logs', () => {
  test.each([
    ['try { pay(); } catch {}', "try { pay(); } catch (error) {\n  console.error('Unexpected error', error);\n}"],
    ['try { pay(); } catch (e) { }', "try { pay(); } catch (e) {\n  console.error('Unexpected error', e);\n}"],
    [
      'try { pay(); } catch { error = true; }',
      "try { pay(); } catch (err) {\n  console.error('Unexpected error', err);\n  error = true;\n}",
    ],
    ['pay().catch(() => {});', "pay().catch((error) => {\n  console.error('Unexpected error', error);\n});"],
    [
      'pay().catch(() => ({}));',
      "pay().catch((error) => {\n  console.error('Unexpected error', error);\n  return {};\n});",
    ],
    ['pay().catch(noop);', "pay().catch((error) => {\n  console.error('Unexpected error', error);\n});"],
    [
      'pay().catch(function () {});',
      "pay().catch(function (error) {\n  console.error('Unexpected error', error);\n});",
    ],
    ['pay().catch(() => undefined)', "pay().catch((error) => {\n  console.error('Unexpected error', error)\n})"],
  ])('%j', (before, after) => {
    expect(withLog(before)).toBe(after);
  });

  test('without semicolons where the file has none, but for a statement that would go on with the one before', () => {
    const shelves = '\nconst filled = shelves.filter(\n  (shelf): shelf is Shelf => shelf.size > 0,\n)\n';
    expect(withLog(`try {\n  pay()\n} catch {\n  free()\n}${shelves}`)).toBe(
      `try {\n  pay()\n} catch (error) {\n  console.error('Unexpected error', error)\n  free()\n}${shelves}`,
    );
    expect(withLog('try {\n  pay()\n} catch {\n  [a, b] = [b, a]\n}\n')).toBe(
      "try {\n  pay()\n} catch (error) {\n  console.error('Unexpected error', error);\n  [a, b] = [b, a]\n}\n",
    );
    expect(withLog('pay().catch(() => null)')).toBe(
      "pay().catch((error) => {\n  console.error('Unexpected error', error)\n  return null\n})",
    );
  });

  test('and throws the error again when asked to', () => {
    const text =
      'async function pay() {\n    try {\n        return await charge();\n    } catch {\n        return null; // nothing\n    }\n}\n';

    expect(withLog(text, true)).toBe(
      "async function pay() {\n    try {\n        return await charge();\n    } catch (error) {\n        console.error('pay failed', error);\n        throw error; // nothing\n    }\n}\n",
    );
  });

  test('only once, and throws the error behind the log that is there', () => {
    const text = 'try {\n  pay();\n} catch (error) {\n  console.error(error); // seen\n}\n';

    expect(withLog(text)).toBeUndefined();
    expect(withLog(text, true)).toBe(text.replace('// seen', '// seen\n  throw error;'));
    expect(withLog('try { pay() } catch (e) { log(e) }', true)).toBe('try { pay() } catch (e) { log(e); throw e }');
    expect(withLog(withLog(text, true) ?? '', true)).toBeUndefined();
  });

  test.each([
    ["import pino from 'pino';\nconst log = pino();\nlog.info('up');", "log.error({ err: error }, 'pay failed');"],
    [
      "import winston from 'winston';\nconst log = winston.createLogger();\nlog.info('up');",
      "log.error('pay failed', error);",
    ],
    [
      "import bunyan from 'bunyan';\nconst log = bunyan.createLogger({ name: 'a' });\nlog.info('up');",
      "log.error({ err: error }, 'pay failed');",
    ],
    [
      "import { logger } from './logger';\nlogger.error({ err }, 'down');",
      "logger.error({ err: error }, 'pay failed');",
    ],
    ["import { logger } from './logger';\nlogger.warn('slow', detail);", "logger.error('pay failed', error);"],
    ["import { logger } from './logger';\nlogger.warn(detail);", "console.error('pay failed', error);"],
    ['import { tools } from "./tools";\ntools.error("x");', 'console.error("pay failed", error);'],
  ])('with what the file uses: %j', (head, expected) => {
    expect(withLog(`${head}\nfunction pay() {\n  try {\n    charge();\n  } catch {}\n}\n`)).toContain(
      `\n    ${expected}\n`,
    );
  });

  test('with the logger of the class', () => {
    const text =
      "import { Logger } from '@nestjs/common';\nclass Orders {\n  private readonly logger = new Logger(Orders.name);\n  up() {\n    this.logger.log('up');\n  }\n  pay() {\n    try {\n      charge();\n    } catch {}\n  }\n}\n";

    expect(withLog(text)).toContain("} catch (error) {\n      this.logger.error('pay failed', error);\n    }");
    expect(withLog(text.replace('  pay()', '  static pay()'))).toContain("console.error('pay failed', error);");
  });

  test('with another logger than one that is hidden at the place', () => {
    const text =
      "import pino from 'pino';\nconst log = pino();\nlog.info('up');\nfunction pay(log: string[]) {\n  try {\n    charge();\n  } catch {}\n}\n";

    expect(withLog(text)).toContain("console.error('pay failed', error);");
  });
});

describe('edits leave a sound file', () => {
  const newline = fc.constantFrom('\n', '\r\n');
  const options = fc.constantFrom(
    undefined,
    'undefined',
    '{}',
    '{ }',
    "{ method: 'POST' }",
    '{ method, }',
    '{ signal: undefined }',
    '{ // none$}',
    '{ /* none */ }',
    '{$  method, // how$  body,$}',
    '{$  method,$  body // what$}',
    '{$  body, /* a */ /* b */$}',
    '{ ...{} }',
    '({ body })',
  );
  const url = fc.constantFrom(
    "'https://shop.example'",
    '`https://shop.example/${id}`',
    'url',
    'url /* here */',
    'url // here$',
  );
  const body = fc.constantFrom(
    '',
    ' ',
    '$  ',
    'return null;',
    '$  return null; // none$',
    ' return []; ',
    '$  // TODO$',
    '/* TODO */',
    '$  ;$',
    'continue;',
    '$  return;$  ',
  );
  const handler = fc.oneof(
    fc
      .tuple(body, fc.constantFrom('', ' (error)', ' (e: unknown)', '(_)'))
      .map(
        ([inside, binding]) =>
          `for (;;) { const f = async () => { l: for (;;) {$try {$  await pay();$} catch${binding} {${inside}}$} } }`,
      ),
    fc
      .constantFrom(
        '() => {}',
        'async () => null',
        '() => undefined',
        '() => ({})',
        '() => []',
        'noop',
        '(_e) => {}',
        '() => { /* TODO */ }',
        'function () { return false }',
        '_ => {}',
      )
      .map(callback => `await pay()$  .catch(${callback});`),
  );

  function isSound(before: string, after: string): boolean {
    const old = extract(before, 'shop.ts');
    const now = extract(after, 'shop.ts');
    const comments = (facts: typeof old): string[] => facts.comments.map(({ text }) => text).sort();
    expect(now.syntaxErrors).toEqual([]);
    expect(comments(now)).toEqual(comments(old));
    return !before.includes('\r\n') || !/(?<!\r)\n/.test(after);
  }

  test('when an option is added', () => {
    fc.assert(
      fc.property(url, options, newline, (target, given, end) => {
        const text = `const id = 1;$await fetch(${target}${given === undefined ? '' : `, ${given}`});$`
          .replaceAll('$', end)
          .replace(`${end}{`, '${');
        fc.pre(extract(text, 'shop.ts').syntaxErrors.length === 0);
        const once = withOption(text, SIGNAL);
        fc.pre(once !== undefined);
        expect(isSound(text, once)).toBe(true);
        expect(extract(once, 'shop.ts').facts.httpCall?.map(({ timeout }) => timeout)).toEqual(['present']);
        expect(withOption(once, SIGNAL)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  test.each([false, true])('when a handler is made to log (rethrow: %s)', rethrow => {
    fc.assert(
      fc.property(handler, newline, fc.boolean(), (code, end, isIndented) => {
        const lines = `${isIndented ? 'async function pay() {$' : ''}${code}$${isIndented ? '}$' : ''}`;
        const text = lines.replaceAll('$', end);
        fc.pre(extract(text, 'shop.ts').syntaxErrors.length === 0);
        const once = withLog(text, rethrow);
        fc.pre(once !== undefined);
        expect(isSound(text, once)).toBe(true);
        expect(withLog(once, rethrow)).toBeUndefined();
        const [changed] = extract(once, 'shop.ts').facts.exceptionHandler ?? [];
        expect(changed?.conduct.logs.map(({ mentionsError }: { mentionsError: boolean }) => mentionsError)).toEqual([
          true,
        ]);
      }),
      { numRuns: 300 },
    );
  });

  test('whatever range they are asked for', () => {
    const range = fc.record({ start: fc.nat(80), end: fc.nat(80) });
    const text = "import pino from 'pino';\nfetch(url).catch(() => {});\ntry { pay() } catch {}\n";
    fc.assert(
      fc.property(range, (place: TextRange) => {
        const edits = [
          typescriptEdits.addCallOption(text, 'a.ts', place, SIGNAL),
          typescriptEdits.logInHandler(text, 'a.ts', place),
        ];
        for (const edit of edits) if (edit) expect(extract(applyEdits(text, edit), 'a.ts').syntaxErrors).toEqual([]);
      }),
    );
  });
});
