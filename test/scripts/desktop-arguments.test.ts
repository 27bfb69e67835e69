import { describe, expect, test } from 'vitest';
import { parseDesktopArguments } from '../../scripts/editor/desktop-arguments.ts';

describe('the arguments of desktop VS Code', () => {
  test('are understood with and without an equals sign', () => {
    const parsed = parseDesktopArguments([
      ...['/work/bookshop', '--no-sandbox', '--user-data-dir=/profile/data', '--extensions-dir', '/profile/extensions'],
      ...['--extensionTestsPath=/driver/index.cjs', '--extensionDevelopmentPath=/driver'],
    ]);

    expect(parsed).toEqual({
      developmentPaths: ['/driver'],
      testsPath: '/driver/index.cjs',
      userDataDir: '/profile/data',
      extensionsDir: '/profile/extensions',
      open: '/work/bookshop',
    });
  });

  test('may name what to open as an address', () => {
    expect(parseDesktopArguments(['--folder-uri', 'file:///work/book%20shop']).open).toBe('/work/book shop');
  });

  test('may open nothing', () => {
    expect(parseDesktopArguments(['--skip-welcome']).open).toBeUndefined();
  });
});
