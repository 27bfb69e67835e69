import { expect, test } from 'vitest';
import { parsePoetryConstraint } from '../../../server/src/syntax/manifest/poetry-constraint.ts';

function written(text: string): string | undefined {
  return parsePoetryConstraint(text)
    ?.map(clauses => clauses.map(({ operator, version }) => operator + version).join(','))
    .join(' || ');
}

test.each([
  ['^1.2.3', '>=1.2.3,<2.0'],
  ['^0.2.3', '>=0.2.3,<0.3'],
  ['^0.0.3', '>=0.0.3,<0.0.4'],
  ['^0.0', '>=0.0,<0.1'],
  ['^0', '>=0,<1'],
  ['^2', '>=2,<3'],
  ['^2024.1', '>=2024.1,<2025.0'],
  ['^0.24.0.post1', '>=0.24.0.post1,<0.25'],
  ['^1!2.0', '>=1!2.0,<1!3.0'],
  ['~1.2.3', '>=1.2.3,<1.3'],
  ['~1.2', '>=1.2,<1.3'],
  ['~1', '>=1,<2'],
  ['~=1.4', '~=1.4'],
  ['1.4.0', '==1.4.0'],
  ['=1.4', '==1.4'],
  ['1.4.*', '==1.4.*'],
  ['*', ''],
  ['>= 1.2, < 2', '>=1.2,<2'],
  ['>=1.2 <2', '>=1.2,<2'],
  ['^1.2 || ^2.0', '>=1.2,<2.0 || >=2.0,<3.0'],
])('reads %s as %s', (constraint, meaning) => {
  expect(written(constraint)).toBe(meaning);
});

test.each(['', 'latest', '^', '^1.*', '>*', '^1.2 ||'])('does not pretend to understand %j', constraint => {
  expect(parsePoetryConstraint(constraint)).toBeUndefined();
});
