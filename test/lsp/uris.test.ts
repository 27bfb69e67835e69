import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathOfUri, relativeTo, uriInside, uriOfPath } from '../../server/src/lsp/uris.ts';

describe('paths of URIs', () => {
  test.each([
    ['file:///srv/shop/orders.py', '/srv/shop/orders.py'],
    ['file:///srv/shop%20floor/gr%C3%B6%C3%9Fe.py', '/srv/shop floor/größe.py'],
    ['file:///srv/100%25/a%23b%3Fc.py', '/srv/100%/a#b?c.py'],
    ['file:///c%3A/Shop/orders.py', 'c:/Shop/orders.py'],
    ['file:///C:/Shop/orders.py', 'c:/Shop/orders.py'],
    ['file:///srv/shop/', '/srv/shop'],
    ['file:///srv/shop/orders.py?version=1#L3', '/srv/shop/orders.py'],
  ])('%s is %s', (uri, path) => {
    expect(pathOfUri(uri)).toBe(path);
  });

  test.each([
    'untitled:Untitled-1',
    'git:/srv/orders.py?%7B%7D',
    'vscode-vfs://github/shop/orders.py',
    '',
    'file:///a%ZZ',
  ])('%s has none', uri => {
    expect(pathOfUri(uri)).toBeUndefined();
  });

  test('a path survives the way to a URI and back, whatever is in it', () => {
    const segment = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter(text => !/[/\\\0]/.test(text) && text !== '.' && text !== '..');
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), segments => {
        const path = segments.join('/');

        expect(pathOfUri(uriInside('file:///srv/shop', path))).toBe(`/srv/shop/${path}`);
        expect(pathOfUri(uriOfPath(`/srv/shop/${path}`))).toBe(`/srv/shop/${path}`);
      }),
    );
  });

  test('a drive of Windows survives too', () => {
    expect(pathOfUri(uriOfPath('c:/Shop floor/orders.py'))).toBe('c:/Shop floor/orders.py');
    expect(uriInside('file:///c%3A/Shop', 'a b/orders.py')).toBe('file:///c%3A/Shop/a%20b/orders.py');
  });
});

describe('relative paths', () => {
  test.each([
    ['/srv/shop', '/srv/shop/orders.py', 'orders.py'],
    ['/srv/shop', '/srv/shop', ''],
    ['/srv/shop', '/srv/shopping/orders.py', undefined],
    ['/srv/shop', '/srv/orders.py', undefined],
    ['/', '/orders.py', 'orders.py'],
  ])('inside %s, %s is %s', (root, path, relative) => {
    expect(relativeTo(root, path)).toBe(relative);
  });
});
