import * as vscode from 'vscode';
import { FILTERS, GROUPINGS, type Filter, type Grouping, type PanelOptions } from './options.ts';

/** Where the choice is kept, for each workspace. */
const KEY = 'readiness.panel';

/** How the user wants the panel; kept for the workspace, and told to the menus of the manifest. */
export class PanelSettings implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<PanelOptions>();
  #options: PanelOptions;

  readonly onChange = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#options = readOptions(memory.get<unknown>(KEY));
    this.#tellMenus();
  }

  get options(): PanelOptions {
    return this.#options;
  }

  /** Changes one choice or both. */
  async set(change: Partial<PanelOptions>): Promise<void> {
    this.#options = { ...this.#options, ...change };
    this.#tellMenus();
    this.#changed.fire(this.#options);
    await this.#memory.update(KEY, this.#options);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #tellMenus(): void {
    void vscode.commands.executeCommand('setContext', 'readiness.grouping', this.#options.grouping);
    void vscode.commands.executeCommand('setContext', 'readiness.filter', this.#options.filter);
  }
}

/** One command for each choice, and its twin with a check mark that the menu shows for the present one. */
export function panelCommands(settings: PanelSettings): vscode.Disposable[] {
  const on = (command: string, change: Partial<PanelOptions>): vscode.Disposable[] =>
    [command, `${command}.chosen`].map(id => vscode.commands.registerCommand(id, () => settings.set(change)));
  return [
    ...GROUPINGS.flatMap(grouping => on(`readiness.group.${grouping}`, { grouping })),
    ...FILTERS.flatMap(filter => on(`readiness.filter.${filter}`, { filter })),
  ];
}

/** What was kept, as far as this version still knows it. */
function readOptions(kept: unknown): PanelOptions {
  // Only what is found in the lists below is used of it.
  const { grouping, filter } = (kept ?? {}) as { grouping?: unknown; filter?: unknown };
  return {
    grouping: GROUPINGS.find((each): each is Grouping => each === grouping) ?? 'aspect',
    filter: FILTERS.find((each): each is Filter => each === filter) ?? 'all',
  };
}
