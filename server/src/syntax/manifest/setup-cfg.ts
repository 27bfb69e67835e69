import type { ManifestFacts } from '../../core/facts/manifest.ts';
import type { IniDocument, IniOption, IniSection } from './ini.ts';
import { addRequirement, newDraft, toManifest, type ManifestDraft } from './manifest-draft.ts';
import { resolveFrom } from './paths.ts';
import { normalizeName } from './requirement.ts';
import { partOf, rangeOf, trimmed, type SourceText } from './source-text.ts';
import { parseSpecifier } from './specifier.ts';

/** Reads the dependencies that setuptools finds in `setup.cfg`. */
export function readSetupCfg(path: string, document: IniDocument): ManifestFacts {
  const draft = newDraft();
  draft.errors.push(...document.errors);
  const options = document.sections.find(section => section.name === 'options');
  addList(draft, path, findOption(options, 'install_requires'), undefined);
  addList(draft, path, findOption(options, 'tests_require'), 'test');
  const extras = document.sections.find(section => section.name === 'options.extras_require');
  for (const extra of extras?.options ?? []) addList(draft, path, extra, normalizeName(extra.key));

  const python = findOption(options, 'python_requires')?.lines[0];
  const requiresPython = python && parseSpecifier(python.text);
  const isProject = document.sections.some(section => section.name === 'metadata' || section.name === 'options');
  return toManifest('setup.cfg', draft, { isProject, ...(requiresPython ? { requiresPython } : {}) });
}

/** Some projects write `install-requires`; setuptools takes it for `install_requires`. */
function findOption(section: IniSection | undefined, key: string): IniOption | undefined {
  return section?.options.find(option => option.key.replaceAll('-', '_') === key);
}

function addList(draft: ManifestDraft, path: string, option: IniOption | undefined, group: string | undefined): void {
  const [first] = option?.lines ?? [];
  if (!option || !first) return;
  if (first.text.startsWith('file:')) {
    addFiles(draft, path, option, group);
    return;
  }
  for (const item of itemsOf(option)) {
    // `%(name)s` stands for another option's value.
    if (item.text !== '' && !item.text.includes('%(')) addRequirement(draft, item, group);
  }
}

/** setuptools parts a value of one line at `;`, and every other one at its line ends. */
function itemsOf({ lines, startsBesideKey }: IniOption): readonly SourceText[] {
  const [only] = lines;
  if (!only || lines.length > 1 || !startsBesideKey) return lines.map(withoutComment);
  const items: SourceText[] = [];
  let start = 0;
  for (const part of only.text.split(';')) {
    items.push(trimmed(partOf(only, start, start + part.length)));
    start += part.length + 1;
  }
  return items;
}

function withoutComment(line: SourceText): SourceText {
  const comment = line.text.search(/(?:^|\s)#/);
  return comment === -1 ? line : trimmed(partOf(line, 0, comment));
}

function addFiles(draft: ManifestDraft, path: string, option: IniOption, group: string | undefined): void {
  for (const line of option.lines) {
    const names = line.text.replace(/^file:/, '').split(',');
    for (const name of names) {
      const resolved = resolveFrom(path, name.trim());
      if (resolved === undefined) continue;
      const range = rangeOf(line, 0, line.text.length);
      draft.includes.push({ path: resolved, kind: 'requirements', range, ...(group === undefined ? {} : { group }) });
    }
  }
}
