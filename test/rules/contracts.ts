/**
 * What holds for every rule of the catalogue. Each function returns what is wrong, as sentences; nothing wrong is an
 * empty list. They are pure, so that a test can show each of them a rule that breaks it.
 */
import semver from 'semver';
import type { Applicability, Finding, Priority } from '../../server/src/core/finding.ts';
import type { Level, Rule, RuleMeta, RuleOption } from '../../server/src/core/rule.ts';

/** The level that a service misses through a finding of a rule: the graver the rule, the lower the level. */
const REQUIRED_FOR: Readonly<Record<Priority, Level>> = {
  critical: 'experimental',
  high: 'standard',
  medium: 'critical',
  low: 'critical',
};

const PAGE_HEADINGS = ['Bad', 'Fixed', 'Good', 'When not to use it', 'Limits'];
const PLACEHOLDER = /\bTODO\b|\breplace_me\b/;
const LONGEST_ID = 40;
const LONGEST_TITLE = 60;
/** The hover shows a page's first paragraph. */
const [SHORTEST_SUMMARY, LONGEST_SUMMARY] = [60, 420];
const LONGEST_MESSAGE = 420;

/** Mistakes in the metadata of a rule. `version` is the one that will be released next. */
export function metaProblems(rule: Rule, version: string): readonly string[] {
  const { meta, fix } = rule;
  return [
    ...idProblems(meta.id),
    ...titleProblems(meta.title),
    ...when(
      meta.requiredFor !== REQUIRED_FOR[meta.priority],
      `A rule of ${meta.priority} priority is required for the level ${REQUIRED_FOR[meta.priority]}, not ${meta.requiredFor}.`,
    ),
    ...when((fix !== undefined) !== (meta.fix !== 'none'), `It declares the fix "${meta.fix}", unlike its code.`),
    ...when(
      semver.valid(meta.since) === null || semver.gt(meta.since, version),
      `"since" is ${meta.since}, which is no released version and not the next one.`,
    ),
    ...when(meta.languages.length === 0, 'It names no language.'),
    ...when(new Set(meta.languages).size < meta.languages.length, 'It names a language twice.'),
    ...when(meta.languages.length > 1 && meta.languages.includes('any file'), '"any file" stands beside a language.'),
    ...Object.entries(meta.options ?? {}).flatMap(([name, option]) => optionProblems(name, option)),
  ];
}

function idProblems(id: string): readonly string[] {
  return [
    ...when(!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id), `The id ${id} is not in kebab-case with two words or more.`),
    ...when(id.length > LONGEST_ID, `The id ${id} has more than ${LONGEST_ID} characters.`),
    ...when(
      /^(use|avoid|prefer|require|disallow|forbid)-/.test(id),
      `The id ${id} names a remedy instead of the problem.`,
    ),
  ];
}

function titleProblems(title: string): readonly string[] {
  return [
    ...when(!/^[A-Z`]/.test(title), 'The title does not start with a capital letter.'),
    ...when(/[.!?:]$/.test(title), 'The title ends like a sentence.'),
    ...when(title.length < 8 || title.length > LONGEST_TITLE, `The title has ${title.length} characters.`),
    ...when(PLACEHOLDER.test(title), 'The title is a placeholder.'),
  ];
}

function optionProblems(name: string, option: RuleOption): readonly string[] {
  const fallback = option.default;
  const fits =
    option.type === 'array'
      ? Array.isArray(fallback)
      : option.type === 'integer'
        ? Number.isInteger(fallback)
        : typeof fallback === option.type;
  return [
    ...when(!/^[a-z][a-zA-Z0-9]*$/.test(name), `The option ${name} is not in camelCase.`),
    ...when(!/^[A-Z].*\.$/.test(option.description), `The option ${name} is not described by a sentence.`),
    ...when(!fits, `The default of the option ${name} is no ${option.type}.`),
  ];
}

/** Mistakes in the page of a rule: its headings, its first paragraph, and what it says of the options. */
export function pageProblems(page: string, meta: RuleMeta): readonly string[] {
  const prose = withoutCode(page);
  const headings = [...prose.matchAll(/^## (.*)$/gm)].map(([, heading = '']) => heading);
  const wanted = PAGE_HEADINGS.filter(heading => heading !== 'Fixed' || meta.fix !== 'none');
  const body = prose.slice(prose.indexOf('<!-- end of generated part -->')).replace(/^<!--.*-->\s*/, '');
  const [summary = ''] = body.split(/\n\s*\n|\n## /);
  return [
    ...when(headings.join() !== wanted.join(), `The headings are ${headings.join(', ')} and not ${wanted.join(', ')}.`),
    ...when(
      summary.length < SHORTEST_SUMMARY || summary.length > LONGEST_SUMMARY,
      `The first paragraph has ${summary.length} characters, not ${SHORTEST_SUMMARY} to ${LONGEST_SUMMARY}.`,
    ),
    ...sectionsOf(page)
      .filter(({ text }) => text.trim() === '')
      .map(({ heading }) => `Nothing stands under the heading ${heading}.`),
    ...when(PLACEHOLDER.test(page), 'The page still has a placeholder.'),
    ...when(/[a-z`)]\. [A-Z]/.test(prose), 'A line of the page holds more than one sentence.'),
    ...Object.keys(meta.options ?? {})
      .filter(name => !page.includes(`\`${name}\``))
      .map(name => `The page does not name the option ${name}.`),
  ];
}

function sectionsOf(page: string): readonly { readonly heading: string; readonly text: string }[] {
  return page
    .split(/^## /m)
    .slice(1)
    .map(section => {
      const end = section.indexOf('\n');
      return { heading: section.slice(0, end), text: section.slice(end) };
    });
}

function withoutCode(page: string): string {
  return page.replace(/^(`{3,})[^`\n]*\n[\s\S]*?^\1$/gm, '');
}

/** Mistakes in a message, which should say what is wrong here, what happens in production, and what to do. */
export function messageProblems(message: string): readonly string[] {
  const words = message.replace(/`[^`]*`/g, 'code');
  return [
    ...when(!message.endsWith('.'), 'It does not end with a full stop.'),
    ...when(!/^[A-Z`]/.test(message), 'It does not start like a sentence.'),
    ...when(/^[\w-]+: |^\[|^[A-Z]{1,4}\d+/.test(words), 'It starts with a label instead of the problem.'),
    ...when(words.includes('!'), 'It shouts.'),
    ...when(/\b(bad|should probably|please|warning|error detected|issue)\b/i.test(words), 'It judges or pleads.'),
    ...when(/\n|\s\s|\[object/.test(message) || /undefined/.test(words), 'A part of it is missing.'),
    ...when((message.match(/`/g) ?? []).length % 2 === 1, 'A piece of code in it is never closed.'),
    ...when(message.length > LONGEST_MESSAGE, `It has ${message.length} characters.`),
    ...when((words.match(/\.( |$)/g) ?? []).length > 3, 'It has more than three sentences.'),
    ...when(PLACEHOLDER.test(message), 'It is a placeholder.'),
  ];
}

/** Mistakes in a finding: its place, its message, and what stands beside them. */
export function findingProblems({ range, message, related }: Finding): readonly string[] {
  return [
    ...messageProblems(message),
    ...when(range.end <= range.start, 'It covers no code, so there is nothing to underline.'),
    ...related.flatMap(place => (place.message.trim() === '' ? ['A related place says nothing.'] : [])),
  ].map(problem => `${problem} — ${message}`);
}

/** Compares the declared grade with the highest one that findings of the rule announce. */
export function gradeProblems(meta: RuleMeta, findings: readonly Finding[]): readonly string[] {
  const grades = new Set<Applicability | undefined>(findings.map(({ fix }) => fix));
  const highest = grades.has('safe') ? 'safe' : grades.has('suggested') ? 'suggested' : 'none';
  return when(highest !== meta.fix, `It declares the fix "${meta.fix}"; the best one in its examples is "${highest}".`);
}

/** Mistakes between rules: an id or a title that two of them have, or an id that was in use before. */
export function catalogueProblems(
  metas: readonly RuleMeta[],
  formerIds: ReadonlyMap<string, string | undefined>,
): readonly string[] {
  const ids = metas.map(({ id }) => id);
  return [
    ...repeated(ids).map(id => `Two rules are called ${id}.`),
    ...repeated(metas.map(({ title }) => title)).map(title => `Two rules have the title "${title}".`),
    ...ids.filter(id => formerIds.has(id)).map(id => `${id} is the id of a former rule.`),
    ...[...formerIds.values()]
      .filter(id => id !== undefined && !ids.includes(id))
      .map(id => `A former id points to ${String(id)}, which is no rule.`),
  ];
}

function repeated(values: readonly string[]): readonly string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

function when(isWrong: boolean, problem: string): readonly string[] {
  return isWrong ? [problem] : [];
}
