import type { DependencyFact, Finding, Fix, FixContext } from '#rule-kit';

/**
 * How PEP 508 writes what a declaration accepts.
 * @returns undefined when it takes more than one list of comparisons, or none
 */
export function alignedSpecifier({ specifier, versions }: DependencyFact): string | undefined {
  const [clauses] = versions ?? [];
  if (!clauses || clauses.length === 0 || versions?.length !== 1) return undefined;
  const canonical = clauses.map(({ operator, version }) => operator + version).join(',');
  // What is PEP 508 already keeps its spaces; Poetry's notation does not.
  const isPep508 = specifier.replaceAll(' ', '') === canonical;
  return isPep508 ? specifier : canonical;
}

/** Writes the source of truth's specifier into the other file, and touches nothing but the specifier. */
export function alignmentFix(finding: Finding, context: FixContext): readonly Fix[] {
  const place = readData(finding);
  if (!place) return [];
  const derived = findDependency(context, finding.path, place.name, finding.range.start);
  const truth = findDependency(context, place.truth, place.name, place.truthStart);
  const specifier = truth && alignedSpecifier(truth);
  const isEditable =
    derived !== undefined && derived.specifier !== '' && !context.facts(finding.path)?.manifest?.compiled;
  if (!isEditable || specifier === undefined || derived.specifier === specifier) return [];
  return [
    {
      title: `Change to \`${place.name}${specifier}\`, as in ${place.truth}`,
      applicability: 'safe',
      edits: [{ path: finding.path, edits: [{ range: derived.specifierRange, newText: specifier }] }],
    },
  ];
}

interface Place {
  readonly name: string;
  readonly truth: string;
  readonly truthStart: number;
}

function readData({ data }: Finding): Place | undefined {
  if (typeof data !== 'object' || data === null || !('truth' in data)) return undefined;
  const { name, truth, truthStart } = data;
  const isComplete = typeof name === 'string' && typeof truth === 'string' && typeof truthStart === 'number';
  return isComplete ? { name, truth, truthStart } : undefined;
}

/** The declaration at a place, or the only one of that package when the text around it has moved. */
function findDependency(context: FixContext, path: string, name: string, start: number): DependencyFact | undefined {
  const named = context.facts(path)?.manifest?.dependencies.filter(dependency => dependency.name === name) ?? [];
  return named.find(dependency => dependency.range.start === start) ?? (named.length === 1 ? named[0] : undefined);
}
