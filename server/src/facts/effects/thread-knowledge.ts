import type { ThreadConduct } from '../../core/python-outline.ts';

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
