import { expect, test } from 'vitest';
import { defineLazy, lazyObject } from '../../server/src/core/lazy.ts';

interface Shelf {
  readonly title: string;
  readonly count: number;
}

function lazyShelf(): { readonly shelf: Shelf; readonly asked: string[] } {
  const asked: string[] = [];
  const note = <Value>(name: string, value: Value): Value => {
    asked.push(name);
    return value;
  };
  return { shelf: lazyObject({ title: () => note('title', 'Dune'), count: () => note('count', 3) }), asked };
}

interface Order {
  readonly price: number;
  readonly amount: number;
}

const withTotals = defineLazy<Order, { readonly net: number; readonly gross: number }>({
  net: ({ price, amount }) => price * amount,
  gross: (_order, totals) => totals.net * 2,
});

test('a property of a lazy object is worked out when it is read, and once', () => {
  const { shelf, asked } = lazyShelf();
  expect(asked).toEqual([]);
  expect([shelf.count, shelf.count]).toEqual([3, 3]);
  expect(asked).toEqual(['count']);
});

test('a lazy object looks like any other', () => {
  expect(lazyShelf().shelf).toEqual({ title: 'Dune', count: 3 });
  expect({ ...lazyShelf().shelf }).toEqual({ title: 'Dune', count: 3 });
  expect(JSON.stringify(lazyShelf().shelf)).toBe('{"title":"Dune","count":3}');
});

test('objects of one definition are each worked out from what they are made from', () => {
  const [dune, emma] = [
    withTotals({ title: 'Dune' }, { price: 9, amount: 2 }),
    withTotals({}, { price: 5, amount: 1 }),
  ];
  expect(emma).toEqual({ net: 5, gross: 10 });
  expect(dune).toEqual({ title: 'Dune', net: 18, gross: 36 });
});

test('what a lazy object is made from is no property of it', () => {
  const totals = withTotals({}, { price: 9, amount: 2 });
  expect(Object.keys(totals)).toEqual(['net', 'gross']);
  expect(Reflect.ownKeys({ ...totals })).toEqual(['net', 'gross']);
});
