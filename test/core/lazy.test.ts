import { expect, test } from 'vitest';
import { lazyObject } from '../../server/src/core/lazy.ts';

function lazyShelf(): { readonly shelf: { readonly title: string; readonly count: number }; readonly asked: string[] } {
  const asked: string[] = [];
  const note = <Value>(name: string, value: Value): Value => {
    asked.push(name);
    return value;
  };
  return { shelf: lazyObject({ title: () => note('title', 'Dune'), count: () => note('count', 3) }), asked };
}

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
