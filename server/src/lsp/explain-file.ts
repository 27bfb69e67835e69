import type { FileFacts, NotMeasured } from '../core/file-facts.ts';
import type { FileKind } from '../core/file-kind.ts';
import type { RuleMeta } from '../core/rule.ts';
import { defaultRuleSettings, type Settings } from '../core/settings.ts';
import type { Suppression } from '../core/suppression.ts';
import { LineIndex } from '../core/text.ts';
import { createNodeHost } from '../workspace/node-host.ts';
import type { Session } from '../engine/session.ts';
import type { ServerContext } from './server-context.ts';
import { suppressionsIn } from './suppressions-in.ts';
import { pathOfUri } from './uris.ts';

/** How a file is reviewed and why, as Markdown; null for one outside of all roots. */
export async function explainFile(uri: string, context: ServerContext): Promise<string | null> {
  const absolute = pathOfUri(uri);
  const root = absolute === undefined ? undefined : context.roots.owner(absolute);
  if (absolute === undefined || !root?.session) return null;
  const { session } = root;
  const { texts } = root.options;
  const path = root.relative(absolute);
  const text = await texts.text(path);
  const facts = text === undefined ? undefined : await context.measureText(path, text);
  const parts = [
    `# How Readiness reviews \`${path}\``,
    participation(path, session, facts),
    configuration(session, file => texts.uri(file)),
    facts && !('reason' in facts) ? kindAndRules(facts, session.settings, [...context.pages.all()]) : '',
    changedRules(session.settings, context),
    text === undefined ? '' : suppressions(await suppressionsIn(path, text, context.measureText), new LineIndex(text)),
    baseline(path, session),
  ];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

function participation(path: string, session: Session, facts: FileFacts | NotMeasured | undefined): string {
  const host = createNodeHost(session.root);
  const { exclude } = session.settings;
  if (!host.pathFilter([]).includes(path)) {
    return '**It is left out:** a `.gitignore` covers it, or it lies in a folder that only tools write.';
  }
  const pattern = exclude.find(candidate => !host.pathFilter([candidate]).includes(path));
  if (pattern !== undefined) return `**It is left out:** \`exclude\` has the pattern \`${pattern}\`.`;
  if (!facts) return '**It is left out:** it can’t be read as text.';
  return 'reason' in facts ? `**It is left out:** ${facts.reason}` : '**It takes part in the review.**';
}

function configuration(
  { configurationPath, configurationProblems, settings }: Session,
  toUri: (path: string) => string,
): string {
  const source =
    configurationPath === undefined
      ? 'There is no configuration file; the defaults hold.'
      : `The configuration is [${configurationPath}](${toUri(configurationPath)}).`;
  const problems = configurationProblems.map(({ path, message, fatal }) =>
    fatal ? `- \`${path}\`, so that the last good one is in force: ${message}` : `- \`${path}\`: ${message}`,
  );
  return [`## Configuration\n\n${source} The tier of the service is *${settings.tier}*.`, ...problems].join('\n');
}

const KINDS: Readonly<Record<FileKind, string>> = {
  source: 'source code of the service',
  test: 'a test',
  example: 'an example',
  migration: 'a database migration',
  generated: 'generated code',
  vendored: 'code of somebody else',
};

function kindAndRules({ kind, syntaxErrors }: FileFacts, settings: Settings, rules: readonly RuleMeta[]): string {
  const looking = rules.filter(({ fileKinds = ['source'] }) => fileKinds.includes(kind));
  const enabled = looking.filter(({ id }) => settings.rules[id]?.enabled !== false);
  const lines = [
    `It is taken for ${KINDS[kind]}: ${enabled.length} of ${rules.length} rules look at such files.`,
    ...(syntaxErrors.length === 0 ? [] : ['Parts of it can’t be parsed; nothing is reported there.']),
  ];
  return `## Rules\n\n${lines.join(' ')}`;
}

/** What the configuration changes about rules, in the order of the catalogue. */
function changedRules({ rules }: Settings, { pages }: ServerContext): string {
  const lines = [...pages.all()].flatMap(meta => {
    const found = rules[meta.id];
    if (!found) return [];
    if (!found.enabled) return [`- \`${meta.id}\` is off.`];
    const defaults = defaultRuleSettings(meta).options;
    const options = Object.entries(found.options).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults[name]),
    );
    const changes = [
      ...(found.priority === undefined || found.priority === meta.priority ? [] : [`priority ${found.priority}`]),
      ...options.map(([name, value]) => `\`${name}\` is \`${JSON.stringify(value)}\``),
    ];
    return changes.length === 0 ? [] : [`- \`${meta.id}\`: ${changes.join(', ')}.`];
  });
  return lines.length === 0
    ? 'No rule is off or changed.'
    : `The configuration changes these rules:\n\n${lines.join('\n')}`;
}

function suppressions(found: readonly Suppression[], lines: LineIndex): string {
  if (found.length === 0) return '';
  const items = found.map(({ ruleIds, reason, range, line }) => {
    const scope = line === undefined ? 'in the whole file' : `on line ${line + 1}`;
    const ids = ruleIds.map(id => `\`${id}\``).join(', ');
    const why = reason === undefined ? 'no reason given' : reason;
    return `- Line ${lines.position(range.start).line + 1} ignores ${ids} ${scope}: ${why}.`;
  });
  return `## Comments that ignore findings\n\n${items.join('\n')}`;
}

function baseline(path: string, session: Session): string {
  const entries = session.baseline.filter(entry => entry.path === path);
  if (entries.length === 0) return '';
  const items = entries.map(({ ruleId, count, reason }) => {
    const times = count === 1 ? '' : `, ${count} times`;
    return `- \`${ruleId}\`${times}${reason === undefined ? '' : `: ${reason}`}`;
  });
  return `## Accepted in the baseline\n\n${items.join('\n')}`;
}
