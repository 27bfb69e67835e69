import * as vscode from 'vscode';
import { relativeLinks } from './relative-links.ts';

/**
 * Pages that are made for the moment: explanations, for instance. They are files in the extension's own storage,
 * because a preview follows links from file to file alone.
 */
export class MomentaryPages {
  readonly #folder: vscode.Uri;

  constructor(storage: vscode.Uri) {
    this.#folder = vscode.Uri.joinPath(storage, 'pages');
  }

  /** Shows Markdown as a page, beside the editor that it is about. A page of the same title is replaced. */
  async show(title: string, markdown: string): Promise<void> {
    const file = vscode.Uri.joinPath(this.#folder, `${title.replace(/[^\p{L}\p{N} ._-]/gu, ' ')}.md`);
    const text = relativeLinks(markdown, this.#folder.path);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    await vscode.commands.executeCommand('markdown.showPreviewToSide', file);
  }
}
