import {
  parsePythonVersion,
  rangesContain,
  versionRanges,
  type DependencyFact,
  type Marker,
  type VersionSet,
} from '#rule-kit';

/** Values of the variables of PEP 508; a variable that is missing can't be told. */
type Environment = Readonly<Record<string, string>>;

const PLATFORMS: readonly Environment[] = [
  { sys_platform: 'linux', platform_system: 'Linux', os_name: 'posix', platform_machine: 'x86_64' },
  { sys_platform: 'linux', platform_system: 'Linux', os_name: 'posix', platform_machine: 'aarch64' },
  { sys_platform: 'darwin', platform_system: 'Darwin', os_name: 'posix', platform_machine: 'arm64' },
  { sys_platform: 'darwin', platform_system: 'Darwin', os_name: 'posix', platform_machine: 'x86_64' },
  { sys_platform: 'win32', platform_system: 'Windows', os_name: 'nt', platform_machine: 'AMD64' },
];
const IMPLEMENTATIONS: readonly Environment[] = [
  { implementation_name: 'cpython', platform_python_implementation: 'CPython' },
  { implementation_name: 'pypy', platform_python_implementation: 'PyPy' },
];
/** Minor versions of Python 3 that a project may still meet, and patch releases that stand for all of them. */
const MINORS = [8, 9, 10, 11, 12, 13, 14];
const PATCHES = [0, 7, 20];

type Conditional = Pick<DependencyFact, 'marker' | 'condition'>;

/**
 * Whether two declarations surely hold together in some environment. Parts that can't be told (`extra`, a release of an
 * operating system) count against it.
 * @param requiresPython what the project supports; undefined when it does not say
 */
export function canMeet(left: Conditional, right: Conditional, requiresPython: VersionSet | undefined): boolean {
  if (left.marker === right.marker) return true;
  return environments(requiresPython).some(
    environment => holds(left.condition, environment) === true && holds(right.condition, environment) === true,
  );
}

function environments(requiresPython: VersionSet | undefined): readonly Environment[] {
  const supported = requiresPython && versionRanges(requiresPython);
  return MINORS.flatMap(minor => PATCHES.map(patch => ({ minor, patch })))
    .filter(({ minor, patch }) => {
      const parsed = parsePythonVersion(`3.${minor}.${patch}`);
      return !supported || (parsed !== undefined && rangesContain(supported, parsed.version));
    })
    .flatMap(({ minor, patch }) =>
      PLATFORMS.flatMap(platform =>
        IMPLEMENTATIONS.map(implementation => ({
          ...platform,
          ...implementation,
          python_version: `3.${minor}`,
          python_full_version: `3.${minor}.${patch}`,
        })),
      ),
    );
}

/** Undefined when it can't be told. */
function holds(marker: Marker | undefined, environment: Environment): boolean | undefined {
  if (!marker) return true;
  switch (marker.kind) {
    case 'unknown':
      return undefined;
    case 'comparison':
      return compares(marker, environment[marker.variable]);
    case 'and':
    case 'or': {
      const decisive = marker.kind === 'or';
      const results = marker.operands.map(operand => holds(operand, environment));
      if (results.includes(decisive)) return decisive;
      return results.includes(undefined) ? undefined : !decisive;
    }
  }
}

function compares(
  { variable, operator, value }: Extract<Marker, { kind: 'comparison' }>,
  actual: string | undefined,
): boolean | undefined {
  if (actual === undefined) return undefined;
  if (operator === 'in' || operator === 'not in') return value.includes(actual) === (operator === 'in');
  if (operator === 'contains' || operator === 'not contains')
    return actual.includes(value) === (operator === 'contains');
  if (variable.startsWith('python_')) {
    const ranges = versionRanges([[{ operator, version: value }]]);
    const version = parsePythonVersion(actual)?.version;
    return ranges && version && rangesContain(ranges, version);
  }
  if (operator === '==' || operator === '===') return actual === value;
  return operator === '!=' ? actual !== value : undefined;
}
