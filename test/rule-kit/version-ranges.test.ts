import { compare, satisfies as librarySatisfies } from '@renovatebot/pep440';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { VersionClause, VersionSet } from '../../server/src/core/facts/manifest.ts';
import {
  comparePythonVersions,
  parsePythonVersion,
  type PythonVersion,
} from '../../server/src/rule-kit/python-version.ts';
import {
  intersectRanges,
  rangesContain,
  sameRanges,
  versionRanges,
  type VersionRanges,
} from '../../server/src/rule-kit/version-ranges.ts';
import { parseSpecifier } from '../../server/src/syntax/manifest/specifier.ts';

function setOf(specifier: string): VersionSet {
  const set = parseSpecifier(specifier);
  if (!set) throw new Error(`${specifier} is no specifier`);
  return set;
}

function ranges(specifier: string): VersionRanges {
  const result = versionRanges(setOf(specifier));
  if (!result) throw new Error(`${specifier} has a bad version`);
  return result;
}

function version(text: string): PythonVersion {
  const parsed = parsePythonVersion(text);
  if (!parsed) throw new Error(`${text} is no version`);
  return parsed.version;
}

function accepts(specifier: string, text: string): boolean {
  return rangesContain(ranges(specifier), version(text));
}

/** The library's answer. It compares prefixes without zeros at the end, which PEP 440 asks for, so versions get them here. */
function libraryAccepts(specifier: string, text: string): boolean {
  const padded = text.replace(/^(\d+!)?(\d+(?:\.\d+)*)/, (_, e: string | undefined, r: string) => {
    const parts = r.split('.');
    while (parts.length < 5) parts.push('0');
    return (e ?? '') + parts.join('.');
  });
  return librarySatisfies(padded, specifier, { prereleases: true });
}

const epoch = fc.constantFrom('', '', '', '1!');
const release = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }).map(parts => parts.join('.'));
const suffix = fc.constantFrom(
  '',
  '',
  '',
  'a1',
  'b2',
  'rc1',
  '.post1',
  '.post2',
  '.dev1',
  'a1.dev1',
  'rc1.post1',
  '.post1.dev3',
);
const versionText = fc.tuple(epoch, release, suffix).map(parts => parts.join(''));
const plainVersion = fc.tuple(epoch, release).map(parts => parts.join(''));
const clauseText = fc.oneof(
  fc.tuple(fc.constantFrom('==', '!=', '>=', '<=', '<', '>', '==='), versionText).map(parts => parts.join('')),
  fc.tuple(fc.constantFrom('==', '!='), plainVersion).map(([operator, text]) => `${operator}${text}.*`),
  fc.tuple(epoch, release, fc.integer({ min: 0, max: 3 })).map(([e, r, last]) => `~=${e}${r}.${last}`),
);
const specifierText = fc.array(clauseText, { minLength: 1, maxLength: 3 }).map(clauses => clauses.join(','));

/** Without suffixes and epochs, where the library is stricter than PEP 440, and without `===`, which compares texts. */
const plainSpecifier = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constantFrom('==', '!=', '>=', '<=', '<', '>'), release).map(parts => parts.join('')),
      fc.tuple(fc.constantFrom('==', '!='), release).map(([operator, text]) => `${operator}${text}.*`),
      fc.tuple(release, fc.integer({ min: 0, max: 3 })).map(([r, last]) => `~=${r}.${last}`),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map(clauses => clauses.join(','));

describe('versions', () => {
  test('are ordered as the library orders them', () => {
    fc.assert(
      fc.property(versionText, versionText, (left, right) => {
        expect(Math.sign(comparePythonVersions(version(left), version(right)))).toBe(Math.sign(compare(left, right)));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what a specifier accepts', () => {
  test.each([
    ['==1.2', '1.2.0', true],
    ['==1.2', '1.2.1', false],
    ['==1.2.*', '1.2.7rc1', true],
    ['==1.2.*', '1.20', false],
    ['!=1.2.*', '1.2.7', false],
    ['~=1.4.2', '1.4.9', true],
    ['~=1.4.2', '1.5', false],
    ['~=1.4', '1.9', true],
    ['~=2.2.post3', '2.9', true],
    ['<2.0', '2.0rc1', false],
    ['<2.0rc2', '2.0rc1', true],
    ['<5.0dev', '5.0a1', false],
    ['>1.0', '1.0.post1', false],
    ['>1.0.post1', '1.0.post2', true],
    ['>1.0', '1.0.1', true],
    ['>=2', '1!1.0', true],
    ['===1.0', '1.0', true],
    ['>=1.0,<2,!=1.5', '1.5', false],
  ])('%s with %s: %s', (specifier, text, expected) => {
    expect(accepts(specifier, text)).toBe(expected);
  });

  test('contains whatever the library accepts', () => {
    fc.assert(
      fc.property(specifierText, versionText, (specifier, text) => {
        // The library is right or too strict; too much accepted here is only silence, too little a false alarm.
        if (libraryAccepts(specifier, text)) expect(accepts(specifier, text)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test('contains nothing that the library refuses, over final versions', () => {
    fc.assert(
      fc.property(plainSpecifier, release, (specifier, text) => {
        if (!libraryAccepts(specifier, text)) expect(accepts(specifier, text)).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  test('is unknown for a version that is none', () => {
    expect(versionRanges([[{ operator: '>=', version: '2004d' }]])).toBeUndefined();
    expect(versionRanges([[{ operator: '~=', version: '1' }]])).toBeUndefined();
    expect(versionRanges([[{ operator: '>=', version: '1.*' }]])).toBeUndefined();
  });
});

describe('two specifiers', () => {
  test.each([
    ['>=2.0', '<2.0'],
    ['==1.2.3', '==1.2.4'],
    ['~=1.4', '>=2'],
    ['>=1,<2', '==2.0rc1'],
    ['!=1.2.*', '~=1.2.3'],
    ['>1.0', '<=1.0'],
    ['<1!0', '>=1!1.0'],
    ['>3,<3', '>=0'],
  ])('%s and %s have no version in common', (left, right) => {
    expect(intersectRanges(ranges(left), ranges(right))).toEqual([]);
  });

  test.each([
    ['>=2.0', '<2.0.post1'],
    ['<=1.0', '>=1.0'],
    ['<2.0rc2', '>=2.0a1'],
    ['==1.2.*', '>1.2'],
  ])('%s and %s have one', (left, right) => {
    expect(intersectRanges(ranges(left), ranges(right))).not.toEqual([]);
  });

  test('never seem disjoint when the library accepts one of many sampled versions for both', () => {
    const samples = fc.sample(versionText, { numRuns: 60, seed: 7 });
    fc.assert(
      fc.property(specifierText, specifierText, (left, right) => {
        const common = samples.some(text => libraryAccepts(left, text) && libraryAccepts(right, text));
        if (common) expect(intersectRanges(ranges(left), ranges(right))).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('in another order or spelling are the same', () => {
    expect(sameRanges(ranges('>=1.4,<2'), ranges('<2.0,>=1.4.0'))).toBe(true);
    expect(sameRanges(ranges('~=1.4.2'), ranges('>=1.4.2,==1.4.*'))).toBe(true);
    expect(sameRanges(ranges('<5.0dev,>=4'), ranges('>=4,<5.0'))).toBe(true);
    expect(sameRanges(ranges('>=1.10.2'), ranges('>=2.0.0'))).toBe(false);
  });

  test('intersect the same either way round, and within both', () => {
    fc.assert(
      fc.property(specifierText, specifierText, versionText, (left, right, text) => {
        const forward = intersectRanges(ranges(left), ranges(right));
        expect(sameRanges(forward, intersectRanges(ranges(right), ranges(left)))).toBe(true);
        expect(rangesContain(forward, version(text))).toBe(accepts(left, text) && accepts(right, text));
      }),
      { numRuns: 1000 },
    );
  });

  test('as alternatives become one range where they touch', () => {
    const clause = (operator: VersionClause['operator'], text: string): VersionClause => ({ operator, version: text });
    const alternatives = versionRanges([
      [clause('>=', '2'), clause('<=', '3')],
      [clause('>=', '1'), clause('<=', '2')],
      [clause('>', '3'), clause('<', '4')],
    ]);

    expect(sameRanges(alternatives ?? [], ranges('>=1,<4'))).toBe(false);
    expect(rangesContain(alternatives ?? [], version('2'))).toBe(true);
    expect(alternatives).toHaveLength(2);
  });
});
