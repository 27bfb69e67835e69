import { DEFAULT_SETTINGS, type Settings } from '../../core/settings.ts';
import type { TextRange } from '../../core/text.ts';
import type { ConfigurationProblem } from '../model.ts';
import type { RuleNames } from '../rule-names.ts';
import type { ConfigurationSource } from './configuration-files.ts';
import type { ParsedConfiguration } from './configuration-node.ts';
import { interpretConfiguration } from './interpret.ts';
import { isToml } from './keys.ts';
import { parseToml } from './parse-toml.ts';
import { parseYaml } from './parse-yaml.ts';

export { parseToml };

/** A name of Python code in a configuration file. */
export interface OwnName {
  /** Dotted: `corp.db.query`. */
  readonly name: string;
  readonly path: string;
  readonly range: TextRange;
}

/** What the configuration files say. */
export interface Configuration {
  /** Undefined when the file can't be parsed: the caller keeps the last good settings. */
  readonly settings: Settings | undefined;
  /** The file in force; undefined when none of them configures anything. */
  readonly path: string | undefined;
  readonly problems: readonly ConfigurationProblem[];
  /** Names that the user's knowledge speaks of. */
  readonly ownNames: readonly OwnName[];
}

/**
 * Reads the configuration of a workspace from what there is of `readiness.yaml` and `pyproject.toml`, in any order.
 * A `.toml` file is read as a `pyproject.toml`, every other one as a `readiness.yaml`. `readiness.yaml` wins over both.
 */
export function readConfiguration(files: readonly ConfigurationSource[], names: RuleNames): Configuration {
  const parsed = files
    .map(file => ({ file, content: isToml(file.path) ? parseToml(file.text) : parseYaml(file.text) }))
    .filter(({ content }) => content.kind !== 'absent')
    .sort((left, right) => Number(isToml(left.file.path)) - Number(isToml(right.file.path)));
  const [winner, ...others] = parsed;
  if (!winner) return { settings: DEFAULT_SETTINGS, path: undefined, problems: [], ownNames: [] };

  const { settings, problems, ownNames } = interpretFile(winner.file.path, winner.content, names);
  const overruled = others.map(({ file, content }) => ({
    path: file.path,
    range: rangeOf(content),
    message: `This configuration is not in force, because there is a \`${winner.file.path}\`. Keep one of the two.`,
    fatal: false,
  }));
  return { settings, path: winner.file.path, problems: [...problems, ...overruled], ownNames };
}

function interpretFile(
  path: string,
  content: ParsedConfiguration,
  names: RuleNames,
): { settings: Settings | undefined; problems: readonly ConfigurationProblem[]; ownNames: readonly OwnName[] } {
  if (content.kind === 'absent') return { settings: DEFAULT_SETTINGS, problems: [], ownNames: [] };
  if (content.kind === 'broken') {
    const message = `The configuration can't be read: ${content.message} The last good one stays in force.`;
    return { settings: undefined, problems: [{ path, range: content.range, message, fatal: true }], ownNames: [] };
  }

  const problems: ConfigurationProblem[] = [];
  const ownNames: OwnName[] = [];
  const settings = interpretConfiguration(
    content.root,
    names,
    (range, message) => {
      problems.push({ path, range, message, fatal: false });
    },
    (name, range) => ownNames.push({ name, path, range }),
  );
  return { settings, problems, ownNames };
}

function rangeOf(content: ParsedConfiguration): ConfigurationProblem['range'] {
  if (content.kind === 'tree') return content.root.range;
  return content.kind === 'broken' ? content.range : { start: 0, end: 0 };
}
