/** One example of a cases page: a file, and the 1-based lines that must be reported. */
export interface MarkdownCase {
  readonly title: string;
  readonly path: string;
  readonly text: string;
  readonly lines: readonly number[];
}

const FENCE = /^```(tsx?|jsx?)(?: (\S+))?\n([\s\S]*?)^```$/gm;
const MARKER = / ?\/\/ finding$/;

/** Reads the TypeScript and JavaScript examples of a page; markers are taken out of the text. */
export function readMarkdownCases(page: string): readonly MarkdownCase[] {
  return page
    .split(/^## /m)
    .slice(1)
    .flatMap(section => {
      const title = section.slice(0, section.indexOf('\n'));
      return [...section.matchAll(FENCE)].map(([, language = 'ts', path, code = '']) => {
        const lines = code.split('\n');
        return {
          title,
          path: path ?? `src/example.${language}`,
          text: lines.map(line => line.replace(MARKER, '')).join('\n'),
          lines: lines.flatMap((line, index) => (MARKER.test(line) ? [index + 1] : [])),
        };
      });
    });
}
