import { describe, expect, test } from 'vitest';
import { NO_OWN_KNOWLEDGE } from '../../../server/src/core/own-knowledge.ts';
import { DEFAULT_SETTINGS } from '../../../server/src/core/settings.ts';
import { readConfiguration } from '../../../server/src/engine/settings/read-configuration.ts';
import { SHOP_NAMES } from './shop-rules.ts';

function readYaml(text: string) {
  return readConfiguration([{ path: 'readiness.yaml', text }], SHOP_NAMES);
}

function readToml(text: string) {
  return readConfiguration([{ path: 'pyproject.toml', text }], SHOP_NAMES);
}

/** Each problem as the text that it marks and its message. */
function problemsOf(text: string, read: typeof readYaml = readYaml): readonly string[] {
  return read(text).problems.map(({ range, message }) => `${text.slice(range.start, range.end)} | ${message}`);
}

describe('a readiness.yaml', () => {
  test('sets what it names, and all options of the rules that it names', () => {
    const { settings, problems, path } = readYaml(
      [
        'tier: critical',
        'exclude: ["legacy/**", vendor]',
        'httpTimeoutSeconds: 2.5',
        'requireSuppressionReason: true',
        'rules:',
        '  unpaid-order: off',
        '  late-delivery: { priority: low, days: 5, countries: [] }',
      ].join('\n'),
    );

    expect(problems).toEqual([]);
    expect(path).toBe('readiness.yaml');
    expect(settings).toEqual({
      tier: 'critical',
      exclude: ['legacy/**', 'vendor'],
      httpTimeoutSeconds: 2.5,
      requireSuppressionReason: true,
      knowledge: NO_OWN_KNOWLEDGE,
      rules: {
        'unpaid-order': { enabled: false, options: {} },
        'late-delivery': {
          enabled: true,
          priority: 'low',
          options: { days: 5, weight: 0.5, carrier: 'post', insured: false, countries: [] },
        },
      },
    });
  });

  test('says nothing when it is empty or half-written', () => {
    expect(readYaml('')).toEqual({ settings: DEFAULT_SETTINGS, path: 'readiness.yaml', problems: [], ownNames: [] });
    expect(readYaml('# later\ntier:\nrules:\n')).toEqual({
      settings: DEFAULT_SETTINGS,
      path: 'readiness.yaml',
      problems: [],
      ownNames: [],
    });
  });

  test('a rule may be given a priority alone', () => {
    expect(readYaml('rules:\n  unpaid-order: critical').settings?.rules['unpaid-order']).toEqual({
      enabled: true,
      priority: 'critical',
      options: {},
    });
  });

  test('a mistake is marked at its place and leaves everything else in force', () => {
    const text =
      'teir: critical\nhttpTimeoutSeconds: 0\nexclude: [build, 7]\ncolour: red\nrequireSuppressionReason: true\n';

    expect(problemsOf(text)).toEqual([
      'teir | There is no setting `teir`. Did you mean `tier`?',
      '0 | `httpTimeoutSeconds` has to be a number above 0 and of at most 86400, not `0`.',
      '7 | Each entry of exclude has to be text that is not empty, not `7`.',
      'colour | There is no setting `colour`. The settings are tier, exclude, httpTimeoutSeconds, requireSuppressionReason, knowledge, rules.',
    ]);
    expect(readYaml(text).settings).toEqual({
      ...DEFAULT_SETTINGS,
      exclude: ['build'],
      requireSuppressionReason: true,
    });
  });

  test('unknown rules are explained: mistyped, renamed, removed', () => {
    const text = 'rules:\n  unpayed-order: off\n  open-invoice: off\n  lost-parcel: off\n  zebra: off\n';

    expect(problemsOf(text)).toEqual([
      'unpayed-order | There is no rule `unpayed-order`. Did you mean `unpaid-order`?',
      'open-invoice | The rule `open-invoice` is called `unpaid-order` now.',
      'lost-parcel | The rule `lost-parcel` was removed.',
      'zebra | There is no rule `zebra`.',
    ]);
  });

  test('mistakes in a rule are marked at their place', () => {
    const text = [
      'rules:',
      '  unpaid-order: hihg',
      '  late-delivery:',
      '    dayz: 4',
      '    days: 0',
      '    weight: heavy',
      '    insured: "yes"',
      '    enabled: maybe',
    ].join('\n');

    expect(problemsOf(text)).toEqual([
      'hihg | `unpaid-order` has to be one of off, on, critical, high, medium, low, not `"hihg"`.',
      'dayz | `late-delivery` has no option `dayz`. Did you mean `days`?',
      '0 | `days` has to be a whole number of at least 1, not `0`.',
      'heavy | `weight` has to be a number, not `"heavy"`.',
      '"yes" | `insured` has to be true or false, not `"yes"`.',
      'maybe | `enabled` has to be true or false, not `"maybe"`.',
    ]);
  });

  test('an unparsable file has no settings and is marked where it breaks', () => {
    const text = 'tier: critical\nexclude: [build\nrules: {}\n';
    const { settings, problems } = readYaml(text);

    expect(settings).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.fatal).toBe(true);
    expect(problems[0]?.range.start).toBeGreaterThan(text.indexOf('build'));
  });

  test('the same key twice is a mistake', () => {
    expect(readYaml('tier: critical\ntier: standard\n').problems[0]).toMatchObject({
      fatal: true,
      range: { start: 15 },
    });
  });

  test('aliases are followed, and circles end', () => {
    expect(readYaml('exclude: &folders [build]\nrules: {}\n').problems).toEqual([]);
    expect(problemsOf('exclude: &again [*again]\n')).toHaveLength(1);
  });

  test('places are right behind a byte order mark and with Windows line ends', () => {
    const text = '\ufefftier: gold\r\nhttpTimeoutSeconds: soon\r\n';

    expect(problemsOf(text).map(problem => problem.split(' | ')[0])).toEqual(['gold', 'soon']);
  });
});

describe('a pyproject.toml', () => {
  test('configures through [tool.readiness], however it is written', () => {
    const expected = {
      ...DEFAULT_SETTINGS,
      tier: 'critical',
      rules: { 'unpaid-order': { enabled: false, options: {} } },
    };

    for (const text of [
      '[project]\nname = "shop"\n[tool.readiness]\ntier = "critical"\n[tool.readiness.rules]\nunpaid-order = "off"\n',
      '[tool]\nreadiness = { tier = "critical", rules = { unpaid-order = false } }\n',
      '[tool.readiness]\ntier = "critical"\nrules.unpaid-order.enabled = false\n',
      '["tool"."readiness"]\n"tier" = "critical"\n[tool.readiness.rules."unpaid-order"]\nenabled = false\n',
      'tool.readiness.tier = "critical"\ntool.readiness.rules.unpaid-order = "off"\n',
    ]) {
      expect(readToml(text), text).toEqual({ settings: expected, path: 'pyproject.toml', problems: [], ownNames: [] });
    }
  });

  test('without the table it configures nothing, broken or not', () => {
    for (const text of ['[project]\nname = "readiness"\n', '[project\nname = "readiness"', '', '[tool.ruff]\n']) {
      expect(readToml(text)).toEqual({ settings: DEFAULT_SETTINGS, path: undefined, problems: [], ownNames: [] });
    }
  });

  test('mistakes are marked at their place', () => {
    const text = [
      '[tool.readiness]',
      'tier = "gold"',
      'httpTimeout = 3',
      'exclude = ["build", 1979-05-27]',
      'httpTimeoutSeconds = inf',
      '[[tool.readiness.rules]]',
      'id = 1',
    ].join('\n');

    expect(problemsOf(text, readToml).map(problem => problem.split(' | ')[0])).toEqual([
      '"gold"',
      'httpTimeout',
      '1979-05-27',
      'inf',
      'tool.readiness.rules',
    ]);
  });

  test('an unparsable file with our table has no settings', () => {
    const { settings, problems } = readToml('[tool.readiness]\ntier = "critical\n');

    expect(settings).toBeUndefined();
    expect(problems).toMatchObject([{ fatal: true, path: 'pyproject.toml', range: { start: 33 } }]);
  });
});

test('readiness.yaml wins over pyproject.toml, and the loser says so', () => {
  const { settings, path, problems } = readConfiguration(
    [
      { path: 'pyproject.toml', text: '[tool.readiness]\ntier = "critical"\n' },
      { path: 'readiness.yaml', text: 'tier: experimental\n' },
    ],
    SHOP_NAMES,
  );

  expect(settings?.tier).toBe('experimental');
  expect(path).toBe('readiness.yaml');
  expect(problems).toMatchObject([
    { path: 'pyproject.toml', fatal: false, message: expect.stringContaining('not in force') as string },
  ]);
});
