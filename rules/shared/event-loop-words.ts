import type { EventLoopLibrary, FactMap } from '#rule-kit';

type BlockingKind = FactMap['blockingCall']['kind'];

/** Files and computations hold the loop for a moment; everything else for as long as another side likes. */
export function isMinorKind(kind: BlockingKind): boolean {
  return kind === 'file' || kind === 'cpu';
}

/** When a blocking call is over, in words that follow "holds the event loop until". */
export const UNTIL: Readonly<Record<BlockingKind, string>> = {
  sleep: 'it is over',
  network: 'the other side answers',
  subprocess: 'the command ends',
  database: 'the database answers',
  file: 'the disk answers',
  input: 'somebody has typed',
  cpu: 'the result is computed',
  wait: 'another thread or process is done',
};

/** What is called, on one line: of a callee that goes over several lines, without its arguments. */
export function calleeInWords(calleeText: string): string {
  if (!/[\r\n]/.test(calleeText)) return calleeText;
  let text = calleeText.replace(/[\s\\]+/g, '');
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(/\([^()]*\)/g, '\u0000');
  }
  return text.replace(/\(.*$/, '\u0000').replaceAll('\u0000', '(…)');
}

/** The function of each library that runs another one in a thread. */
export const RUNNERS: Readonly<Record<EventLoopLibrary, string>> = {
  asyncio: 'asyncio.to_thread',
  anyio: 'anyio.to_thread.run_sync',
  trio: 'trio.to_thread.run_sync',
};
