import type { PythonIndex } from '../../core/python-index.ts';
import type { Settings } from '../../core/settings.ts';
import { indexBaseline, type Baseline, type BaselineIndex } from '../baseline/baseline.ts';
import { loadConfiguration, type LoadedConfiguration } from '../load-configuration.ts';
import type { ConfigurationProblem } from '../model.ts';
import type { RuleNames } from '../rule-names.ts';
import { loadBaseline, NO_BASELINE } from './load-baseline.ts';
import type { SessionOptions } from './session-options.ts';
import { unknownOwnNames } from './unknown-own-names.ts';

/** What is in force for a root: its configuration and its baseline, the last good ones of each. */
export class SessionSettings {
  readonly #options: SessionOptions;
  readonly #names: RuleNames;
  #configuration: LoadedConfiguration;
  #baseline = NO_BASELINE;
  #index: BaselineIndex = new Map();

  constructor(options: SessionOptions, names: RuleNames, configuration: LoadedConfiguration) {
    this.#options = options;
    this.#names = names;
    this.#configuration = configuration;
  }

  get settings(): Settings {
    return this.#configuration.settings;
  }

  /** Path of the configuration file, relative to the root; undefined for the defaults. */
  get path(): string | undefined {
    return this.#configuration.path;
  }

  /** @param index asked where the configuration has names of Python; undefined while it does not know all files */
  problemsWith(index: (() => PythonIndex) | undefined): readonly ConfigurationProblem[] {
    const { ownNames, problems } = this.#configuration;
    return [
      ...problems,
      ...(index && ownNames.length > 0 ? unknownOwnNames(ownNames, index()) : []),
      ...this.#baseline.problems,
    ];
  }

  get baseline(): Baseline {
    return this.#baseline.baseline;
  }

  get baselineIndex(): BaselineIndex {
    return this.#index;
  }

  /** @throws Error when a configuration file that the user named can't be read. */
  async reload(): Promise<void> {
    const { configurationFile, root } = this.#options;
    this.#configuration = await loadConfiguration(root, this.#names, this.settings, configurationFile);
  }

  /** @param read content of a path of the root. @throws Error when it can't be read */
  reloadBaseline(read: (path: string) => Uint8Array): void {
    if (this.#options.useBaseline === false) return;
    this.#baseline = loadBaseline(read, this.#baseline.baseline);
    this.#index = indexBaseline(this.#baseline.baseline);
  }
}
