import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ignore from 'ignore';
import { RULES } from '../../rules/catalogue.ts';
import type { FileFacts } from '../../server/src/core/file-facts.ts';
import type { Finding } from '../../server/src/core/finding.ts';
import type { Fix } from '../../server/src/core/fix.ts';
import type { SourceFile } from '../../server/src/core/source-file.ts';
import type { WorkspaceRule } from '../../server/src/core/rule.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../server/src/core/settings.ts';
import type { Workspace } from '../../server/src/core/workspace.ts';
import { createExtractor, isPython, isTypeScript, type Extractor } from '../../server/src/engine/extract.ts';
import { buildFixes, NO_TYPESCRIPT_EDITS } from '../../server/src/engine/fix-findings.ts';
import { outlineOf } from '../../server/src/engine/measure-content.ts';
import { viewThrough } from '../../server/src/facts/workspace/linked-names.ts';
import { openWorkspaceRaises } from '../../server/src/facts/raises/workspace-raises.ts';
import { createPythonWorkspace } from '../../server/src/facts/workspace/python-workspace.ts';
import { judgeFile } from '../../server/src/engine/judge-file.ts';
import type { RuleFailure } from '../../server/src/engine/model.ts';
import { runWorkspaceRules } from '../../server/src/engine/run-workspace-rules.ts';
import { suppressAnalysis } from '../../server/src/engine/suppress-analysis.ts';

const require = createRequire(import.meta.url);

/** An extractor with the parsers from `node_modules`. */
export function createTestExtractor(): Promise<Extractor> {
  const folders = ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-python/package.json'].map(name =>
    dirname(require.resolve(name)),
  );
  return createExtractor({
    readAsset: name => readFileSync(join(folders[name.startsWith('tree-sitter-') ? 1 : 0] ?? '', name)),
  });
}

/** Result for a workspace in memory: the engine's own steps, without files, threads and cache. */
export interface ExampleResult {
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
  readonly syntaxErrors: ReadonlyMap<string, number>;
  /** Fixes of one of the findings. */
  readonly fixesOf: (finding: Finding) => Promise<readonly Fix[]>;
}

/** Analyses a workspace. All files count as tracked by git, but those that its own `.gitignore` covers. */
export async function analyzeExample(
  extractor: Extractor,
  texts: ReadonlyMap<string, string>,
  settings: Settings = DEFAULT_SETTINGS,
): Promise<ExampleResult> {
  const facts = new Map<string, FileFacts>();
  for (const [path, text] of texts) {
    if (!extractor.accepts(path)) continue;
    const found = await extractor.fromText(path, text);
    if (!('reason' in found)) facts.set(path, found);
  }
  const python = createPythonWorkspace();
  python.update({ put: [...facts.values()].flatMap(file => outlineOf(file) ?? []), removed: [] });
  const linked = new Map<string, FileFacts>();
  for (const [path, file] of facts) {
    const names = python.linkedNames(path);
    linked.set(
      path,
      names ? extractor.fromPython(extractor.parser.parse(path, texts.get(path) ?? ''), viewThrough(names)) : file,
    );
  }
  const workspaceRules = RULES.filter((rule): rule is WorkspaceRule => rule.scope === 'workspace');
  const workspace = runWorkspaceRules(workspaceRules, { ...toWorkspace(texts, facts), python }, settings);
  const names = { rules: RULES.map(rule => rule.meta), former: new Map<string, string | undefined>() };
  const failures: RuleFailure[] = [...workspace.failures];
  const findings = new Map<string, readonly Finding[]>();
  for (const [path, text] of texts) {
    const file = linked.get(path);
    const judgement = file
      ? judgeFile(file, RULES, settings)
      : { path, findings: [], failures: [], examined: {}, comments: [], judgedBy: [] };
    failures.push(...judgement.failures);
    const added = workspace.findings.get(path) ?? [];
    const analysis = suppressAnalysis({
      judgement,
      version: undefined,
      added,
      workspaceRuns: workspace.runs,
      names,
      rules: RULES,
      settings,
      baseline: new Map(),
      text: () => text,
    });
    findings.set(path, analysis.findings);
  }

  const sourceOf = (path: string): SourceFile => {
    const text = texts.get(path);
    if (text === undefined) throw new Error(`${path} is not part of the example.`);
    return isPython(path) ? extractor.parser.parse(path, text) : { language: 'other', path, text };
  };
  return {
    findings: [...findings.values()].flat(),
    failures,
    syntaxErrors: new Map([...facts].map(([path, file]) => [path, file.syntaxErrors.length])),
    fixesOf: async finding => {
      const typescript = isTypeScript(finding.path) ? await extractor.typescriptEdits() : NO_TYPESCRIPT_EDITS;
      const file = {
        text: texts.get(finding.path) ?? '',
        findings: findings.get(finding.path) ?? [],
        facts: linked.get(finding.path),
        source: sourceOf(finding.path),
      };
      return buildFixes(finding, file, {
        rules: RULES,
        settings,
        typescript,
        sourceOf,
        factsOf: path => facts.get(path),
        raises: openWorkspaceRaises(python, path => facts.get(path)?.raises),
      });
    },
  };
}

function toWorkspace(texts: ReadonlyMap<string, string>, facts: ReadonlyMap<string, FileFacts>): Workspace {
  const paths = [...texts.keys()].sort();
  const ignored = ignore().add(texts.get('.gitignore') ?? '');
  return {
    files: [...facts.values()].sort((left, right) => (left.path < right.path ? -1 : 1)),
    file: path => facts.get(path),
    exists: path => path === '' || paths.some(other => other === path || other.startsWith(`${path}/`)),
    paths,
    tracked: paths.filter(path => !ignored.ignores(path)).map(path => ({ path })),
    isIgnored: path => path !== '' && (ignored.ignores(path) || ignored.ignores(`${path}/`)),
    folderInRepository: '',
    readText: path => texts.get(path),
  };
}
