import { expect, test } from 'vitest';
import { applyEdits } from '../../../server/src/core/text.ts';
import { removeSuppression } from '../../../server/src/engine/suppressions/remove-suppression.ts';
import { parse } from './support.ts';

test.each([
  ['after an element', '<p>\n  {COMMENT}\n  <b/>\n</p>\n', '<p>\n  <b/>\n</p>\n'],
  ['after an expression', '<p>\n  {price}\n  { COMMENT }\n</p>\n', '<p>\n  {price}\n</p>\n'],
  ['beside an element', '<p>\n  {COMMENT} <b/>\n</p>\n', '<p>\n  {} <b/>\n</p>\n'],
  ['after text', '<p>\n  Price\n  {COMMENT}\n</p>\n', '<p>\n  Price\n  {}\n</p>\n'],
  ['in the block of a statement', 'if (paid)\n{COMMENT}\nship();\n', 'if (paid)\n{}\nship();\n'],
  ['in the body of an arrow function', 'const ship = () =>\n{COMMENT}\npay();\n', 'const ship = () =>\n{}\npay();\n'],
])('removing a suppression in braces %s leaves code', (_, text, expected) => {
  const written = text.replace('COMMENT', '/* readiness: ignore[unpaid-order] -- a gift */');
  const [suppression] = parse(written).suppressions;
  if (!suppression) throw new Error('There is no suppression.');
  expect(applyEdits(written, [removeSuppression(written, suppression)])).toBe(expected);
});
