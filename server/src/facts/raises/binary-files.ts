import { canonicalName } from '../python/canonical-name.ts';
import type { PythonFile } from '../python/python-file.ts';

/** What reading and writing text raises beside failures of the disk. */
const TEXT_ERRORS: ReadonlySet<string> = new Set(['builtins.UnicodeDecodeError', 'builtins.UnicodeEncodeError']);

/**
 * What using an open file raises: bytes are not decoded.
 * @param types of a file with text
 * @param origin call that made the object, if it is known
 */
export function typesOfFileUse(
  types: readonly string[],
  origin: number | undefined,
  { facts }: PythonFile,
): readonly string[] {
  const maker = origin === undefined ? undefined : facts.calls[origin];
  const symbol = maker?.callee?.symbol;
  if (!maker || symbol === undefined || canonicalName(`${symbol}()`) !== 'builtins.open') return types;
  // A path opens itself: its first argument is the mode.
  const position = symbol === 'builtins.open' || symbol === 'io.open' ? 1 : 0;
  const mode = maker.arguments.find(({ name }, at) => (name === undefined ? at === position : name === 'mode'));
  return /^["'][a-z+]*b/.test(mode?.literal ?? '') ? types.filter(type => !TEXT_ERRORS.has(type)) : types;
}
