import * as vscode from 'vscode';
import type { FilterContext } from './options.ts';

/** Which files have a tab, and which one is in the active editor, right now. */
export function openFiles(): Pick<FilterContext, 'isOpen' | 'isCurrent'> {
  const open = new Set(
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : [])),
  );
  const current = vscode.window.activeTextEditor?.document.uri.toString();
  // The server may escape other characters of a URI than the editor does.
  const normal = (uri: string): string => vscode.Uri.parse(uri).toString();
  return { isOpen: uri => open.has(normal(uri)), isCurrent: uri => normal(uri) === current };
}
