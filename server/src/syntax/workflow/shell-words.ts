import type { TextRange } from '../../core/text.ts';
import type { ShellWord } from './shell-script.ts';

/** A piece of a script: a word, an operator, or the end. */
export type ShellToken =
  | { readonly kind: 'word'; readonly word: ShellWord; readonly raw: string; readonly range: TextRange }
  | { readonly kind: 'operator'; readonly operator: string; readonly range: TextRange }
  | { readonly kind: 'comment'; readonly range: TextRange };

const OPERATORS = [
  '<<<',
  '<<-',
  '&>>',
  ';;&',
  '&&',
  '||',
  ';;',
  ';&',
  '<<',
  '>>',
  '>&',
  '<&',
  '&>',
  '>|',
  '|&',
  ';',
  '&',
  '|',
  '(',
  ')',
  '<',
  '>',
];
const ENDS_WORD = /[\s;&|()<>]/;
/** Expansions whose value is a known folder. */
const KNOWN_FOLDERS: readonly (readonly [ShellWord['root'], RegExp])[] = [
  ['workspace', /^(?:\$\{\{\s*github\.workspace\s*\}\}|\$GITHUB_WORKSPACE(?!\w)|\$\{GITHUB_WORKSPACE\})/],
  ['action', /^(?:\$\{\{\s*github\.action_path\s*\}\}|\$GITHUB_ACTION_PATH(?!\w)|\$\{GITHUB_ACTION_PATH\})/],
];

/** Splits a shell script into tokens; bodies of heredocs are left out. Never throws. */
export function tokenizeShell(script: string): ShellToken[] {
  const tokens: ShellToken[] = [];
  const heredocs: { delimiter: string; stripsTabs: boolean }[] = [];
  let at = 0;

  while (at < script.length) {
    const unit = script.charAt(at);
    const continued = /^\\\r?\n/.exec(script.slice(at, at + 3))?.[0];
    if (continued !== undefined) {
      at += continued.length;
    } else if (unit === '\n') {
      tokens.push({ kind: 'operator', operator: '\n', range: { start: at, end: at + 1 } });
      at = skipHeredocs(script, at + 1, heredocs.splice(0));
    } else if (/\s/.test(unit)) {
      at += 1;
    } else if (unit === '#') {
      const end = endOfLine(script, at);
      tokens.push({ kind: 'comment', range: { start: at, end } });
      at = end;
    } else {
      const operator = OPERATORS.find(candidate => script.startsWith(candidate, at));
      const token =
        operator === undefined
          ? readWord(script, at)
          : { kind: 'operator' as const, operator, range: { start: at, end: at + operator.length } };
      noteHeredoc(tokens.at(-1), token, heredocs);
      tokens.push(token);
      at = token.range.end;
    }
  }
  return tokens;
}

function noteHeredoc(
  previous: ShellToken | undefined,
  token: ShellToken,
  heredocs: { delimiter: string; stripsTabs: boolean }[],
): void {
  const opens = previous?.kind === 'operator' && (previous.operator === '<<' || previous.operator === '<<-');
  if (!opens || token.kind !== 'word') return;
  heredocs.push({ delimiter: token.raw.replace(/['"\\]/g, ''), stripsTabs: previous.operator === '<<-' });
}

function skipHeredocs(
  script: string,
  start: number,
  heredocs: readonly { delimiter: string; stripsTabs: boolean }[],
): number {
  let at = start;
  for (const { delimiter, stripsTabs } of heredocs) {
    while (at < script.length) {
      const end = endOfLine(script, at);
      const line = script.slice(at, end).replace(/\r$/, '');
      at = Math.min(end + 1, script.length);
      if ((stripsTabs ? line.replace(/^\t+/, '') : line) === delimiter) break;
    }
  }
  return at;
}

function endOfLine(script: string, at: number): number {
  const newline = script.indexOf('\n', at);
  return newline === -1 ? script.length : newline;
}

/** Reads one word. An expansion that is not known, a wildcard or a brace makes its text unknown. */
function readWord(script: string, start: number): ShellToken & { kind: 'word' } {
  const openQuote = /^["']/.exec(script.slice(start, start + 1))?.[0];
  const folder = KNOWN_FOLDERS.flatMap(([root, pattern]) => {
    const from = start + (openQuote === '"' ? 1 : 0);
    const found = pattern.exec(script.slice(from, from + 80))?.[0];
    return found === undefined ? [] : [{ root, end: from + found.length }];
  })[0];

  let at = start;
  let text = '';
  let isKnown = true;
  let quote: string | undefined;
  if (folder !== undefined) {
    quote = openQuote;
    at = folder.end;
  }
  const contentStart = at;
  while (at < script.length) {
    const unit = script.charAt(at);
    if (quote === undefined && ENDS_WORD.test(unit)) break;
    if (unit === quote) {
      quote = undefined;
      at += 1;
    } else if (quote === undefined && (unit === '"' || unit === "'")) {
      quote = unit;
      at += 1;
    } else if (unit === '\\' && quote !== "'") {
      const escaped = script.charAt(at + 1);
      if (escaped !== '\n') text += escaped;
      at += 2;
    } else if ((unit === '$' && quote !== "'") || script.startsWith('${{', at)) {
      at = endOfExpansion(script, at);
      isKnown = false;
    } else if (unit === '`' && quote !== "'") {
      const end = script.indexOf('`', at + 1);
      at = end === -1 ? script.length : end + 1;
      isKnown = false;
    } else {
      if (quote === undefined && /[*?[\]{}]/.test(unit)) isKnown = isKnown && isPlainBracket(script, at);
      text += unit;
      at += 1;
    }
  }

  const end = Math.min(at, script.length);
  const raw = script.slice(start, end);
  return {
    kind: 'word',
    raw,
    range: { start, end },
    word: toWord(script, contentStart, end, isKnown ? text : undefined, folder?.root),
  };
}

/** `[`, `]`, `{`, `}` alone are commands of the shell, and `.[dev]` is an extra of a Python package. */
function isPlainBracket(script: string, at: number): boolean {
  const unit = script.charAt(at);
  if (unit === '*' || unit === '?') return false;
  return unit === '[' || unit === ']' || (!/\S/.test(script.charAt(at - 1)) && !/[^\s;]/.test(script.charAt(at + 1)));
}

function toWord(
  script: string,
  start: number,
  end: number,
  text: string | undefined,
  root: ShellWord['root'] | undefined,
): ShellWord {
  if (text === undefined) return { text, root: 'current', range: { start, end } };
  if (root !== undefined) {
    // `${GITHUB_WORKSPACE}2` is another folder altogether.
    if (text !== '' && !text.startsWith('/')) return { text: undefined, root: 'current', range: { start, end } };
    const rest = text.replace(/^\/+/, '');
    const from = script.indexOf(rest, start);
    return {
      text: rest,
      root,
      range: { start: from === -1 ? start : from, end: from === -1 ? end : from + rest.length },
    };
  }
  const isQuoted = end - start >= 2 && script.slice(start + 1, end - 1) === text && /^["']$/.test(script.charAt(start));
  return { text, root: 'current', range: isQuoted ? { start: start + 1, end: end - 1 } : { start, end } };
}

/** End of `${{ … }}`, `${…}`, `$(…)`, `$name` or a lone `$`. */
function endOfExpansion(script: string, start: number): number {
  if (script.startsWith('${{', start)) {
    const end = script.indexOf('}}', start);
    return end === -1 ? script.length : end + 2;
  }
  const open = script.charAt(start + 1);
  const close = open === '(' ? ')' : open === '{' ? '}' : undefined;
  if (close === undefined)
    return start + (/^\$(?:\w+|[@*#?$!-])?/.exec(script.slice(start, start + 200))?.[0].length ?? 1);

  let depth = 0;
  for (let at = start + 1; at < script.length; at++) {
    const unit = script.charAt(at);
    if (unit === '\\') at += 1;
    else if (unit === "'" && close === ')') at = Math.max(at, script.indexOf("'", at + 1));
    else if (unit === open) depth += 1;
    else if (unit === close && --depth === 0) return at + 1;
  }
  return script.length;
}
