/** Directions of writing that can make code read as something else. */
const INVISIBLE = /[\u0000-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * One line that shows what it holds: line ends and tabs become blanks, other characters that can't be seen or that turn
 * the direction of writing are named. File names and analysed code may hold any of them.
 */
export function visible(text: string): string {
  return text
    .replace(/[\t\r\n\u0085\u2028\u2029]+/g, ' ')
    .replace(LONE_SURROGATE, '\uFFFD')
    .replace(INVISIBLE, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
