import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  code,
  heading,
  paragraph,
  text,
  type Block,
  type Document,
  type Inline,
} from '../../server/src/report/document/document.ts';
import { renderHtml } from '../../server/src/report/document/html.ts';
import { renderMarkdown } from '../../server/src/report/document/markdown.ts';
import { visible } from '../../server/src/report/document/visible.ts';
import { elementNames, elementsOf, markdownToHtml, textOf } from './rendered-text.ts';

/** Words that mean something to one of the two formats, and what people call their files. */
const MARKUP = [
  ...'`*_[](){}<>#+-.!|~&=:;\\\'"/@0a \n\t\r'.split(''),
  ...['<script>', '</pre>', '</title>', '<!--', '-->', ']]>', '&lt;', '&#60;', '[x]', '](javascript:a)', '```', '~~~'],
  ...['1.', '- ', '# ', '| - |', '***', '<b onclick=a>', '\\`', '\\|', '`|`', '\u202E', '\u0000', '\uD800', 'é', '書'],
];
const anyText = fc.oneof(
  fc.array(fc.constantFrom(...MARKUP), { maxLength: 12 }).map(parts => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** What a reader sees of a text: formats don't keep blanks at the edges, nor several of them. */
function asSeen(words: string): string {
  return visible(words).replace(/ +/g, ' ').trim();
}

function documentOf(...blocks: readonly Block[]): Document {
  return { title: 'Bookshop', subtitle: [], blocks };
}

function markdownOf(...blocks: readonly Block[]): string {
  return markdownToHtml(renderMarkdown(documentOf(...blocks)));
}

const SHAPES: Readonly<Record<string, (inline: Inline) => Block>> = {
  p: inline => paragraph(inline),
  h2: inline => heading(2, inline),
  li: inline => ({ kind: 'list', ordered: false, items: [{ content: [inline] }] }),
  td: inline => ({ kind: 'table', columns: [{ title: 'a' }, { title: 'b' }], rows: [[[], [inline]]] }),
};

describe('In Markdown', () => {
  test.each(Object.entries(SHAPES))('any text is read as itself in %s', (name, shape) => {
    fc.assert(
      fc.property(anyText, words => {
        const html = markdownOf(paragraph(text('Before')), shape(text(words)), paragraph(text('After')));
        const seen = elementsOf(html).filter(element => element.name === name);
        const own = name === 'p' ? seen.slice(1, -1) : seen;

        // An empty paragraph is none.
        expect(own.map(element => asSeen(element.text)).join('')).toBe(asSeen(words));
        expect(elementNames(html)).not.toEqual(expect.arrayContaining(['code', 'em', 'a', 'img', 'script', 'b', 'h3']));
      }),
      { numRuns: 400 },
    );
  });

  test.each(Object.entries(SHAPES))('any code is one code span with its text in %s', (name, shape) => {
    fc.assert(
      fc.property(anyText, words => {
        fc.pre(visible(words).trim() !== '');
        const html = markdownOf(shape(code(words)));
        const spans = elementsOf(html).filter(element => element.name === 'code');

        const seen = elementsOf(html).filter(element => element.name === name);

        expect(spans).toHaveLength(1);
        expect(asSeen(spans[0]?.text ?? '')).toBe(asSeen(words));
        expect(seen.map(element => element.text.trim()).join('')).toBe(spans[0]?.text.trim());
      }),
      { numRuns: 400 },
    );
  });

  test('a box to tick stays one, whatever stands behind it', () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (words, done) => {
        const source = renderMarkdown(documentOf({ kind: 'source', items: [{ content: [text(words)], done }] }));
        const [, , line = '', ...more] = source.split('\n');

        expect(line.startsWith(done ? '- [x] ' : '- [ ] ')).toBe(true);
        expect(more).toEqual(['']);
      }),
    );
  });
});

describe('In HTML', () => {
  test('any text is shown as itself, and adds no element', () => {
    const plain = elementNames(renderHtml(documentOf(...Object.values(SHAPES).map(shape => shape(text('Shop'))))));

    fc.assert(
      fc.property(anyText, words => {
        const html = renderHtml(documentOf(...Object.values(SHAPES).map(shape => shape(text(words)))));

        for (const name of Object.keys(SHAPES)) {
          const own = elementsOf(html).filter(element => element.name === name);
          // The first paragraph is the subtitle, the first item the link to the section.
          expect(own.at(-1)?.text.trim()).toBe(visible(words).trim());
        }
        expect(elementNames(html)).toEqual(plain);
      }),
    );
  });

  test('titles, figures, code and the list to copy are shown as they are', () => {
    fc.assert(
      fc.property(anyText, words => {
        const html = renderHtml({
          title: words,
          subtitle: [code(words)],
          blocks: [
            { kind: 'figures', figures: [{ label: words, value: words, note: words }] },
            { kind: 'source', items: [{ content: [text('Sell '), code(words)], done: false }] },
          ],
        });

        expect(textOf(html, 'title')).toBe(visible(words));
        expect(textOf(html, 'dt')).toBe(visible(words));
        expect(textOf(html, 'code')).toBe(visible(words));
        expect(textOf(html, 'pre')).toMatch(/^- \[ \] Sell/);
        expect(elementNames(html)).not.toContain('script');
      }),
    );
  });

  test('no attribute comes from a text', () => {
    fc.assert(
      fc.property(anyText, words => {
        const html = renderHtml({
          title: words,
          subtitle: [text(words)],
          blocks: [paragraph(text(words), code(words))],
        });
        const names = elementsOf(html).flatMap(({ attributes }) => Object.keys(attributes));

        expect([...new Set(names)].sort()).toEqual(['charset', 'content', 'http-equiv', 'lang', 'name']);
      }),
    );
  });

  test('nothing is loaded and nothing can run', () => {
    const html = renderHtml(documentOf(paragraph(text('Shop'))));

    expect(elementNames(html).filter(name => ['script', 'link', 'img', 'iframe', 'object'].includes(name))).toEqual([]);
    expect(html).toContain('default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;');
    expect(html).not.toMatch(/url\(|@import|https?:/);
  });
});

test('what can not be seen is named, and lone surrogates are replaced', () => {
  expect(visible('till\u202E.py\u0007 a\r\nb \uD83D')).toBe('till\\u202e.py\\u0007 a b \uFFFD');
});
