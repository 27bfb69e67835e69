import * as vscode from 'vscode';
import {
  ACCEPTED_REQUEST,
  ALL_FINDINGS_REQUEST,
  FINDINGS_REQUEST,
  MODEL_REQUEST,
  type RequestName,
} from '../../server/src/protocol/messages.ts';
import type { RootModel } from '../../server/src/protocol/model.ts';
import { coalesce } from './coalesce.ts';
import type { RootContents } from './readiness-tree/panel-node.ts';
import { RowCache } from './row-cache.ts';
import type { ServerProcess, ServerState } from './server-process.ts';

/** What the window knows of the server and its results. */
export interface StoreSnapshot {
  readonly server: ServerState;
  readonly roots: readonly RootModel[];
}

/** Keeps the server's model at hand for the views, and asks for it again when it is out of date. */
export class ReadinessStore implements vscode.Disposable {
  readonly #server: ServerProcess;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<StoreSnapshot>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #rows = new RowCache({
    ofRule: (root, ruleId) => this.#list(FINDINGS_REQUEST, { root, ruleId }),
    ofRoot: root => this.#list(ALL_FINDINGS_REQUEST, { root }),
    accepted: root => this.#list(ACCEPTED_REQUEST, { root }),
  });
  #roots: readonly RootModel[] = [];

  /** Fires after every change, at most as often as the server reports one. */
  readonly onChange = this.#changed.event;

  /** Asks the server for its model; while an answer is awaited, further wishes become one. */
  readonly refresh = coalesce(() => this.#ask());

  constructor(server: ServerProcess, log: vscode.LogOutputChannel) {
    this.#server = server;
    this.#log = log;
    this.#subscriptions = [
      server.onStateChange(state => {
        if (state === 'running') void this.refresh();
        else if (state === 'failed') this.#roots = [];
        this.#fire();
      }),
      server.onChanged(({ model, roots }) => {
        if (model) {
          void this.refresh();
          return;
        }
        const activities = new Map(roots.map(({ uri, activity }) => [uri, activity]));
        this.#roots = this.#roots.map(root => ({ ...root, activity: activities.get(root.uri) ?? root.activity }));
        this.#fire();
      }),
    ];
  }

  get snapshot(): StoreSnapshot {
    return { server: this.#server.state, roots: this.#roots };
  }

  /** All roots with their findings; only what has changed since the last time is asked for. */
  load(): Promise<readonly RootContents[]> {
    return Promise.all(
      this.#roots.map(async model => ({
        model,
        findings: await this.#rows.findings(model),
        accepted: await this.#rows.accepted(model),
      })),
    );
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  async #list<Params, Row>(
    name: RequestName<Params, readonly Row[]>,
    params: Params,
  ): Promise<readonly Row[] | undefined> {
    try {
      return await this.#server.request(name, params);
    } catch (error) {
      this.#log.error(`${name.method} failed: ${String(error)}`);
      return undefined;
    }
  }

  async #ask(): Promise<void> {
    try {
      this.#roots = (await this.#server.request(MODEL_REQUEST, {})) ?? this.#roots;
    } catch (error) {
      // The old model stays; the server reports when there is a new one.
      this.#log.error(`Could not read the readiness model: ${String(error)}`);
    }
    this.#fire();
  }

  #fire(): void {
    this.#changed.fire(this.snapshot);
  }
}
