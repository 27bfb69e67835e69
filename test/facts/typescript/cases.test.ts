import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { swallowingInTypeScript } from '../../../rules/reliability/swallowed-exception/typescript.ts';
import { LineIndex } from '../../../server/src/core/text.ts';
import { typescriptFrontEnd } from '../../../server/src/syntax/typescript/index.ts';
import { readMarkdownCases } from './markdown-cases.ts';

const ROOT = join(import.meta.dirname, '../../..');

function casesOf(ruleId: string) {
  return readMarkdownCases(readFileSync(join(ROOT, `rules/reliability/${ruleId}/cases-typescript.md`), 'utf8'));
}

describe('facts of HTTP calls tell apart what the cases of http-timeout tell apart', () => {
  test.each(casesOf('http-timeout').map(example => [example.title, example] as const))(
    '%s',
    (_, { path, text, lines }) => {
      const index = new LineIndex(text);
      const { facts, syntaxErrors } = typescriptFrontEnd.extract(path, text, 'source');
      const open = (facts.httpCall ?? []).filter(({ timeout }) => timeout === 'absent' || timeout === 'disabled');

      expect(syntaxErrors).toEqual([]);
      expect(open.map(({ calleeRange }) => index.position(calleeRange.start).line + 1)).toEqual(lines);
    },
  );
});

describe('facts of exception handlers tell apart what the cases of swallowed-exception tell apart', () => {
  test.each(casesOf('swallowed-exception').map(example => [example.title, example] as const))(
    '%s',
    (_, { path, text, lines }) => {
      const index = new LineIndex(text);
      const { facts } = typescriptFrontEnd.extract(path, text, 'source');
      const swallowing = (facts.exceptionHandler ?? []).filter(
        handler => swallowingInTypeScript(handler) !== undefined,
      );

      expect(swallowing.map(({ headRange }) => index.position(headRange.start).line + 1)).toEqual(lines);
    },
  );
});
