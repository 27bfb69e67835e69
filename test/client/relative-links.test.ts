import { expect, test } from 'vitest';
import { relativeLinks } from '../../client/src/relative-links.ts';

test.each([
  ['a page', '[Page](file:///srv/tool/rules/README.md)', '[Page](../tool/rules/README.md)'],
  ['a place in a page', '[Page](file:///srv/tool/a.md#options)', '[Page](../tool/a.md#options)'],
  ['a name with spaces', '[Page](file:///srv/my%20shop/a.md)', '[Page](../my%20shop/a.md)'],
  ['a link of another kind', '[Page](https://shop.example/a)', '[Page](https://shop.example/a)'],
])('a link in Markdown leads from where the page is: %s', (_, markdown, expected) => {
  expect(relativeLinks(markdown, '/srv/pages')).toBe(expected);
});

test('a link to another drive stays as it is', () => {
  expect(relativeLinks('[Page](file:///d:/a.md)', '/c:/pages')).toBe('[Page](file:///d:/a.md)');
  expect(relativeLinks('[Page](file:///C:/tool/a.md)', '/c:/pages')).toContain('(../');
});
