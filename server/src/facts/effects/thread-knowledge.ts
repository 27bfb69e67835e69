import type { ThreadConduct } from '../../core/python-outline.ts';
import { isKnownLibrary } from '../workspace/known-libraries.ts';
import { topOf } from '../workspace/outline/standard-library.ts';

/** Methods of containers that change them. */
export const MUTATORS: ReadonlySet<string> = new Set([
  'add',
  'append',
  'appendleft',
  'clear',
  'difference_update',
  'discard',
  'extend',
  'extendleft',
  'insert',
  'intersection_update',
  'move_to_end',
  'pop',
  'popitem',
  'popleft',
  'remove',
  'reverse',
  'rotate',
  'setdefault',
  'sort',
  'subtract',
  'symmetric_difference_update',
  'update',
]);

/** Methods of connections, sessions and queries that give back something of the same connection. */
export const CHAINED: ReadonlySet<string> = new Set([
  'begin',
  'connection',
  'cursor',
  'exec',
  'execute',
  'executemany',
  'filter',
  'filter_by',
  'join',
  'limit',
  'offset',
  'options',
  'order_by',
  'query',
  'scalars',
  'where',
]);

/** Loggers may be used from any thread. */
export const LOG_METHODS: ReadonlySet<string> = new Set([
  'critical',
  'debug',
  'error',
  'exception',
  'fatal',
  'info',
  'log',
  'warn',
  'warning',
]);

/** Methods of strings, numbers, dates and containers that only read; nothing else in common libraries has these names. */
const READS: ReadonlySet<string> = new Set([
  'as_posix',
  'capitalize',
  'casefold',
  'decode',
  'encode',
  'endswith',
  'format',
  'group',
  'groupdict',
  'groups',
  'hexdigest',
  'index',
  'isalnum',
  'isalpha',
  'isdigit',
  'isnumeric',
  'isoformat',
  'isspace',
  'items',
  'join',
  'keys',
  'ljust',
  'lower',
  'lstrip',
  'partition',
  'removeprefix',
  'removesuffix',
  'replace',
  'rfind',
  'rjust',
  'rpartition',
  'rsplit',
  'rstrip',
  'split',
  'splitlines',
  'startswith',
  'strftime',
  'strip',
  'timestamp',
  'title',
  'total_seconds',
  'upper',
  'values',
  'zfill',
]);

/** Whether a method of that name only reads, whatever object it is a method of. */
export function isRead(method: string): boolean {
  return READS.has(method);
}

/** A mutex is held for moments by those who mean well, and whether these do can't be seen from its call. */
export function isMomentaryLock(canonicalName: string): boolean {
  return /^(?:threading|multiprocessing)\.R?Lock\.acquire$/.test(canonicalName);
}

/**
 * Libraries whose functions compute, or that say themselves that any thread may call them; of others nobody knows what
 * they share.
 */
const NEUTRAL: ReadonlySet<string> = new Set([
  'attr',
  'attrs',
  'babel',
  'bcrypt',
  'bs4',
  'certifi',
  'chardet',
  'charset_normalizer',
  'cryptography',
  'dateutil',
  'fastapi',
  'flask',
  'html5lib',
  'idna',
  'isodate',
  'itsdangerous',
  'jinja2',
  'jose',
  'jsonschema',
  'jwt',
  'loguru',
  'lxml',
  'markdown',
  'markupsafe',
  'msgpack',
  'numpy',
  'orjson',
  'packaging',
  'passlib',
  'pendulum',
  'phonenumbers',
  'pydantic',
  'pydantic_settings',
  'pytz',
  'rapidfuzz',
  'regex',
  'simplejson',
  'slugify',
  'starlette',
  'structlog',
  'tenacity',
  'text_unidecode',
  'toml',
  'tomli',
  'typing_extensions',
  'tzlocal',
  'ujson',
  'w3lib',
  'werkzeug',
  'xmltodict',
  'yaml',
  'yarl',
]);

/**
 * Whether any thread may call what a library has under that name, as far as nothing else is known of it. Of the libraries
 * that are known to wait, the knowledge says what is tied to a thread.
 */
export function isNeutral(canonicalName: string): boolean {
  const top = topOf(canonicalName);
  return NEUTRAL.has(top) || isKnownLibrary(top);
}

/** Only the thread that runs an event loop may use it. */
const LOOP = /^(?:asyncio|anyio|trio|curio|uvloop|nest_asyncio|tornado\.ioloop)\./;
/** What these do, or what they give back, is for the thread that calls them. */
const OF_THE_THREAD =
  /^(?:signal\.(?!Signals|strsignal|valid_signals)|threading\.(?:local|get_ident|get_native_id|current_thread|RLock\.)|contextvars\.ContextVar\.(?:set|reset)|decimal\.(?:getcontext|setcontext)|tkinter\.|matplotlib\.pyplot\.|asgiref\.sync\.|greenlet\.)/;
/** What these change is seen by the whole program. */
const OF_THE_PROGRAM =
  /^(?:os\.(?:chdir|fchdir|umask|putenv|unsetenv|environ\.(?!get$|items$|keys$|values$|copy$))|locale\.setlocale|time\.tzset|random\.seed|sys\.(?:set\w+|path\.|modules\.)|warnings\.(?:simplefilter|filterwarnings|catch_warnings|resetwarnings)|contextlib\.redirect_\w+|importlib\.reload|gc\.|logging\.(?:basicConfig|disable|setLoggerClass|config\.)|builtins\.(?:setattr|delattr|exec|eval|globals)$)/;

/** What calling something of a library means for another thread; undefined where nothing special is known. */
export function stateOf(canonicalName: string): ThreadConduct | undefined {
  if (LOOP.test(canonicalName)) return 'loop';
  if (OF_THE_THREAD.test(canonicalName)) return 'bound';
  return OF_THE_PROGRAM.test(canonicalName) ? 'shared' : undefined;
}
