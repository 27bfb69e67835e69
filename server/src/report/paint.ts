import type { Priority } from '../core/finding.ts';

/** Ways to set off a part of a text. */
export type Style = Priority | 'dim' | 'bold';

/** Wraps a text for a terminal, or leaves it alone. */
export type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, string>> = {
  critical: '1;31',
  high: '31',
  medium: '33',
  low: '36',
  dim: '2',
  bold: '1',
};

/** For files and pipes. */
export const PLAIN: Paint = (_, text) => text;

/** For terminals. */
export const COLOURED: Paint = (style, text) => `\u001B[${CODES[style]}m${text}\u001B[0m`;

/** Replaces control characters, which could steer the terminal; they come from file names and analysed code. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001F\u007F-\u009F]/g, unit => {
    return `\\x${unit.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}
