import type { FileFacts } from '../../../server/src/core/file-facts.ts';
import type { DependencyFact, ManifestFacts } from '../../../server/src/core/facts/manifest.ts';
import type { TextRange } from '../../../server/src/core/text.ts';
import { manifestFrontEnd } from '../../../server/src/syntax/manifest/index.ts';

/** Facts of a manifest; fails for a path that is none. */
export function factsOf(path: string, text: string): FileFacts & { readonly manifest: ManifestFacts } {
  const facts = manifestFrontEnd.extract(path, text, 'source');
  if (!facts.manifest) throw new Error(`${path} is no manifest`);
  return { ...facts, manifest: facts.manifest };
}

/** What a manifest declares, one line per dependency: `name specifier [group]`, with `@` for direct references. */
export function declared(path: string, text: string): readonly string[] {
  return factsOf(path, text).manifest.dependencies.map(describeDependency);
}

/** The text at a range. */
export function at(text: string, range: TextRange): string {
  return text.slice(range.start, range.end);
}

function describeDependency({ name, specifier, group, direct }: DependencyFact): string {
  return [name, direct ? '@' : specifier, group === undefined ? '' : `[${group}]`]
    .filter(part => part !== '')
    .join(' ');
}
