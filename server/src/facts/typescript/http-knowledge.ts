import type { TimeoutOption } from '../../core/facts/http-call.ts';
import { knowledge } from '../../knowledge/shipped.ts';

/** One way of calling out over HTTP; `http-typescript.yaml` explains the properties. */
export interface HttpEntry {
  readonly callees: readonly string[];
  readonly form: 'call' | 'client';
  readonly arguments: 'fixed' | 'urlFirst';
  readonly url?: number;
  readonly options: number;
  readonly limits: readonly string[];
  readonly carriers: readonly string[];
  readonly patchedBy?: readonly string[];
  readonly browserOptions?: readonly string[];
  readonly chain?: string;
  readonly writes: TimeoutOption['form'];
  readonly default?: string;
  readonly defaultSeconds?: number;
  readonly sufficient?: boolean;
  readonly serverOnly?: boolean;
}

/** What tells browser code; `browser-code.yaml` explains the properties. */
export interface BrowserKnowledge {
  readonly packages: ReadonlySet<string>;
  readonly serverPackages: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
  readonly serviceWorkers: ReadonlySet<string>;
  readonly componentHooks: ReadonlySet<string>;
}

const browser = knowledge['browser-code'];

// The schema beside the YAML file says the same as the type, and is checked when the file is compiled.
const entries = knowledge['http-typescript'] as Readonly<Record<string, HttpEntry>>;

export const BROWSER_KNOWLEDGE: BrowserKnowledge = {
  packages: new Set(browser.packages),
  serverPackages: new Set(browser.serverPackages),
  globals: new Set(browser.globals),
  folders: new Set(browser.folders),
  serviceWorkers: new Set(browser.serviceWorkers),
  componentHooks: new Set(browser.componentHooks),
};

const ENTRY_BY_CALLEE: ReadonlyMap<string, HttpEntry> = new Map(
  Object.values(entries).flatMap(entry => entry.callees.map(callee => [callee, entry] as const)),
);

/** Last segments of all callees: a call of any other name need not be resolved, unless it is called by an alias. */
export const HTTP_MODULES: ReadonlySet<string> = new Set(
  [...ENTRY_BY_CALLEE.keys()].map(callee => callee.split('.')[0] ?? callee),
);

/** What is known of a callee by its canonical name. */
export function httpEntryOf(callee: string): HttpEntry | undefined {
  return ENTRY_BY_CALLEE.get(callee);
}
