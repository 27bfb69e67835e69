import type { ExceptionHandlerFact } from '../../core/facts/exception-handler.ts';
import type { FileFacts } from '../../core/file-facts.ts';
import type { PythonSource } from '../../core/source-file.ts';
import { narrowHandler } from './narrow.ts';

/** Tells each broad handler of a file how well its errors are understood; see {@link ExceptionHandlerFact.narrowing}. */
export function withNarrowing(source: PythonSource, facts: FileFacts): readonly ExceptionHandlerFact[] | undefined {
  return facts.facts.exceptionHandler?.map(handler => {
    const isBroad =
      handler.breadth === 'bare' || handler.breadth === 'exception' || handler.breadth === 'baseException';
    const narrowing = isBroad && handler.form === 'except' ? outlookOf(source, facts, handler) : undefined;
    return narrowing === undefined ? handler : { ...handler, narrowing };
  });
}

function outlookOf(
  source: PythonSource,
  facts: FileFacts,
  handler: ExceptionHandlerFact,
): ExceptionHandlerFact['narrowing'] | undefined {
  const found = narrowHandler(source, facts, handler.range);
  if (found) return found.unknown.length > 0 ? 'partly' : found.guessed ? 'likely' : 'certain';
  return dependsOnOthers(facts, handler) ? 'elsewhere' : undefined;
}

/** Whether something is run that another file of the program may define. */
function dependsOnOthers({ python, raises }: FileFacts, handler: ExceptionHandlerFact): boolean {
  const index = python?.tries.find(({ bodyRange }) => bodyRange.start === handler.bodyRange.start)?.index;
  if (index === undefined || !raises) return false;
  const regions = raises.regions.filter(({ tries }) => tries.includes(index));
  return regions.some(({ runs }) => runs.some(({ symbol }) => !symbol.startsWith(':')));
}
