import type { PythonTimeoutValue } from '../core/facts/http-call.ts';
import { knowledge } from './shipped.ts';

/** One way of calling out in Python; `http-python.yaml` explains the properties. */
export interface PythonHttpEntry {
  readonly callees: readonly string[];
  readonly form: 'call' | 'client';
  readonly argument: string;
  readonly takes: PythonTimeoutValue;
  readonly limits?: readonly string[];
  readonly position?: number;
  readonly positionals?: number;
  readonly carriers?: readonly string[];
  readonly address?: readonly string[];
  readonly zeroDisables?: boolean;
  readonly socketDefault?: boolean;
  readonly owner?: string;
  readonly uses?: readonly string[];
  readonly usePositionals?: number;
  readonly settings?: readonly string[];
  readonly waits?: readonly string[];
  readonly default?: string;
  readonly defaultSeconds?: number;
}

// The schema beside the YAML file says the same as the type, and is checked when the file is compiled.
const entries = knowledge['http-python'] as Readonly<Record<string, PythonHttpEntry>>;

const ENTRY_BY_CALLEE: ReadonlyMap<string, PythonHttpEntry> = new Map(
  Object.values(entries).flatMap(entry => entry.callees.map(callee => [callee, entry] as const)),
);

/** Top-level modules of all callees: a file that imports none of them has no call of interest. */
export const PYTHON_HTTP_MODULES: ReadonlySet<string> = new Set(
  [...ENTRY_BY_CALLEE.keys()].map(callee => callee.split('.', 1)[0] ?? callee),
);

/** What is known of a callee by its canonical name. */
export function pythonHttpEntry(callee: string): PythonHttpEntry | undefined {
  return ENTRY_BY_CALLEE.get(callee);
}
