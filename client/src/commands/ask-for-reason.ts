import * as vscode from 'vscode';
import { t } from '../l10n.ts';

/** Asks why something is acceptable; undefined when the user changed their mind. `title` says what is accepted. */
export function askForReason(title: string, prompt: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt,
    placeHolder: t('For example: the caller sets the deadline'),
    ignoreFocusOut: true,
    validateInput: reason => (reason.trim() === '' ? t('A reason helps whoever reads this next.') : undefined),
  });
}
