import { sliceOf, trimmed, type SourceText } from './source-text.ts';
import type { TextRange } from '../../core/text.ts';

/** One option of a section; its value line by line, without comment lines and outer white space. */
export interface IniOption {
  /** In lower case. */
  readonly key: string;
  readonly lines: readonly SourceText[];
  /** Whether the value starts on the line of its key. */
  readonly startsBesideKey: boolean;
}

export interface IniSection {
  readonly name: string;
  readonly options: readonly IniOption[];
}

export interface IniDocument {
  readonly sections: readonly IniSection[];
  readonly comments: readonly SourceText[];
  readonly errors: readonly { readonly range: TextRange; readonly message: string }[];
}

interface Reading {
  readonly sections: { name: string; options: { key: string; lines: SourceText[]; startsBesideKey: boolean }[] }[];
  readonly comments: SourceText[];
  readonly errors: { range: TextRange; message: string }[];
  /** Indentation of the option that a deeper line continues; -1 when none is open. */
  indentation: number;
}

/** Reads a file as Python's configparser does with its default settings; never throws. */
export function parseIni(text: string): IniDocument {
  const reading: Reading = { sections: [], comments: [], errors: [], indentation: -1 };
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  let offset = start;
  for (const line of text.slice(start).split(/\r\n|\n|\r/)) {
    readLine(reading, sliceOf(text, offset, offset + line.length));
    offset += line.length;
    offset += text.startsWith('\r\n', offset) ? 2 : 1;
  }
  return reading;
}

function readLine(reading: Reading, line: SourceText): void {
  const content = line.text.trim();
  if (content === '') return;
  const indentation = line.text.length - line.text.trimStart().length;
  const value = trimmed(line);
  if (content.startsWith('#') || content.startsWith(';')) {
    reading.comments.push(value);
    return;
  }
  const section = reading.sections.at(-1);
  const option = section?.options.at(-1);
  if (option && reading.indentation >= 0 && indentation > reading.indentation) {
    option.lines.push(value);
    return;
  }
  readHeadOrOption(reading, value, indentation);
}

function readHeadOrOption(reading: Reading, line: SourceText, indentation: number): void {
  const head = /^\[([^\]]+)\]/.exec(line.text)?.[1];
  if (head !== undefined) {
    reading.sections.push({ name: head, options: [] });
    reading.indentation = -1;
    return;
  }
  const separator = /[=:]/.exec(line.text);
  const key = separator ? line.text.slice(0, separator.index).trim().toLowerCase() : '';
  const section = reading.sections.at(-1);
  if (!separator || key === '' || !section) {
    reading.errors.push({
      range: { start: line.start, end: line.start + line.text.length },
      message: 'A section or `key = value` is expected here.',
    });
    return;
  }
  const rest = line.text.slice(separator.index + 1);
  const start = line.start + separator.index + 1 + rest.length - rest.trimStart().length;
  const first: SourceText = { text: rest.trim(), start };
  const startsBesideKey = first.text !== '';
  section.options.push({ key, lines: startsBesideKey ? [first] : [], startsBesideKey });
  reading.indentation = indentation;
}
