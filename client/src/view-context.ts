import * as vscode from 'vscode';
import type { ReadinessStore, StoreSnapshot } from './readiness-store.ts';

/** What the welcome views and the buttons in package.json depend on. */
const STATE_KEY = 'readiness.state';
const SCANNING_KEY = 'readiness.scanning';

type ViewState = 'starting' | 'failed' | 'scanning' | 'empty' | 'ready';

/** Keeps the context keys of the manifest's `when` clauses up to date. */
export function publishViewContext(store: ReadinessStore): vscode.Disposable {
  const known = new Map<string, unknown>();
  const set = (key: string, value: unknown): void => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  const publish = (snapshot: StoreSnapshot): void => {
    set(STATE_KEY, stateOf(snapshot));
    set(SCANNING_KEY, isScanning(snapshot));
  };
  publish(store.snapshot);
  return store.onChange(publish);
}

function stateOf(snapshot: StoreSnapshot): ViewState {
  const { server, roots } = snapshot;
  if (server === 'failed' || (roots.length > 0 && roots.every(({ activity }) => activity.kind === 'failed')))
    return 'failed';
  if (server !== 'running' || roots.some(({ activity }) => activity.kind === 'starting')) return 'starting';
  if (isScanning(snapshot)) return 'scanning';
  return roots.every(({ files }) => files === 0) ? 'empty' : 'ready';
}

function isScanning({ roots }: StoreSnapshot): boolean {
  return roots.some(({ activity }) => activity.kind === 'scanning');
}
