import type { HttpCallFact } from '../../core/facts/http-call.ts';
import type { CallFact, PythonFacts } from '../../core/python-facts.ts';
import type { PythonHttpEntry } from '../../knowledge/http-python.ts';
import { Field, Kind } from '../../syntax/python/kinds.ts';
import { kindOf, parentOf, textOf } from '../../syntax/python/tree.ts';
import type { PythonFile } from '../python/python-file.ts';
import { givenTimeout } from './given-timeout.ts';
import type { TimeoutGuards } from './guards.ts';

/** Methods of generated stubs: `orders_pb2_grpc.OrdersStub().GetOrder`. */
const STUB_METHOD = /(?:^|\.)(\w+_pb2_grpc\.\w+Stub)\(\)\.([A-Z]\w*)$/;

const ENTRY: PythonHttpEntry = { callees: [], form: 'call', argument: 'timeout', takes: 'seconds', position: 1 };

/** Channels that are made without interceptors; others may set a deadline for every call. */
const PLAIN_CHANNELS: ReadonlySet<string> = new Set([
  'grpc.insecure_channel()',
  'grpc.secure_channel()',
  'grpc.aio.insecure_channel()',
  'grpc.aio.secure_channel()',
]);

/** Whether a file imports stubs that the gRPC compiler generated. */
export function importsStubs({ imports }: PythonFacts): boolean {
  return imports.some(({ module, name }) => module.endsWith('_pb2_grpc') || name?.endsWith('_pb2_grpc') === true);
}

/** Calls of gRPC stubs over channels that this file makes; calls whose answer is a stream may last on purpose. */
export function findGrpcCalls(file: PythonFile, guards: TimeoutGuards): readonly HttpCallFact[] {
  const { calls } = file.facts;
  return calls.flatMap((call): HttpCallFact[] => {
    const match = STUB_METHOD.exec(call.callee?.symbol.replace(/\.__a?enter__\(\)/g, '') ?? '');
    if (!match || !isPlainStub(call, calls) || isStream(call, file)) return [];
    const given = givenTimeout(call, ENTRY, file.facts);
    const isGuarded = guards.covers(call, ENTRY) && given.state !== 'present';
    return [
      {
        language: 'python',
        range: call.range,
        calleeRange: call.calleeRange,
        callee: `${match[1] ?? ''}.${match[2] ?? ''}`,
        form: 'call',
        timeout: isGuarded ? 'unknown' : given.state,
        timeoutArgument: 'timeout',
        libraryDefault: undefined,
        uses: [],
        argumentRange: given.disabledBy,
        ...(given.state === 'absent' || given.disabledBy ? { takes: 'seconds' as const } : {}),
      },
    ];
  });
}

function isPlainStub({ callee }: CallFact, calls: readonly CallFact[]): boolean {
  const stub = callee?.origin === undefined ? undefined : calls[callee.origin];
  const channel = stub?.arguments[0]?.value;
  if (channel?.origin === undefined) return false;
  const maker = calls[channel.origin];
  const name = channel.symbol.replace(/\.__a?enter__\(\)$/, '');
  return PLAIN_CHANNELS.has(name) && maker?.arguments.some(argument => argument.name === 'interceptors') === false;
}

function isStream({ usage, target, arguments: given }: CallFact, { source }: PythonFile): boolean {
  const isIterator = given[0]?.kind !== 'name' && given[0]?.kind !== 'call';
  if (usage === 'iterated' || usage === 'other' || isIterator) return true;
  if (target === undefined) return usage === 'assigned';
  const { tree, text } = source;
  for (let node = 0; node < tree.size; node++) {
    if (tree.fields[node] !== Field.right || kindOf(tree, node) !== Kind.identifier) continue;
    const parent = kindOf(tree, parentOf(tree, node));
    const isLoop = parent === Kind.for_statement || parent === Kind.for_in_clause;
    if (isLoop && textOf(tree, text, node) === target) return true;
  }
  return false;
}
