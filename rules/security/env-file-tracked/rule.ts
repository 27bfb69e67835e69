import { defineWorkspaceRule, type FixContext, type Report, type TextRange } from '#rule-kit';
import { appendedLine, hasIgnoreEntry, ignoreEntryFor } from './ignore-entry.ts';
import { findPrivateKey, surveySecrets, type SecretEntry } from './secret-entries.ts';
import { classifySensitiveFile, type SensitiveFile } from './sensitive-file.ts';

const IGNORE_FILE = '.gitignore';

export default defineWorkspaceRule({
  meta: {
    id: 'env-file-tracked',
    title: 'Environment file or key tracked by git',
    aspect: 'security',
    priority: 'critical',
    confidence: 'high',
    languages: ['any file'],
    fix: 'suggested',
    since: '0.1.0',
    requiredFor: 'experimental',
    conceals: 'file',
  },

  examine(workspace, context) {
    if (workspace.tracked === undefined) {
      context.notApplicable('There is no git repository, or its index cannot be read.');
      return;
    }

    const ignoreText = workspace.readText(IGNORE_FILE) ?? '';
    const needsEntry = (path: string): boolean => !workspace.isIgnored(path) && !hasIgnoreEntry(ignoreText, path);
    let candidates = 0;
    for (const { path } of workspace.tracked) {
      const file = classifySensitiveFile(path);
      const text = file && workspace.readText(path);
      if (file === undefined || text === undefined) continue;
      candidates++;
      const found = judge(path, file, text);
      if (found !== undefined) context.report(path, needsEntry(path) ? { ...found, fix: 'suggested' } : found);
    }
    // A repository that tracks no such file at all has been looked at too, and passes.
    context.examined(Math.max(1, candidates));
  },

  fix({ path }, context) {
    const entry = ignoreEntryFor(path);
    const title = `Add \`${entry}\` to ${IGNORE_FILE}`;
    const text = readIgnoreFile(context);
    if (text === undefined) {
      return [{ title, applicability: 'suggested', edits: [{ path: IGNORE_FILE, edits: [], create: `${entry}\n` }] }];
    }
    if (hasIgnoreEntry(text, path)) return [];

    const end = { start: text.length, end: text.length };
    const edit = { range: end, newText: appendedLine(text, entry) };
    return [{ title, applicability: 'suggested', edits: [{ path: IGNORE_FILE, edits: [edit] }] }];
  },
});

function judge(path: string, file: SensitiveFile, text: string): Report | undefined {
  if (file === 'key') {
    const key = findPrivateKey(text);
    return key && leaked(path, key, 'the private key in it', 'make a new key');
  }

  const { secrets, filled } = surveySecrets(text);
  const real = secrets.filter(secret => isReal(secret, file));
  const [first] = real;
  if (first !== undefined) return leaked(path, first.range, namesOf(real), 'change these values');
  return file === 'environment' ? unfilled(path, secrets, filled) : undefined;
}

/** In a file that a team shares on purpose, an irregular value may be made up; a token with a provider's prefix is not. */
function isReal(secret: SecretEntry, file: SensitiveFile): boolean {
  return secret.strength === 'known' || (secret.strength === 'likely' && file !== 'sharedEnvironment');
}

function namesOf(secrets: readonly SecretEntry[]): string {
  const names = [...new Set(secrets.map(secret => `\`${secret.name}\``))];
  const [first = '', second] = names;
  if (second === undefined) return `the value of ${first}`;
  if (names.length === 2) return `the values of ${first} and ${second}`;
  return `the values of ${first} and ${names.length - 1} others`;
}

function leaked(path: string, range: TextRange, what: string, remedy: string): Report {
  return {
    range,
    message:
      `${inCode(path)} is tracked by git, so everyone who has the repository can read ${what}. ` +
      `Run ${removeCommand(path)}, ignore the file, and ${remedy}; the history keeps the old ones.`,
  };
}

/** An environment file that holds no real secret yet; the next one written into it is committed with the rest. */
function unfilled(
  path: string,
  secrets: readonly SecretEntry[],
  filled: readonly { readonly name: string; readonly range: TextRange }[],
): Report | undefined {
  const [place] = secrets.length > 0 ? secrets : filled;
  if (place === undefined || (secrets.length === 0 && isSharedOnPurpose(path, filled))) return undefined;
  return {
    range: place.range,
    priority: secrets.length > 0 ? 'medium' : 'low',
    confidence: secrets.length > 0 ? 'medium' : 'low',
    message:
      `${inCode(path)} is tracked by git, so the first real secret that somebody writes into it stays in the history. ` +
      `Run ${removeCommand(path)}, ignore the file, and track a \`.env.example\` instead.`,
  };
}

/** Frameworks for the browser and Compose read a committed file of plain settings; so do files for one mode. */
function isSharedOnPurpose(path: string, filled: readonly { readonly name: string }[]): boolean {
  const isPlainName = path === '.env' || path.endsWith('/.env');
  const forBrowserOrCompose =
    /^(VITE_|NEXT_|NUXT_|REACT_APP_|PUBLIC_|EXPO_|GATSBY_|VUE_APP_|NG_APP_|STORYBOOK_|COMPOSE_|DOCKER_)|_(VERSION|TAG|IMAGE)$|^PYTHONPATH$/;
  return !isPlainName || filled.some(({ name }) => forBrowserOrCompose.test(name));
}

function inCode(path: string): string {
  return `\`${path.replaceAll('`', '')}\``;
}

function removeCommand(path: string): string {
  const isPlain = /^[\w./@+-]+$/.test(path) && !path.startsWith('-');
  return inCode(`git rm --cached ${isPlain ? path : `-- '${path.replaceAll("'", `'\\''`)}'`}`);
}

/** Undefined when there is no such file: the context has no other way to say so than to throw. */
function readIgnoreFile(context: FixContext): string | undefined {
  try {
    return context.source(IGNORE_FILE).text;
  } catch {
    return undefined;
  }
}
