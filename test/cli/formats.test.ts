import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { folderWith } from '../workspace/temp-folder.ts';
import { PROJECT, REQUIREMENTS, RESTOCK } from './bookshop.ts';
import { runCli } from './run-cli.ts';
import { SARIF_LOG } from './sarif-schema.ts';

const ACCEPTED = RESTOCK.replace('(5)\n', '(5)  # readiness: ignore[async-blocking-sleep] -- runs alone at night\n');
const FILES = {
  'pyproject.toml': PROJECT,
  'requirements.txt': REQUIREMENTS,
  'shop/stock.py': RESTOCK,
  'shop/night shift.py': ACCEPTED,
  'broken.py': Uint8Array.of(0x27, 0xe9, 0x27, 0x0a),
};

interface SarifLog {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly version: string; readonly rules: readonly SarifRule[] } };
    readonly columnKind: string;
    readonly invocations: readonly { readonly toolExecutionNotifications: readonly { message: { text: string } }[] }[];
    readonly results: readonly Record<string, unknown>[];
  }[];
}

interface SarifRule {
  readonly id: string;
  readonly help: { readonly text: string; readonly markdown?: string };
}

test('the JSON report is one object with every finding at its 1-based place', async () => {
  const cwd = folderWith(FILES);

  const { stdout } = await runCli(['check', '--format', 'json'], { cwd });
  const report = JSON.parse(stdout) as { findings: { fingerprint: string; message: string }[] } & Record<
    string,
    unknown
  >;

  expect(Object.keys(report)).toEqual(['version', 'findings', 'outcomes', 'score', 'notMeasured']);
  expect(report['version']).toBe(1);
  expect(report.findings).toEqual([
    expect.objectContaining({
      ruleId: 'dependency-conflict',
      aspect: 'dependencies',
      priority: 'medium',
      path: 'requirements.txt',
      startLine: 2,
      startColumn: 1,
      related: [{ path: 'pyproject.toml', startLine: 4, message: expect.stringContaining('pydantic') as string }],
      fix: 'safe',
    }),
    {
      ruleId: 'async-blocking-sleep',
      aspect: 'concurrency',
      priority: 'critical',
      confidence: 'high',
      path: 'shop/stock.py',
      startLine: 4,
      startColumn: 5,
      endLine: 4,
      endColumn: 15,
      message: expect.stringContaining('`time.sleep`') as string,
      related: [],
      fix: 'safe',
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    },
  ]);
  expect(report['notMeasured']).toEqual([
    { path: 'broken.py', reason: 'The file is not valid UTF-8 and declares no other encoding.' },
  ]);
  expect(report['score']).toHaveProperty('value');
});

test('paths in the JSON report are relative to the working folder', async () => {
  const cwd = folderWith({ 'shop/stock.py': RESTOCK, 'office/notes.txt': '' });

  const { stdout } = await runCli(['check', '../shop', '--format', 'json'], { cwd: `${cwd}/office` });

  expect((JSON.parse(stdout) as { findings: { path: string }[] }).findings[0]?.path).toBe('../shop/stock.py');
});

test('the SARIF report fits the format, with rules, related places and what comments accept', async () => {
  const cwd = folderWith(FILES);

  const { stdout } = await runCli(['check', '--format', 'sarif'], { cwd });
  const log = JSON.parse(stdout) as SarifLog;

  const validate = addFormats(new Ajv({ allErrors: true })).compile(SARIF_LOG);
  validate(log);
  expect(validate.errors).toBeNull();
  const [run] = log.runs;
  expect(run?.columnKind).toBe('utf16CodeUnits');
  const rule = run?.tool.driver.rules.find(({ id }) => id === 'dependency-conflict');
  expect(rule?.help.text).toContain('Two manifests of one project');
  expect(run?.invocations[0]?.toolExecutionNotifications.map(({ message }) => message.text)).toEqual([
    'broken.py was not analysed: The file is not valid UTF-8 and declares no other encoding.',
  ]);
  const location = (uri: string, startLine: number): unknown => ({
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
      region: expect.objectContaining({ startLine }) as unknown,
    },
  });
  expect(run?.results).toEqual([
    expect.objectContaining({
      ruleId: 'dependency-conflict',
      level: 'warning',
      locations: [location('requirements.txt', 2)],
      relatedLocations: [expect.objectContaining(location('pyproject.toml', 4))],
      suppressions: [],
    }),
    expect.objectContaining({
      ruleId: 'async-blocking-sleep',
      level: 'error',
      locations: [location('shop/stock.py', 4)],
      partialFingerprints: { 'readiness/v1': expect.stringMatching(/^[0-9a-f]{16}$/) as string },
      suppressions: [],
    }),
    expect.objectContaining({
      ruleId: 'async-blocking-sleep',
      locations: [location('shop/night%20shift.py', 4)],
      suppressions: [
        expect.objectContaining({ kind: 'inSource', status: 'accepted', justification: 'runs alone at night' }),
      ],
    }),
  ]);
});

test('rule indices of the SARIF report point to the rule of the result', async () => {
  const cwd = folderWith(FILES);

  const { stdout } = await runCli(['check', '--format', 'sarif'], { cwd });
  const [run] = (JSON.parse(stdout) as SarifLog).runs;

  for (const { ruleId, ruleIndex } of run?.results ?? []) {
    expect(run?.tool.driver.rules[Number(ruleIndex)]?.id).toBe(ruleId);
  }
  expect.hasAssertions();
});

test('from another folder, SARIF paths are relative to the root', async () => {
  const [cwd, shop] = [folderWith({}), folderWith({ 'shop/stock.py': RESTOCK })];

  const { stdout } = await runCli(['check', shop, '--format', 'sarif'], { cwd });

  expect(stdout).toContain('"uri": "shop/stock.py"');
  expect(stdout).not.toContain('"uri": "..');
});
