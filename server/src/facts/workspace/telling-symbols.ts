import type { Symbol } from '../../core/python-facts.ts';
import { blockingCallable } from '../../knowledge/blocking.ts';
import { PYTHON_HTTP_MODULES, pythonHttpEntry } from '../../knowledge/http-python.ts';
import { resourceKind } from '../../knowledge/resources.ts';
import { makesCommand } from '../blocking-calls/start-up.ts';
import { setsAlarm } from '../http-calls/guards.ts';
import { takesCallable } from '../http-calls/handed-over.ts';
import { canonicalName } from '../python/canonical-name.ts';
import { isStandardLibrary, topOf } from './outline/standard-library.ts';

/** Modules of which recognisers look for more than calls that the knowledge names. */
const MODULES: ReadonlySet<string> = new Set([
  ...[...PYTHON_HTTP_MODULES].filter(name => !isStandardLibrary(name)),
  'anyio',
  'asyncio',
  'async_timeout',
  'eventlet',
  'fastapi',
  'gevent',
  'grpc',
  'starlette',
  'trio',
]);

const FUNCTIONS: ReadonlySet<string> = new Set([
  'socket.SOCK_DGRAM',
  'socket.setdefaulttimeout',
  'socket.socket.setblocking',
  'socket.socket.settimeout',
]);

/** Objects that no disk and no other process holds, and generated stubs. */
const OBJECTS = /^(?:io\.(?:BytesIO|StringIO)|builtins\.open)\(\)|_pb2_grpc/;

/**
 * Whether some recogniser finds a symbol by its name where it goes through all calls of a file: who goes through a list
 * has not asked for any symbol in it.
 */
export function isTelling(symbol: Symbol): boolean {
  if (OBJECTS.test(symbol) || isHttp(makerOf(symbol)) || makesCommand(symbol)) return true;
  if (takesCallable(symbol) || setsAlarm(symbol)) return true;
  const name = canonicalName(symbol);
  if (name === undefined) return false;
  return (
    MODULES.has(topOf(name)) ||
    FUNCTIONS.has(name) ||
    isHttp(name) ||
    blockingCallable(name) !== undefined ||
    resourceKind(name) !== undefined
  );
}

/** `boto3.client` of `boto3.client().get_object`. */
function makerOf(symbol: Symbol): Symbol {
  return symbol.slice(0, Math.max(0, symbol.lastIndexOf('().')));
}

function isHttp(symbol: Symbol): boolean {
  return symbol !== '' && pythonHttpEntry(canonicalName(symbol) ?? '') !== undefined;
}

/** Modules whose functions leave a session that they are given as it is; recognisers want to know that of every call. */
const HARMLESS: ReadonlySet<string> = new Set(['builtins', 'contextlib', 'logging']);

/** Whether calling a symbol leaves sessions alone, whichever one it is given. */
export function isHarmless(symbol: Symbol): boolean {
  return HARMLESS.has(topOf(symbol));
}
