import type { FoundPath } from './path-facts.ts';
import { resolvePath } from './repository-path.ts';
import type { ScalarText } from './scalar-text.ts';
import type { YamlReader } from './yaml-nodes.ts';

/** Inputs of well-known actions that name a file or folder of the repository. */
const FILE_INPUTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /^actions\/setup-(python|node|go|java|dotnet)@/,
    ['python-version-file', 'node-version-file', 'go-version-file', 'java-version-file', 'global-json-file'],
  ],
  [/^docker\/build-push-action@/, ['file']],
];
const FOLDER_INPUTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^docker\/build-push-action@/, ['context']],
  [
    /^(golangci\/golangci-lint-action|cypress-io\/github-action|pnpm\/action-setup|astral-sh\/setup-uv)@/,
    ['working-directory'],
  ],
];

/** The paths that a step hands to an action. */
export function findInputPaths(reader: YamlReader, uses: string, inputs: unknown): FoundPath[] {
  const read = (table: typeof FILE_INPUTS): ScalarText[] =>
    table.flatMap(([action, names]) =>
      action.test(uses) ? names.flatMap(name => reader.text(inputs, name) ?? []) : [],
    );

  const files = read(FILE_INPUTS).map((text): FoundPath => ({ ...whole(text), use: 'argument', expected: 'file' }));
  const folders = read(FOLDER_INPUTS)
    // A Git URL or the default context of the builder is no folder of the workspace.
    .filter(text => !/:\/\/|\{\{|^git@|[#:]/.test(text.value))
    .map((text): FoundPath => ({
      ...whole(text),
      use: /^docker\//.test(uses) ? 'dockerContext' : 'workingDirectory',
      expected: 'folder',
    }));
  const cached = reader.text(inputs, 'cache-dependency-path');
  return [...files, ...folders, ...(cached === undefined ? [] : cacheDependencies(cached))];
}

function whole(text: ScalarText): Pick<FoundPath, 'written' | 'base' | 'range'> {
  return { written: text.value, base: '', range: text.rangeOf(0, text.value.length) };
}

/** One path or pattern per line; the cache needs one of them to match. */
function cacheDependencies(text: ScalarText): FoundPath[] {
  const lines = [...text.value.matchAll(/[^\n]+/g)].map(match => {
    const written = match[0].trim();
    const start = match.index + match[0].indexOf(written);
    return { written, range: text.rangeOf(start, start + written.length) };
  });
  const isComputed = lines.some(line => line.written.includes('${{'));
  const named = lines.filter(line => line.written !== '' && !line.written.startsWith('!'));
  if (isComputed) return [];
  return named.map(line => ({
    ...line,
    ...{ base: '', use: 'cacheDependency', expected: 'file', wildcards: 'glob' },
    alternatives: named.flatMap(other => (other === line ? [] : (resolvePath('', other.written) ?? []))),
  }));
}
