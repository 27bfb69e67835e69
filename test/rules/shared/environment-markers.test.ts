import { expect, test } from 'vitest';
import { canMeet } from '../../../rules/shared/environment-markers.ts';
import type { VersionSet } from '../../../server/src/core/facts/manifest.ts';
import { parseMarker } from '../../../server/src/syntax/manifest/marker.ts';
import { parseSpecifier } from '../../../server/src/syntax/manifest/specifier.ts';

function meet(left: string, right: string, python?: string): boolean {
  const conditional = (marker: string): Parameters<typeof canMeet>[0] => {
    const condition = marker === '' ? undefined : parseMarker(marker);
    return condition ? { marker, condition } : { marker: undefined };
  };
  const requires: VersionSet | undefined = python === undefined ? undefined : parseSpecifier(python);
  return canMeet(conditional(left), conditional(right), requires);
}

test.each([
  ['', ''],
  ['extra == "cache"', 'extra == "cache"'],
  ['', 'python_version >= "3.10"'],
  ['sys_platform == "linux"', 'os_name == "posix"'],
  ['platform_system != "Windows"', '"lin" in sys_platform'],
  ['python_version < "3.12"', 'python_version >= "3.11"'],
  ['python_full_version >= "3.11.4"', 'platform_machine == "x86_64"'],
  ['implementation_name == "pypy" or extra == "cache"', ''],
  ['python_version in "3.10 3.11"', 'sys_platform == "darwin"'],
])('`%s` and `%s` hold together somewhere', (left, right) => {
  expect(meet(left, right)).toBe(true);
  expect(meet(right, left)).toBe(true);
});

test.each([
  ['python_version < "3.10"', 'python_version >= "3.10"'],
  ['sys_platform == "win32"', 'platform_system == "Linux"'],
  ['platform_python_implementation == "CPython"', 'implementation_name == "pypy"'],
  ['', 'extra == "cache"'],
  ['', 'platform_release >= "5"'],
  ['', 'python_version < "3"'],
  ['python_version not in "3.8 3.9 3.10 3.11 3.12 3.13 3.14"', ''],
])('`%s` and `%s` are not known to hold together', (left, right) => {
  expect(meet(left, right)).toBe(false);
  expect(meet(right, left)).toBe(false);
});

test('only Python versions that the project supports count', () => {
  expect(meet('', 'python_version < "3.10"', '>=3.9')).toBe(true);
  expect(meet('', 'python_version < "3.10"', '>=3.10')).toBe(false);
  expect(meet('', 'python_full_version < "3.10.5"', '>=3.10.6,<3.11')).toBe(false);
});
