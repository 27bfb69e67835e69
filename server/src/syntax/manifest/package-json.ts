import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { ManifestFacts } from '../../core/facts/manifest.ts';
import { newDraft, toManifest, type ManifestDraft } from './manifest-draft.ts';

const SECTIONS: readonly (readonly [key: string, group: string | undefined])[] = [
  ['dependencies', undefined],
  ['devDependencies', 'dev'],
  ['optionalDependencies', 'optional'],
  ['peerDependencies', 'peer'],
];
/** Everything that is no range of versions: URLs, repositories, paths, aliases, `workspace:` and `catalog:`. */
const DIRECT = /^(?:[a-z][a-z0-9+.-]*:|[\w.-]+\/[\w.-]+|[./]|~\/)/i;

/** Reads `package.json`; never throws, broken places are left out. */
export function readPackageJson(text: string): ManifestFacts {
  const draft = newDraft();
  const { root, problems } = parseJson(text);
  draft.errors.push(...problems);
  for (const [key, group] of SECTIONS) addSection(draft, root && findNodeAtLocation(root, [key]), group);
  const workspacePatterns = workspacesOf(root);
  return toManifest('package.json', draft, {
    isProject: root?.type === 'object',
    ...(workspacePatterns ? { workspacePatterns } : {}),
  });
}

function parseJson(text: string): { readonly root: Node | undefined; readonly problems: ManifestDraft['errors'] } {
  const errors: ParseError[] = [];
  // A space in place of a byte order mark keeps all offsets.
  const readable = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  try {
    const root = parseTree(readable, errors, { allowTrailingComma: false, disallowComments: true });
    const problems = errors.map(({ error, offset, length }) => ({
      range: { start: offset, end: offset + length },
      message: printParseErrorCode(error),
    }));
    return { root, problems };
  } catch (error) {
    // The parser recurses: a text nested ten thousand deep fills the stack. No manifest is that deep.
    const message = error instanceof Error ? error.message : String(error);
    return { root: undefined, problems: [{ range: { start: 0, end: text.length }, message }] };
  }
}

function addSection(draft: ManifestDraft, section: Node | undefined, group: string | undefined): void {
  if (section?.type !== 'object') return;
  for (const property of section.children ?? []) {
    const [key, value] = property.children ?? [];
    const name: unknown = key?.value;
    const written: unknown = value?.value;
    if (typeof name !== 'string' || typeof written !== 'string' || !value) continue;
    // The range between the quotes; versions never need an escape.
    const specifierRange = { start: value.offset + 1, end: value.offset + value.length - 1 };
    draft.dependencies.push({
      name,
      specifier: written,
      extras: [],
      marker: undefined,
      group,
      range: { start: property.offset, end: property.offset + property.length },
      specifierRange,
      direct: DIRECT.test(written),
    });
  }
}

function workspacesOf(root: Node | undefined): readonly string[] | undefined {
  if (!root) return undefined;
  const list = findNodeAtLocation(root, ['workspaces', 'packages']) ?? findNodeAtLocation(root, ['workspaces']);
  if (list?.type !== 'array') return undefined;
  return (list.children ?? []).flatMap(({ value }: { value?: unknown }) => (typeof value === 'string' ? [value] : []));
}
