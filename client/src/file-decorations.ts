import * as vscode from 'vscode';
import { coalesce } from './coalesce.ts';
import type { ReadinessStore } from './readiness-store.ts';
import { findingsInWords } from './readiness-tree/wording.ts';

const SETTING = 'readiness.explorer.decorations';

/** The explorer shows two characters. */
const MOST = 99;

/** Counts findings beside the names of files in the explorer, once the user has asked for it in the settings. */
export class FileDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #store: ReadinessStore;
  readonly #changed = new vscode.EventEmitter<vscode.Uri[]>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #refresh = coalesce(() => this.#count());
  #counts: ReadonlyMap<string, number> = new Map();

  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(store: ReadinessStore) {
    this.#store = store;
    const refresh = (): void => {
      void this.#refresh();
    };
    this.#subscriptions = [
      vscode.window.registerFileDecorationProvider(this),
      store.onChange(refresh),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(SETTING)) refresh();
      }),
    ];
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const count = this.#counts.get(uri.toString());
    if (count === undefined) return undefined;
    return new vscode.FileDecoration(count > MOST ? '∞' : String(count), `Readiness: ${findingsInWords(count)}`);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  async #count(): Promise<void> {
    const wanted = vscode.workspace.getConfiguration().get<boolean>(SETTING) === true;
    if (!wanted && this.#counts.size === 0) return;
    const counts = new Map<string, number>();
    for (const { findings } of wanted ? await this.#store.load() : []) {
      for (const finding of findings) {
        const uri = vscode.Uri.parse(finding.uri).toString();
        counts.set(uri, (counts.get(uri) ?? 0) + 1);
      }
    }
    const old = this.#counts;
    this.#counts = counts;
    const touched = [...new Set([...old.keys(), ...counts.keys()])].filter(uri => old.get(uri) !== counts.get(uri));
    if (touched.length > 0) this.#changed.fire(touched.map(uri => vscode.Uri.parse(uri)));
  }
}
