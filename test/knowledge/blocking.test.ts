import { describe, expect, test } from 'vitest';
import { blockingCallable } from '../../server/src/knowledge/blocking.ts';
import knowledge from '../../server/src/knowledge/knowledge.generated.json' with { type: 'json' };

interface Group {
  readonly of: string;
  readonly calls?: string;
  readonly async?: string;
}
// The schema of the knowledge file admits nothing else.
const groups = knowledge.blocking.groups as readonly Group[];
const callables = groups.flatMap(({ of, calls }) =>
  of.split(' ').flatMap(owner => (calls ?? 'any_method').split(' ').map(name => `${owner}.${name}`)),
);

describe('what blocks', () => {
  test('names hundreds of callables, each once', () => {
    expect(callables.length).toBeGreaterThan(250);
    expect(callables.filter((name, index) => callables.indexOf(name) !== index)).toEqual([]);
  });

  test('every condition belongs to a callable', () => {
    expect(Object.keys(knowledge.blocking.conditions).filter(name => !callables.includes(name))).toEqual([]);
  });

  test('nothing asynchronous is among them', () => {
    const asynchronous = /^(asyncio|anyio|trio|aio\w+|motor|asyncpg|curio)\.|\.aio\.|\.asyncio\.|Async(?!Result)/;
    expect(callables.filter(name => asynchronous.test(name))).toEqual([]);
  });

  test('an asynchronous counterpart does not block itself', () => {
    const counterparts = groups.flatMap(group => (group.async === undefined ? [] : [group.async]));
    expect(counterparts.filter(name => blockingCallable(name) !== undefined)).toEqual([]);
  });

  test('a class without a list of methods blocks in all but the named ones', () => {
    expect(blockingCallable('botocore.client.BaseClient.put_object')?.kind).toBe('network');
    expect(blockingCallable('botocore.client.BaseClient.get_paginator')).toBeUndefined();
    expect(blockingCallable('botocore.client.BaseClient.exceptions.NoSuchKey')).toBeUndefined();
    expect(blockingCallable('botocore.client.BaseClient._endpoint')).toBeUndefined();
  });

  test('a star stands for one attribute', () => {
    expect(blockingCallable('pymongo.MongoClient.shop.books.find_one')?.kind).toBe('database');
    expect(blockingCallable('pymongo.MongoClient.shop.command')?.kind).toBe('database');
    expect(blockingCallable('pymongo.MongoClient.shop.books.old.find_one')).toBeUndefined();
    expect(blockingCallable('pymongo.MongoClient.shop.books.with_options')).toBeUndefined();
  });

  test('a counterpart may be named after the call', () => {
    expect(blockingCallable('stripe.Refund.create')?.asyncCounterpart).toBe('create_async');
  });
});
