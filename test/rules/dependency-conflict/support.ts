import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FileFacts } from '../../../server/src/core/file-facts.ts';
import type { Finding } from '../../../server/src/core/finding.ts';
import { DEFAULT_SETTINGS } from '../../../server/src/core/settings.ts';
import { applyEdits } from '../../../server/src/core/text.ts';
import type { Workspace } from '../../../server/src/core/workspace.ts';
import { manifestFrontEnd } from '../../../server/src/syntax/manifest/index.ts';
import { readSetupPy } from '../../../server/src/syntax/manifest/setup-py.ts';
import { createPythonParser } from '../../../server/src/syntax/python/parser.ts';
import rule from '../../../rules/dependencies/dependency-conflict/rule.ts';

/** Files of a workspace: text by path. */
export type Files = Readonly<Record<string, string>>;

export interface Review {
  readonly findings: readonly Finding[];
  readonly examined: number;
  readonly notApplicable: string | undefined;
}

const resolve = createRequire(import.meta.url).resolve;
const parser = await createPythonParser({
  runtime: readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm')),
  grammar: readFileSync(resolve('tree-sitter-python/tree-sitter-python.wasm')),
});

/** Runs the rule over a workspace of real, extracted facts. */
export function review(files: Files): Review {
  const findings: Finding[] = [];
  let examined = 0;
  let notApplicable: string | undefined;
  rule.examine(toWorkspace(files), {
    settings: DEFAULT_SETTINGS,
    examined: (count = 1) => {
      examined += count;
    },
    notApplicable: reason => {
      notApplicable = reason;
    },
    report: (path, report) => {
      findings.push({
        ruleId: rule.meta.id,
        path,
        range: report.range,
        message: report.message,
        priority: report.priority ?? rule.meta.priority,
        confidence: report.confidence ?? rule.meta.confidence,
        related: report.related ?? [],
        fix: report.fix,
        data: report.data,
        fingerprint: '',
      });
    },
  });
  return { findings, examined, notApplicable };
}

/** Findings in short: `path: declaration (priority) <- path of the source of truth`. */
export function conflicts(files: Files): readonly string[] {
  return review(files).findings.map(({ path, range, priority, related }) => {
    const written = (files[path] ?? '').slice(range.start, range.end);
    return `${path}: ${written} (${priority}) <- ${related.map(place => place.path).join()}`;
  });
}

/** The workspace after the preferred fix of every finding that has one. */
export function fixed(files: Files): Files {
  const result: Record<string, string> = { ...files };
  const facts = new Map(toWorkspace(files).files.map(file => [file.path, file]));
  for (const finding of [...review(files).findings].reverse()) {
    for (const { path, edits } of fixesOf(finding, facts)[0]?.edits ?? [])
      result[path] = applyEdits(result[path] ?? '', edits);
  }
  return result;
}

function fixesOf(finding: Finding, facts: ReadonlyMap<string, FileFacts>): ReturnType<NonNullable<typeof rule.fix>> {
  const refuse = (): never => {
    throw new Error('This rule needs facts alone.');
  };
  const context = {
    settings: DEFAULT_SETTINGS,
    source: refuse,
    python: refuse,
    facts: (path: string) => facts.get(path),
    narrowing: () => undefined,
    siblings: () => [],
    typescript: { addCallOption: refuse, logInHandler: refuse },
  };
  return rule.fix?.(finding, context) ?? [];
}

function toWorkspace(files: Files): Workspace {
  const paths = Object.keys(files).sort();
  const facts = paths.flatMap(path => toFacts(path, files[path] ?? ''));
  return {
    files: facts,
    file: path => facts.find(file => file.path === path),
    exists: path => paths.includes(path),
    paths,
    tracked: undefined,
    readText: () => undefined,
    isIgnored: () => false,
    folderInRepository: '',
  };
}

function toFacts(path: string, text: string): readonly FileFacts[] {
  if (manifestFrontEnd.accepts(path)) return [manifestFrontEnd.extract(path, text, 'source')];
  const manifest = path.endsWith('setup.py') ? readSetupPy(parser.parse(path, text)) : undefined;
  if (!manifest) return [];
  return [
    { path, language: 'python', kind: 'source', comments: [], syntaxErrors: [], facts: {}, symbols: [], manifest },
  ];
}
