import type { AsyncLibrary, BlockingCallFact, BlockingKind } from '../../core/facts/blocking-call.ts';
import type { CallFact } from '../../core/python-facts.ts';
import type { TextRange } from '../../core/text.ts';
import {
  admitsAwaitSleep,
  admitsMoveToThread,
  awaitSleep,
  isHandedToThread,
  moveToThread,
} from '../../syntax/python/edit/await-call.ts';
import type { PythonFile } from '../python/python-file.ts';

/** How a call stands among those that wait. */
export type Standing = Pick<BlockingCallFact, 'awaitable' | 'calledEarly'>;

/**
 * Says of the calls of a file whether they can be awaited where they stand. The place is cheap to judge; whether names
 * stand against it is asked of the edit itself, but only in files where they might.
 */
export function awaitableCalls(
  file: PythonFile,
  library: AsyncLibrary,
): (call: CallFact, kind: BlockingKind) => Standing {
  const { source } = file;
  let named: boolean | undefined;
  const isAwaitable = (range: TextRange, kind: BlockingKind): boolean => {
    const isSleep = kind === 'sleep';
    if (!(isSleep ? admitsAwaitSleep(source, range) : admitsMoveToThread(source, range, true))) return false;
    named ??= mayBeMisnamed(file, library);
    return !named || (isSleep ? awaitSleep : moveToThread)(source, range, library) !== undefined;
  };
  return ({ range }, kind) => ({
    awaitable: isAwaitable(range, kind),
    calledEarly: isHandedToThread(source, range),
  });
}

/** Whether the library's name may mean something else, or its import may not run; always where more names are needed. */
function mayBeMisnamed({ table, facts }: PythonFile, library: AsyncLibrary): boolean {
  if (library !== 'asyncio') return true;
  const isConditional = facts.imports.some(({ alias, conditional }) => alias === library && conditional);
  return (
    isConditional ||
    table.scopes.some(({ bindings }) =>
      bindings.get(library)?.some(binding => binding.kind !== 'import' || binding.symbol !== library),
    )
  );
}
