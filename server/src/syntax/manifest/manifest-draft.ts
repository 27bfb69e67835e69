import type { DependencyFact, ManifestFacts, ManifestFormat, ManifestInclude } from '../../core/facts/manifest.ts';
import type { TextRange } from '../../core/text.ts';
import { parseRequirement } from './requirement.ts';
import type { SourceText } from './source-text.ts';

/** What a reader collects on its way through one manifest. */
export interface ManifestDraft {
  readonly dependencies: DependencyFact[];
  readonly includes: ManifestInclude[];
  readonly errors: { range: TextRange; message: string }[];
}

/** An empty draft. */
export function newDraft(): ManifestDraft {
  return { dependencies: [], includes: [], errors: [] };
}

/** Adds what one PEP 508 text declares: a dependency or an error. */
export function addRequirement(draft: ManifestDraft, source: SourceText, group: string | undefined): void {
  const requirement = parseRequirement(source);
  if (requirement.kind === 'error') {
    draft.errors.push({ range: requirement.range, message: requirement.message });
    return;
  }
  const { name, specifier, specifierRange, versions, extras, marker, condition, range, url } = requirement;
  draft.dependencies.push({
    name,
    specifier,
    ...(versions && url === undefined ? { versions } : {}),
    extras,
    marker,
    ...(condition ? { condition } : {}),
    group,
    range,
    specifierRange,
    direct: url !== undefined,
  });
}

/** Completes a draft; dependencies come out in source order. */
export function toManifest(
  format: ManifestFormat,
  draft: ManifestDraft,
  rest: Partial<Pick<ManifestFacts, 'isProject' | 'compiled' | 'requiresPython' | 'workspacePatterns'>>,
): ManifestFacts {
  const dependencies = [...draft.dependencies].sort((a, b) => a.range.start - b.range.start);
  const errors = [...draft.errors].sort((a, b) => a.range.start - b.range.start);
  return { format, isProject: false, compiled: false, ...rest, dependencies, includes: draft.includes, errors };
}
