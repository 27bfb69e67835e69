import type { TextRange } from '../text.ts';

/** Which kind of file declares a dependency. */
export type ManifestFormat = 'pyproject' | 'requirements' | 'constraints' | 'setup.cfg' | 'setup.py' | 'package.json';

/** One declared dependency. */
export interface DependencyFact {
  /** Normalised as in PEP 503 for Python. */
  readonly name: string;
  /** As written, without name, extras and marker: `>=2,<3`, `^1.2`; empty when any version will do. */
  readonly specifier: string;
  readonly extras: readonly string[];
  /** Environment marker as written. */
  readonly marker: string | undefined;
  /** Optional group it belongs to: an extra, `dev`, a dependency group; undefined for the runtime set. */
  readonly group: string | undefined;
  /** The whole declaration, e.g. the string's content or the line without comment. */
  readonly range: TextRange;
  /** The specifier alone; an empty range where one would stand. */
  readonly specifierRange: TextRange;
  /** Whether a URL, path or VCS reference decides the version. */
  readonly direct: boolean;
}

/** What one manifest says. */
export interface ManifestFacts {
  readonly format: ManifestFormat;
  readonly dependencies: readonly DependencyFact[];
  /** `-r`/`-c` lines, resolved relative to the manifest's folder. */
  readonly includes: readonly { readonly path: string; readonly kind: 'requirements' | 'constraints'; readonly range: TextRange }[];
  /** Written by a tool (pip-compile, uv, poetry export): it follows another file. */
  readonly compiled: boolean;
  /** Places that could not be understood; the rest of the file still counts. */
  readonly errors: readonly { readonly range: TextRange; readonly message: string }[];
}
