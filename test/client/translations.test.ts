import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from 'ts-morph';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/support/paths.ts';

const CLIENT = join(ROOT, 'client/src');
const TRANSLATIONS = [
  ['package.nls.json', 'package.nls.de.json'],
  ['l10n/bundle.l10n.json', 'l10n/bundle.l10n.de.json'],
] as const;

test('the English texts are those that the code shows, each of them a literal', () => {
  const files = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' }).filter(
    path => path.endsWith('.ts') && path !== 'l10n.ts',
  );

  const shown = new Set(files.flatMap(path => textsIn(readFileSync(join(CLIENT, path), 'utf8'))));

  expect(Object.keys(read('l10n/bundle.l10n.json')).sort()).toEqual([...shown].sort());
});

describe.each(TRANSLATIONS)('%s and %s', (english, german) => {
  const [source, translated] = [read(english), read(german)];

  test('have the same texts', () => {
    expect(Object.keys(translated).sort()).toEqual(Object.keys(source).sort());
  });

  test('have the same placeholders, commands, code and icons in each text', () => {
    const marks = (text: string): string[] =>
      [...text.matchAll(/\{\d+\}|\(command:[^)]+\)|`[^`]+`|✓/g)].map(([mark]) => mark).sort();

    const different = Object.keys(source).filter(
      key => JSON.stringify(marks(source[key]!)) !== JSON.stringify(marks(translated[key] ?? '')),
    );

    expect(different).toEqual([]);
  });

  test('leave no text empty', () => {
    expect(Object.keys(translated).filter(key => translated[key]!.trim() === '')).toEqual([]);
  });
});

/** First arguments of all calls of `t`. A call with anything but a literal fails, for nobody could translate it. */
function textsIn(code: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
      const [text] = node.arguments;
      expect(text && ts.isStringLiteral(text), node.getText()).toBe(true);
      if (text && ts.isStringLiteral(text)) texts.push(text.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('client.ts', code, ts.ScriptTarget.Latest, true));
  return texts;
}

function read(file: string): Record<string, string> {
  // Flat files of texts, as the editor reads them.
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Record<string, string>;
}
