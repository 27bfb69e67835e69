import * as vscode from 'vscode';
import type { RootModel } from '../../server/src/protocol/model.ts';
import type { ReadinessStore, StoreSnapshot } from './readiness-store.ts';
import { VIEW_ID } from './readiness-tree/readiness-view.ts';
import { t } from './l10n.ts';
import { activityInWords, countsInWords, levelInWords, scoreInWords } from './readiness-tree/wording.ts';

/** One item: the score, or that the server is busy or broken. A click opens the panel, or the log when it is broken. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('readiness.score', vscode.StatusBarAlignment.Left, 0);
  readonly #subscription: vscode.Disposable;

  constructor(store: ReadinessStore) {
    this.#item.name = 'Readiness';
    this.#draw(store.snapshot);
    this.#subscription = store.onChange(snapshot => {
      this.#draw(snapshot);
    });
    this.#item.show();
  }

  get text(): string {
    return this.#item.text;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #draw({ server, roots }: StoreSnapshot): void {
    const broken = server === 'failed' || roots.some(({ activity }) => activity.kind === 'failed');
    this.#item.text = `$(${iconFor(broken, server, roots)}) ${labelFor(roots)}`;
    this.#item.tooltip = new vscode.MarkdownString(tooltipFor(server, roots));
    this.#item.accessibilityInformation = { label: `Readiness: ${labelFor(roots)}. ${tooltipFor(server, roots)}` };
    this.#item.command = broken ? 'readiness.showLog' : `${VIEW_ID}.focus`;
    this.#item.backgroundColor = broken ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
  }
}

function iconFor(broken: boolean, server: StoreSnapshot['server'], roots: readonly RootModel[]): string {
  if (broken) return 'error';
  if (roots.some(({ brokenConfiguration }) => brokenConfiguration)) return 'warning';
  const busy = server !== 'running' || roots.some(({ activity }) => activity.kind !== 'idle');
  return busy ? 'sync~spin' : 'dashboard';
}

/** The lowest score of the window: a chain is as strong as its weakest link. */
function labelFor(roots: readonly RootModel[]): string {
  const scores = roots.map(({ score }) => score?.value).filter(value => value !== undefined);
  return scores.length === 0 ? 'Readiness' : String(Math.min(...scores));
}

function tooltipFor(server: StoreSnapshot['server'], roots: readonly RootModel[]): string {
  if (server === 'failed') return t('The Readiness server is not running. Click to see its log.');
  if (server !== 'running') return t('The Readiness server is starting.');
  return roots.map(describeRoot).join('\n\n') || t('Readiness: no folder is open.');
}

function describeRoot(root: RootModel): string {
  const { name, score, counts, brokenConfiguration } = root;
  const lines = [`**${name}**`];
  if (score) lines.push(t('Score {0}', scoreInWords(score)), levelInWords(score), countsInWords(counts));
  const activity = activityInWords(root);
  if (activity !== '') lines.push(activity);
  if (brokenConfiguration) lines.push(t('The configuration can’t be read; the last good one is in force.'));
  return lines.join('  \n');
}
