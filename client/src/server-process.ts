import { spawn, type ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  type ErrorHandler,
  type LanguageClientOptions,
} from 'vscode-languageclient/node';
import { ACCEPT_COMMAND } from '../../server/src/protocol/acceptance.ts';
import {
  CHANGED_NOTIFICATION,
  OPEN_RULE_COMMAND,
  SUPPRESS_COMMAND,
  type ChangedParams,
  type InitializationOptions,
  type RequestName,
} from '../../server/src/protocol/messages.ts';
import { DOCUMENT_SELECTOR } from './document-selector.ts';
import { t } from './l10n.ts';
import { createRestartPolicy } from './restart-policy.ts';

/** Errors in a row on the connection until it is given up. */
const PATIENCE = 3;

export type ServerState = 'starting' | 'running' | 'restarting' | 'failed';

/** The language server's life: it is started, watched, and restarted when it ends by itself. */
export class ServerProcess implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #log: vscode.LogOutputChannel;
  readonly #stateChanged = new vscode.EventEmitter<ServerState>();
  readonly #modelChanged = new vscode.EventEmitter<ChangedParams>();
  #state: ServerState = 'starting';
  #delayAfterCrash = createRestartPolicy(Date.now);

  /** Fires with every new state. */
  readonly onStateChange = this.#stateChanged.event;
  /** Fires when the server says that its findings or its activity have changed. */
  readonly onChanged = this.#modelChanged.event;

  /** `module` is the server's bundle. Nothing runs before {@link start}. */
  constructor(module: string, log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#client = new LanguageClient('readiness', 'Readiness', () => launch(module), this.#clientOptions());
    this.#client.onNotification(CHANGED_NOTIFICATION.method, (params: ChangedParams) => {
      this.#modelChanged.fire(params);
    });
    this.#client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) this.#become('running');
    });
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Starts the server. Never rejects: a server that can't start is a state. */
  async start(): Promise<void> {
    this.#become('starting');
    try {
      await this.#client.start();
    } catch (error) {
      this.#log.error(`The server could not start: ${describe(error)}`);
      this.#giveUp();
    }
  }

  /** Starts the server anew, whatever state it is in. */
  async restart(): Promise<void> {
    // Somebody believes that it will work now, so the crashes so far count no more.
    this.#delayAfterCrash = createRestartPolicy(Date.now);
    this.#become('restarting');
    try {
      await this.stop();
      await this.#client.start();
    } catch (error) {
      this.#log.error(`The server could not be restarted: ${describe(error)}`);
      this.#giveUp();
    }
  }

  /** Asks the server; undefined when it does not run. @throws ResponseError when the server could not answer. */
  async request<Params, Result>({ method }: RequestName<Params, Result>, params: Params): Promise<Result | undefined> {
    if (!this.#client.isRunning()) return undefined;
    return this.#client.sendRequest<Result>(method, params);
  }

  /** Ends the server and waits for it. */
  async stop(): Promise<void> {
    if (this.#client.needsStop()) await this.#client.stop();
  }

  dispose(): void {
    this.#stateChanged.dispose();
    this.#modelChanged.dispose();
  }

  #clientOptions(): LanguageClientOptions {
    const initializationOptions: InitializationOptions = {
      commands: [OPEN_RULE_COMMAND, SUPPRESS_COMMAND, ACCEPT_COMMAND],
    };
    return {
      documentSelector: DOCUMENT_SELECTOR,
      outputChannel: this.#log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions,
      initializationFailedHandler: () => false,
      markdown: { isTrusted: { enabledCommands: [OPEN_RULE_COMMAND] } },
      errorHandler: this.#errorHandler(),
    };
  }

  #errorHandler(): ErrorHandler {
    return {
      error: (_error, _message, count) => ({
        action: (count ?? 0) > PATIENCE ? ErrorAction.Shutdown : ErrorAction.Continue,
        handled: true,
      }),
      closed: async () => {
        const delay = this.#delayAfterCrash();
        if (delay === undefined) {
          this.#giveUp();
          return { action: CloseAction.DoNotRestart, handled: true };
        }
        this.#log.warn('The server ended by itself; it is started again.');
        this.#become('restarting');
        await new Promise(resolve => setTimeout(resolve, delay));
        return { action: CloseAction.Restart, handled: true };
      },
    };
  }

  #become(state: ServerState): void {
    this.#state = state;
    this.#stateChanged.fire(state);
  }

  #giveUp(): void {
    this.#become('failed');
    void this.#offerRestart();
  }

  async #offerRestart(): Promise<void> {
    const [restart, showLog] = [t('Restart'), t('Show Log')];
    const choice = await vscode.window.showErrorMessage(t('The Readiness server is not running.'), restart, showLog);
    if (choice === restart) await this.restart();
    if (choice === showLog) this.#log.show();
  }
}

/** The server in the editor's own Node, so that nothing has to be installed. */
function launch(module: string): Promise<ChildProcess> {
  // Node reads a company's certificates before anything else, for longer than it takes to start; the server opens no
  // connection that would need them.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_EXTRA_CA_CERTS: undefined };
  const child = spawn(process.execPath, [module, '--stdio'], { env, stdio: 'pipe' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      resolve(child);
    });
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
