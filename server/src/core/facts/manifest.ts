import type { TextRange } from '../text.ts';

/** Which kind of file declares a dependency. */
export type ManifestFormat = 'pyproject' | 'requirements' | 'constraints' | 'setup.cfg' | 'setup.py' | 'package.json';

export type VersionOperator = '==' | '!=' | '<=' | '>=' | '<' | '>' | '~=' | '===';

/** One comparison as in PEP 440; `version` ends in `.*` for a prefix match. Whether the version is valid is not known yet. */
export interface VersionClause {
  readonly operator: VersionOperator;
  readonly version: string;
}

/** Alternatives, of which each is a list of clauses that all hold; `[[]]` accepts every version. */
export type VersionSet = readonly (readonly VersionClause[])[];

export type MarkerOperator = VersionOperator | 'in' | 'not in' | 'contains' | 'not contains';

/** An environment marker of PEP 508. A comparison has its variable on the left; `contains` is a turned `in`. */
export type Marker =
  | {
      readonly kind: 'comparison';
      readonly variable: string;
      readonly operator: MarkerOperator;
      readonly value: string;
    }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Marker[] }
  | { readonly kind: 'unknown' };

/** One declared dependency. */
export interface DependencyFact {
  /** Normalised as in PEP 503 for Python. */
  readonly name: string;
  /** As written, without name, extras and marker: `>=2,<3`, `^1.2`; empty when any version will do. */
  readonly specifier: string;
  /** What the specifier means in PEP 440's words; undefined when it is not understood, and always for npm. */
  readonly versions?: VersionSet;
  readonly extras: readonly string[];
  /** Environment marker as written. */
  readonly marker: string | undefined;
  /** The marker's meaning; undefined without a marker. */
  readonly condition?: Marker;
  /** Optional group it belongs to: an extra, `dev`, a dependency group; undefined for the runtime set. */
  readonly group: string | undefined;
  /** The whole declaration, e.g. the string's content or the line without comment. */
  readonly range: TextRange;
  /** The specifier alone; an empty range where one would stand. */
  readonly specifierRange: TextRange;
  /** Whether a URL, path or VCS reference decides the version. */
  readonly direct: boolean;
}

/** Another file that a manifest reads. */
export interface ManifestInclude {
  /** Relative to the workspace root, with `/`; starts with `../` when it lies outside. */
  readonly path: string;
  readonly kind: 'requirements' | 'constraints';
  readonly range: TextRange;
  /** Group that the file's requirements belong to; undefined for the runtime set. */
  readonly group?: string;
}

/** What one manifest says. */
export interface ManifestFacts {
  readonly format: ManifestFormat;
  /** Whether it describes a project, and not only lists packages or configures tools. */
  readonly isProject: boolean;
  readonly dependencies: readonly DependencyFact[];
  /** Files named by `-r` and `-c` lines, `file:` directives and dynamic metadata. */
  readonly includes: readonly ManifestInclude[];
  /** Written by a tool (pip-compile, uv, poetry export): it follows another file. */
  readonly compiled: boolean;
  /** Python versions that the project supports. */
  readonly requiresPython?: VersionSet;
  /** Folders of the packages of one npm workspace, as glob patterns relative to the manifest. */
  readonly workspacePatterns?: readonly string[];
  /** Places that could not be understood; the rest of the file still counts. */
  readonly errors: readonly { readonly range: TextRange; readonly message: string }[];
}
