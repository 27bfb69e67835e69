import { beforeAll, describe, expect, test } from 'vitest';
import { NO_OWN_KNOWLEDGE, type OwnKnowledge } from '../../server/src/core/own-knowledge.ts';
import type { Extractor } from '../../server/src/engine/extract.ts';
import { knowingExtractor } from '../../server/src/engine/session/knowing-extractor.ts';
import { extendKnowledge, shippedKnowledge } from '../../server/src/knowledge/knowledge.ts';
import { createTestExtractor } from '../support/example-workspace.ts';

let extractor: Extractor;
beforeAll(async () => {
  extractor = await createTestExtractor();
});

const OWN: OwnKnowledge = {
  blocking: [
    { kind: 'database', of: 'corp.db', calls: 'query', threads: 'any', async: 'corp.aio.*' },
    { kind: 'network', of: 'corp.mail.Client', threads: 'one' },
    { kind: 'cpu', of: 'time', calls: 'sleep', threads: 'any' },
  ],
  raises: { 'corp.api.fetch': ['corp.api.ApiError', 'ValueError'] },
  http: { 'corp.http.get': { timeoutArgument: 'deadline', takes: 'milliseconds', form: 'call', defaultSeconds: 1 } },
  resources: [{ openers: ['corp.pool.open_pool'], what: 'pool', close: ['stop'], context: 'none' }],
};

describe('the knowledge of a workspace', () => {
  test('is what ships where nothing was added', () => {
    expect(extendKnowledge(NO_OWN_KNOWLEDGE)).toBe(shippedKnowledge);
  });

  test('adds what the user says and wins over what ships', () => {
    const knowledge = extendKnowledge(OWN);

    expect(knowledge.blockingCallable('corp.db.query')).toMatchObject({
      kind: 'database',
      asyncCounterpart: 'corp.aio.query',
    });
    expect(knowledge.blockingCallable('corp.mail.Client.send')?.threads).toBe('one');
    expect(knowledge.blockingCallable('corp.db.close')).toBeUndefined();
    expect(knowledge.blockingCallable('time.sleep')?.kind).toBe('cpu');
    expect(knowledge.blockingCallable('requests.get')).toEqual(shippedKnowledge.blockingCallable('requests.get'));
    expect(knowledge.httpEntry('corp.http.get')).toMatchObject({ argument: 'deadline', default: '1 second' });
    expect(knowledge.resourceKind('corp.pool.open_pool')).toMatchObject({ name: 'pool', close: ['stop'] });
    expect(knowledge.raises.get('corp.api.fetch')).toEqual(['corp.api.ApiError', 'builtins.ValueError']);
    expect(shippedKnowledge.blockingCallable('time.sleep')?.kind).toBe('sleep');
  });
});

describe('an extractor with knowledge of its own', () => {
  async function calleesIn(path: string, lines: readonly string[]): Promise<readonly string[]> {
    const facts = await extractor.knowing(OWN).fromText(path, lines.join('\n'));
    return 'reason' in facts ? [facts.reason] : (facts.facts.blockingCall ?? []).map(({ callee }) => callee);
  }

  test.each([
    ['imported by its full name', 'shop/orders.py', ['from corp.db import query', 'query(1)']],
    ['imported as a module', 'shop/orders.py', ['import corp.db as db', 'db.query(1)']],
    ['imported from the same package', 'src/corp/orders.py', ['from .db import query', 'query(1)']],
    ['imported from the package above', 'src/corp/sales/orders.py', ['from ..db import query as ask', 'ask(1)']],
    ['imported in the package itself', 'corp/__init__.py', ['from .db import query', 'query(1)']],
    ['of the file itself', 'corp/db.py', ['def query(order): return order', 'query(1)']],
  ])('knows a function %s', async (_, path, lines) => {
    expect(await calleesIn(path, lines)).toEqual(['corp.db.query']);
  });

  test('knows methods of a class of the program', async () => {
    expect(await calleesIn('corp/orders.py', ['from .mail import Client', 'Client().send(1)'])).toEqual([
      'corp.mail.Client.send',
    ]);
  });

  test.each([
    ['another package', 'shop/orders.py', ['from .db import query', 'query(1)']],
    ['another name', 'corp/orders.py', ['from .db import close', 'close(1)']],
    ['a name that is bound again', 'shop/orders.py', ['from corp.db import query', 'query = print', 'query(1)']],
  ])('leaves %s alone', async (_, path, lines) => {
    expect(await calleesIn(path, lines)).toEqual([]);
  });

  test('follows the configuration, and leaves the extractor that others share as it is', async () => {
    let own = NO_OWN_KNOWLEDGE;
    const knowing = knowingExtractor(extractor, () => own);
    const countIn = async (one: Extractor): Promise<number> => {
      const facts = await one.fromText('shop.py', 'from corp.db import query\nquery(1)\n');
      return 'reason' in facts ? -1 : (facts.facts.blockingCall?.length ?? 0);
    };

    const before = await countIn(knowing);
    own = OWN;
    const taught = await countIn(knowing);
    const shared = await countIn(extractor);
    own = NO_OWN_KNOWLEDGE;

    expect([before, taught, shared, await countIn(knowing)]).toEqual([0, 1, 0, 0]);
  });
});
