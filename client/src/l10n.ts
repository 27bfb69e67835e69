import { l10n } from 'vscode';

/**
 * The text in the user's language, with `{0}`, `{1}` … replaced by the values. English is written in the code; other
 * languages are in `l10n/`, and a test holds them to the texts that are used. So the text has to be a literal.
 */
export function t(text: string, ...values: (string | number)[]): string {
  return l10n.t(text, ...values);
}
