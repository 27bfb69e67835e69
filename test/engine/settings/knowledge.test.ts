import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readConfiguration } from '../../../server/src/engine/settings/read-configuration.ts';
import { configurationSchema } from '../../../server/src/engine/settings/schema.ts';
import { SHOP_NAMES } from './shop-rules.ts';

function read(text: string, path = 'readiness.yaml'): ReturnType<typeof readConfiguration> {
  return readConfiguration([{ path, text }], SHOP_NAMES);
}

/** Each problem as the text that it marks and its message. */
function problemsOf(text: string): readonly string[] {
  return read(text).problems.map(({ range, message }) => `${text.slice(range.start, range.end)} | ${message}`);
}

describe("knowledge of libraries of one's own", () => {
  const yaml = [
    'knowledge:',
    '  blocking:',
    '    - corp.db.query',
    '    - corp.db.Client',
    '    - { of: corp.mail, calls: send fetch, kind: network, async: corp.aio.mail.*, threads: any, lazy: false }',
    '  raises:',
    '    corp.api.fetch: [corp.api.ApiError, ValueError]',
    '    corp.api.ping: []',
    '  http:',
    '    corp.http.get: { timeoutArgument: deadline }',
    '    corp.http.Client: { timeoutArgument: wait, takes: milliseconds, form: client, position: 1, defaultSeconds: 5 }',
    '  resources:',
    '    - corp.pool.DatabaseConnection',
    '    - { openers: [corp.pool.open_pool], what: pool, close: [release, stop], context: none }',
    '',
  ].join('\n');

  test('is read from YAML with defaults for what it leaves out', () => {
    expect(read(yaml)).toMatchObject({ problems: [] });
    expect(read(yaml).settings?.knowledge).toEqual({
      blocking: [
        { kind: 'network', of: 'corp.db', calls: 'query', threads: 'one' },
        { kind: 'network', of: 'corp.db.Client', threads: 'one' },
        {
          kind: 'network',
          of: 'corp.mail',
          calls: 'send fetch',
          async: 'corp.aio.mail.*',
          threads: 'any',
          lazy: false,
        },
      ],
      raises: { 'corp.api.fetch': ['corp.api.ApiError', 'ValueError'], 'corp.api.ping': [] },
      http: {
        'corp.http.get': { timeoutArgument: 'deadline', takes: 'seconds', form: 'call' },
        'corp.http.Client': {
          timeoutArgument: 'wait',
          takes: 'milliseconds',
          form: 'client',
          position: 1,
          defaultSeconds: 5,
        },
      },
      resources: [
        { openers: ['corp.pool.DatabaseConnection'], what: 'database connection', close: ['close'], context: 'with' },
        { openers: ['corp.pool.open_pool'], what: 'pool', close: ['release', 'stop'], context: 'none' },
      ],
    });
  });

  test('is read from [tool.readiness.knowledge] the same way', () => {
    const toml = [
      '[tool.readiness.knowledge]',
      'blocking = ["corp.db.query"]',
      'resources = ["corp.pool.Connection"]',
      '[tool.readiness.knowledge.raises]',
      '"corp.api.fetch" = ["corp.api.ApiError"]',
      '[tool.readiness.knowledge.http."corp.http.get"]',
      'timeoutArgument = "deadline"',
    ].join('\n');
    const same = [
      'knowledge:',
      '  blocking: [corp.db.query]',
      '  resources: [corp.pool.Connection]',
      '  raises: { corp.api.fetch: [corp.api.ApiError] }',
      '  http: { corp.http.get: { timeoutArgument: deadline } }',
    ].join('\n');

    expect(read(toml, 'pyproject.toml').problems).toEqual([]);
    expect(read(toml, 'pyproject.toml').settings).toEqual(read(same).settings);
  });

  test('keeps the place of each name', () => {
    const { ownNames } = read(yaml);

    expect(ownNames.map(({ name }) => name)).toEqual([
      'corp.db.query',
      'corp.db.Client',
      'corp.mail.send',
      'corp.mail.fetch',
      'corp.api.fetch',
      'corp.api.ApiError',
      'ValueError',
      'corp.api.ping',
      'corp.http.get',
      'corp.http.Client',
      'corp.pool.DatabaseConnection',
      'corp.pool.open_pool',
    ]);
    const isMarked = ownNames.every(({ name, range }) => {
      const marked = yaml.slice(range.start, range.end);
      return marked === name || marked === 'send fetch';
    });
    expect(isMarked).toBe(true);
  });

  test('marks mistakes at their place and keeps the rest', () => {
    const text = [
      'knowledge:',
      '  blokcing: [corp.db.query]',
      '  blocking: [query, "corp db", { calls: send }, { of: corp.mail }, corp.db.query]',
      '  raises: { corp.api.fetch: 7, corp.api.ping: [corp.api.Lost, 3] }',
      '  http: { corp.http.get: { timeout: 3 }, corp.http.put: { timeoutArgument: deadline, takes: minutes } }',
      '  resources: { corp.pool.Connection: {} }',
    ].join('\n');

    expect(problemsOf(text)).toEqual([
      'blokcing | `knowledge` has no key `blokcing`. Did you mean `blocking`?',
      'query | `query` has to be a full name, with its module: `corp.api.query`.',
      '"corp db" | "corp db" is no name of Python code, such as `corp.db.query`.',
      '{ calls: send } | `of` is missing: the module or class whose calls block.',
      'corp.mail | `calls` is missing: only of a class, all methods can be meant.',
      '7 | `raises` has to be text, not `7`.',
      '3 | `raises` has to be text, not `3`.',
      'timeout | `http` has no key `timeout`. It has timeoutArgument, takes, form, position, defaultSeconds.',
      '{ timeout: 3 } | `timeoutArgument` is missing: the keyword that takes the timeout.',
      'minutes | `takes` has to be one of seconds, wholeSeconds, milliseconds, not `"minutes"`.',
      '{ corp.pool.Connection: {} } | `resources` has to be a list of names or objects.',
    ]);
    expect(read(text).settings?.knowledge).toMatchObject({
      blocking: [{ of: 'corp.db', calls: 'query' }],
      raises: { 'corp.api.ping': ['corp.api.Lost'] },
      http: { 'corp.http.put': { takes: 'seconds' } },
      resources: [],
    });
  });

  test('says nothing while it is half-written', () => {
    expect(problemsOf('knowledge:\n')).toEqual([]);
    expect(problemsOf('knowledge:\n  blocking:\n  http:\n')).toEqual([]);
  });
});

describe('the schema and the reader', () => {
  const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(configurationSchema(SHOP_NAMES.rules));
  const good = fc.constantFrom<unknown>('corp.db.query', 'corp.db.Client', 'corp.db.open_pool');
  const bad = fc.constantFrom<unknown>('ValueError', 'corp db', '', 3, true, null);
  const name = fc.oneof({ weight: 7, arbitrary: good }, { weight: 1, arbitrary: bad });
  const names = fc.oneof(name, fc.array(name, { maxLength: 2 }));
  const word = fc.constantFrom<unknown>('network', 'one', 'seconds', 'client', 'with', 'moon', 2, -1, 0, true, null);
  const fields = (start: object, keys: readonly string[]): fc.Arbitrary<unknown> =>
    fc
      .tuple(
        fc.oneof({ weight: 7, arbitrary: fc.constant(start) }, { weight: 1, arbitrary: fc.constant({}) }),
        fc.dictionary(fc.constantFrom(...keys), fc.oneof(names, word), { maxKeys: 1 }),
      )
      .map(([first, second]) => ({ ...first, ...second }));
  const mostly = <Value>(often: fc.Arbitrary<Value>, seldom: fc.Arbitrary<unknown> = names): fc.Arbitrary<Value> =>
    // What is seldom is wrong on purpose.
    fc.oneof({ weight: 9, arbitrary: often }, { weight: 1, arbitrary: seldom as fc.Arbitrary<Value> });
  const blocking = fields({ of: 'corp.db.Client' }, ['of', 'calls', 'kind', 'threads', 'lazy', 'async', 'at']);
  const http = fields({ timeoutArgument: 'wait' }, ['timeoutArgument', 'takes', 'form', 'position', 'defaultSeconds']);
  const resource = fields({ openers: ['corp.db.connect'] }, ['openers', 'what', 'close', 'context']);
  const knowledge = fc.record(
    {
      blocking: mostly(fc.array(fc.oneof(name, blocking), { maxLength: 2 })),
      raises: mostly(fc.dictionary(mostly(fc.constant('corp.api.fetch'), fc.constantFrom('fetch', 'a b')), names)),
      http: mostly(fc.dictionary(mostly(fc.constant('corp.http.get'), fc.constant('get')), mostly(http))),
      resources: mostly(fc.array(fc.oneof(name, resource), { maxLength: 2 })),
    },
    { requiredKeys: [] },
  );

  test('accept and reject the same knowledge', () => {
    let accepted = 0;
    fc.assert(
      fc.property(knowledge, value => {
        const { problems } = read(stringify({ knowledge: value }));
        const valid = isValid({ knowledge: value });
        if (valid) accepted++;
        expect(problems.length === 0, JSON.stringify({ value, problems })).toBe(valid);
      }),
      { numRuns: 1000 },
    );
    expect(accepted).toBeGreaterThan(30);
  });
});
