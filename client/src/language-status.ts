import * as vscode from 'vscode';
import { TIMING_REQUEST } from '../../server/src/protocol/explaining.ts';
import { SLOW_ANALYSIS, type TimingView } from '../../server/src/protocol/model.ts';
import { coalesce } from './coalesce.ts';
import { DOCUMENT_SELECTOR } from './document-selector.ts';
import { t } from './l10n.ts';
import type { ReadinessStore } from './readiness-store.ts';
import type { ServerProcess } from './server-process.ts';

/** Says beside the language of a file how long its last analysis took, and what made it slow. */
export class LanguageStatus implements vscode.Disposable {
  readonly #server: ServerProcess;
  readonly #item = vscode.languages.createLanguageStatusItem('readiness.timing', DOCUMENT_SELECTOR);
  readonly #subscriptions: vscode.Disposable[];
  readonly #refresh = coalesce(() => this.#ask());

  constructor(server: ServerProcess, store: ReadinessStore) {
    this.#server = server;
    this.#item.name = 'Readiness';
    this.#item.command = { title: t('Explain'), command: 'readiness.explainFile' };
    const refresh = (): void => {
      void this.#refresh();
    };
    this.#subscriptions = [store.onChange(refresh), vscode.window.onDidChangeActiveTextEditor(refresh)];
    this.#draw(undefined);
  }

  /** What is shown, for tests. */
  get text(): string {
    return `${this.#item.text}${this.#item.detail === undefined ? '' : ` · ${this.#item.detail}`}`;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#item.dispose();
  }

  async #ask(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || vscode.languages.match(DOCUMENT_SELECTOR, document) === 0) return;
    try {
      const timing = await this.#server.request(TIMING_REQUEST, { uri: document.uri.toString() });
      this.#draw(timing ?? undefined);
    } catch {
      // A server that is ending has no time to tell; the next change asks again.
      this.#draw(undefined);
    }
  }

  #draw(timing: TimingView | undefined): void {
    const { Information, Warning } = vscode.LanguageStatusSeverity;
    this.#item.busy = this.#server.state !== 'running' && this.#server.state !== 'failed';
    this.#item.severity = timing && timing.milliseconds > SLOW_ANALYSIS ? Warning : Information;
    this.#item.text = timing ? t('Reviewed in {0} ms', rounded(timing.milliseconds)) : 'Readiness';
    this.#item.detail = detailOf(this.#server.state, timing);
    this.#item.accessibilityInformation = { label: `Readiness, ${this.text}` };
  }
}

function detailOf(state: ServerProcess['state'], timing: TimingView | undefined): string {
  if (state === 'failed') return t('The Readiness server is not running.');
  if (!timing) return t('not reviewed yet');
  const { slowest } = timing;
  if (!slowest) return 'Readiness';
  return t('slow: {0} took {1} ms', slowest.ruleId, rounded(slowest.milliseconds));
}

function rounded(milliseconds: number): number {
  return milliseconds < 10 ? Math.round(milliseconds * 10) / 10 : Math.round(milliseconds);
}
