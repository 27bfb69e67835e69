import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Batch, Throttle, WorkQueue } from '../../server/src/lsp/work-queue.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('work in a queue runs in order, and a failure stops nothing', async () => {
  const queue = new WorkQueue();
  const order: string[] = [];
  const first = queue.run(async () => {
    await Promise.resolve();
    order.push('scan');
    throw new Error('disk full');
  });
  const second = queue.run(() => {
    order.push('refresh');
    return Promise.resolve('done');
  });

  await expect(first).rejects.toThrow('disk full');
  expect(await second).toBe('done');
  expect(order).toEqual(['scan', 'refresh']);
});

test('a throttle acts at once, then once per interval, and rests when nobody asks', () => {
  const action = vi.fn();
  const throttle = new Throttle(250, action);

  throttle.request();
  expect(action).toHaveBeenCalledTimes(1);
  throttle.request();
  throttle.request();
  expect(action).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(250);
  expect(action).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(250);

  expect(action).toHaveBeenCalledTimes(2);
  expect(vi.getTimerCount()).toBe(0);
});

test('a disposed throttle acts no more', () => {
  const action = vi.fn();
  const throttle = new Throttle(250, action);
  throttle.request();
  throttle.request();

  throttle.dispose();
  throttle.request();
  vi.advanceTimersByTime(1000);

  expect(action).toHaveBeenCalledTimes(1);
});

test('a batch delivers everything once, after a pause', () => {
  const deliver = vi.fn();
  const batch = new Batch<string>(200, deliver);

  batch.add('orders.py');
  vi.advanceTimersByTime(150);
  batch.add('stock.py');
  batch.add('orders.py');
  vi.advanceTimersByTime(199);
  expect(deliver).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);

  expect(deliver.mock.calls).toEqual([[['orders.py', 'stock.py']]]);
  expect(vi.getTimerCount()).toBe(0);
});
