import * as vscode from 'vscode';

const SCHEME = 'readiness-page';

/** Pages that are made for the moment and belong to no file: explanations, for instance. */
export class VirtualPages implements vscode.Disposable {
  readonly #pages = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: ({ path }) => this.#pages.get(path) ?? '',
  });

  /** Shows Markdown as a page, beside the editor it is about. Links to files and commands are left to the page. */
  async show(title: string, markdown: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title.replaceAll('/', ' ')}.md` });
    // One page for each title, and only the latest ones: nobody keeps explanations of yesterday.
    this.#pages.set(uri.path, markdown);
    this.#changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
