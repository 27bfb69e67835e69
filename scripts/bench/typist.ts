import { createRandom } from './random.ts';

/** One keystroke: the text after it, and the edit that leads there (UTF-16 offsets of the text before). */
export interface Keystroke {
  readonly text: string;
  readonly edit: { readonly range: { readonly start: number; readonly end: number }; readonly newText: string };
}

/** What is typed, one after the other; most prefixes of these are broken code, as they are while somebody types. */
const STATEMENTS = [
  'total = sum(price for price in prices)',
  'if stock is None:',
  'response = requests.get(url)',
  'logger.info("Sold %s", title)',
  'return [book for book in shelf if book.price < limit]',
  'with open(path) as catalogue:',
];

/** Every so many characters one is taken back and typed again. */
const SLIP = 9;

/** Somebody who adds statements at places of a Python text, one character at a time, for ever. */
export function* typeStatements(text: string, seed: number): Generator<Keystroke, never> {
  const random = createRandom(seed);
  let current = text;
  const press = (start: number, end: number, newText: string): Keystroke => {
    current = current.slice(0, start) + newText + current.slice(end);
    return { text: current, edit: { range: { start, end }, newText } };
  };
  for (;;) {
    const { offset, indent } = placeIn(current, random.below(current.length));
    const line = `\n${indent}${STATEMENTS[random.below(STATEMENTS.length)] ?? ''}`;
    // Editors insert the line break with its indentation at once.
    let typed = 1 + indent.length;
    yield press(offset, offset, line.slice(0, typed));
    while (typed < line.length) {
      yield press(offset + typed, offset + typed, line.charAt(typed));
      typed++;
      if (typed % SLIP > 0) continue;
      typed--;
      yield press(offset + typed, offset + typed + 1, '');
      yield press(offset + typed, offset + typed, line.charAt(typed));
      typed++;
    }
  }
}

/** The end of the first indented line behind an offset, with its indentation; else the end of the text. */
function placeIn(text: string, near: number): { readonly offset: number; readonly indent: string } {
  for (let start = text.indexOf('\n', near) + 1; start > 0; start = text.indexOf('\n', start) + 1) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const [indent = ''] = /^ +(?=\w.*[\w)]$)/.exec(text.slice(start, end)) ?? [];
    if (indent !== '') return { offset: end, indent };
  }
  return { offset: text.length, indent: '' };
}
