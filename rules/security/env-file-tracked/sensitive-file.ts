/** What a file is by its path, as far as this rule cares. */
export type SensitiveFile =
  /** The file that an application reads when it starts: every secret-like value is meant. */
  | 'environment'
  /** The same for development and tests, which teams share on purpose as long as nothing real is in it. */
  | 'sharedEnvironment'
  | 'key'
  | 'configuration';

const SAMPLE_WORDS =
  /(^|[._-])(examples?|samples?|templates?|tpl|tmpl|dist|defaults?|schema|skeleton|vault|enc|encrypted|sops|gpg|age|md|j2)([._-]|$)/i;
const SHARED_WORDS = /(^|[._-])(dev|devel|development|test|tests|testing|e2e|ci|emulated|docker)([._-]|$)/i;
/** Folders whose keys and passwords are made up. */
const MADE_UP =
  /(^|\/)(tests?|__tests__|testdata|test[-_]data|fixtures?|__fixtures__|examples?|samples?|templates?|demos?|docs?|mocks?|__mocks__|e2e|spec|vendor|third_party|node_modules)(\/|$)/i;

/** Files of settings; source code never is. */
const CREDENTIALS = /^(credentials?|secrets?)([._-].*)?$/i;
/** Files that hold what a tool logs in with, beside settings that everyone may read. */
const TOOL_SETTINGS = /^(\.envrc|\.flaskenv|\.npmrc|\.pypirc)$/i;
/** Key files as a cloud's console names them. */
const SERVICE_ACCOUNT = /(^|[._-])(service[-_]?account|firebase[-_]adminsdk)([._-]|$).*\.json$/i;
const SOURCE_SUFFIX = /\.([cm]?[jt]sx?|py|rb|php)$/i;
const SETTINGS_SUFFIX = /\.(json|ya?ml|toml|ini|cfg|conf|txt|properties|env|csv)$/i;

/** What a path stands for; undefined when this rule has no business with it. */
export function classifySensitiveFile(path: string): SensitiveFile | undefined {
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  if (MADE_UP.test(path.slice(0, Math.max(0, slash)))) return undefined;

  if (SOURCE_SUFFIX.test(name)) return undefined;
  if (name === '.env' || name.startsWith('.env.')) {
    if (SAMPLE_WORDS.test(name.slice(4))) return undefined;
    // `.env.test.local` is one developer's own.
    return SHARED_WORDS.test(name.slice(4)) && !name.endsWith('.local') ? 'sharedEnvironment' : 'environment';
  }
  if (SAMPLE_WORDS.test(name)) return undefined;
  if (/\.(pem|key|ppk)$/i.test(name) || /^id_(rsa|dsa|ecdsa|ed25519)$/.test(name)) return 'key';
  // `production.env` is read when somebody asks for it, as `.env.production` is.
  if (name.endsWith('.env')) return SHARED_WORDS.test(name.slice(0, -4)) ? 'sharedEnvironment' : 'configuration';
  if (TOOL_SETTINGS.test(name) || SERVICE_ACCOUNT.test(name)) return 'configuration';
  const isCredentials = CREDENTIALS.test(name) && (SETTINGS_SUFFIX.test(name) || !name.includes('.'));
  return isCredentials || name === 'config.json' ? 'configuration' : undefined;
}
