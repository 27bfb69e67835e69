/** Text in which markers are looked for, in UTF-16 units. */
const HEAD_LENGTH = 4096;

/** `@generated` is the marker of many tools, `DO NOT EDIT` of protobuf, Go and their followers. */
const MARKERS =
  /@generated\b|\bDO NOT EDIT\b|\bDo not (edit|modify) (this file|the (file|class|code)) (manually|by hand|directly)/;
/** A header that says it in a sentence; one about something else that is generated does not match. */
const SENTENCE =
  /^(?:(?:this|the) (?:file|module|code|class) (?:is|was|has been) )?(?:auto-?\s?generated|automatically (?:generated|created)) /i;
/** A capital letter starts a sentence; without it the line may go on with one about something else. */
const SHORT_SENTENCE =
  /^(?:Th(?:is|e) (?:file|module|code|class) (?:is|was|has been) generated|Generated) (?:by|with|from|using) /;

/** Whether the comments at the top of a file say that a tool wrote it. Code that writes such a header does not count. */
export function readsAsGenerated(path: string, head: string): boolean {
  return headerLines(path, head.slice(0, HEAD_LENGTH)).some(line =>
    [MARKERS, SENTENCE, SHORT_SENTENCE].some(pattern => pattern.test(line)),
  );
}

/** What bundlers leave in what they write. */
const BUNDLER =
  /\bwebpackChunk\w*|\b__webpack_(?:require|modules|id)\w*\b|^\/\*! For license information please see \S+ \*\//;
/** Nobody writes a longer line of code by hand, in UTF-16 units. */
const LONG_LINE = 500;

/** Whether a script is what a bundler or a minifier made of others, by the start of its text. */
export function readsAsBundled(path: string, head: string): boolean {
  if (!/\.[cm]?js$/.test(path)) return false;
  return BUNDLER.test(head) || head.split(/\r\n|\r|\n/).some(isMinified);
}

/** Much code and little space; an image or a text that is written into a line has no punctuation of code. */
function isMinified(line: string): boolean {
  if (line.length < LONG_LINE) return false;
  const spaces = line.split(/\s/).length - 1;
  const punctuation = line.split(/[;{}()]/).length - 1;
  return spaces < line.length / 10 && punctuation > line.length / 25;
}

/** Whether a Python file is a migration of Alembic or Django by what it defines. */
export function readsAsMigration(path: string, head: string): boolean {
  if (!path.endsWith('.py')) return false;
  const isAlembic = /^revision\s*(?::[^=\n]*)?=\s*['"]/m.test(head) && /^down_revision\s*(?::[^=\n]*)?=/m.test(head);
  return isAlembic || /^class Migration\(migrations\.Migration\):/m.test(head);
}

/** Comment lines and docstring lines before the first code, without their markers. */
function headerLines(path: string, head: string): string[] {
  return /\.pyi?$/.test(path) ? pythonHeader(head) : cStyleHeader(head);
}

function pythonHeader(head: string): string[] {
  const lines: string[] = [];
  let quote: string | undefined;
  for (const line of head.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const text = line.trim();
    if (quote !== undefined) {
      lines.push(text);
      if (text.includes(quote)) quote = undefined;
    } else if (text === '' || text.startsWith('#')) {
      lines.push(text.replace(/^#+\s*/, ''));
    } else {
      const opened: string | undefined = /^[rRuU]?("""|''')/.exec(text)?.[1];
      if (opened === undefined) break;
      const body = text.slice(text.indexOf(opened) + opened.length);
      lines.push(body);
      if (!body.includes(opened)) quote = opened;
    }
  }
  return lines;
}

function cStyleHeader(head: string): string[] {
  const lines: string[] = [];
  let inBlock = false;
  for (const line of head.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const text = line.trim();
    const startsBlock = text.startsWith('/*');
    const isDirective = /^(['"])use \w+\1;?$/.test(text) || text.startsWith('#!');
    if (inBlock || startsBlock || text.startsWith('//') || text.startsWith('#')) {
      lines.push(text.replace(/^(\/\*+|\/\/+|\*+|#+)\s*/, ''));
      if (startsBlock) inBlock = true;
      if (text.includes('*/')) inBlock = false;
    } else if (text !== '' && !isDirective) {
      break;
    }
  }
  return lines;
}
