import type { EventLoopLibrary, FactMap, TextRange } from '#rule-kit';

/** What a fix needs to know of a call that is to be awaited. */
export interface AwaitableCall {
  readonly call: TextRange;
  readonly library: EventLoopLibrary;
}

/** Data of a finding about a blocking call; {@link readAwaitableCall} reads it. */
export function awaitableCallOf({ range, asyncLibrary }: Pick<FactMap['blockingCall'], 'range' | 'asyncLibrary'>): {
  readonly start: number;
  readonly end: number;
  readonly library: string;
} {
  return { start: range.start, end: range.end, library: asyncLibrary };
}

/** The call of a finding; undefined for data that is not of {@link awaitableCallOf}. */
export function readAwaitableCall(data: unknown): AwaitableCall | undefined {
  if (typeof data !== 'object' || data === null || !('start' in data && 'end' in data && 'library' in data)) {
    return undefined;
  }
  const { start, end } = data;
  const library = LIBRARIES.find(known => known === data.library);
  if (typeof start !== 'number' || typeof end !== 'number' || library === undefined) return undefined;
  return { call: { start, end }, library };
}

const LIBRARIES: readonly EventLoopLibrary[] = ['asyncio', 'anyio', 'trio'];
