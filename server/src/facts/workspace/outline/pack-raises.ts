import type { GuardClause, RaiseFacts, RaiseRegion, RunFact, TryGuard } from '../../../core/facts/raises.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';

/**
 * Writes what the functions of a file raise, for other files: texts for messages are left out, because a reader sees the
 * call in his own file and not what is called further down.
 */
export function writeRaises(out: ByteWriter, raises: RaiseFacts | undefined): void {
  // Module-level code of another file is run by its import, and by nothing else.
  const regions = raises?.regions.filter(region => region.function >= 0) ?? [];
  out.list(regions, region => {
    out.number(region.function);
    out.list(region.tries, out.number);
    out.list(region.types, out.string);
    out.list(region.runs, ({ symbol }) => {
      out.string(symbol);
    });
    out.number((region.unknown.length > 0 ? 1 : 0) + (region.guessed ? 2 : 0) + (region.yields ? 4 : 0));
  });
  out.list(raises?.guards ?? [], ({ clauses }) => {
    out.list(clauses, ({ types, broad, rethrows }) => {
      out.list(types, out.optionalString);
      out.number((broad ? 1 : 0) + (rethrows ? 2 : 0));
    });
  });
}

/** Reads what {@link writeRaises} wrote. */
export function readRaises(from: ByteReader): RaiseFacts {
  return { regions: from.list(() => readRegion(from)), guards: from.list(() => readGuard(from)) };
}

function readRegion(from: ByteReader): RaiseRegion {
  const index = from.number();
  const tries = from.list(from.number);
  const types = from.list(from.string);
  const runs = from.list(() => runOf(from.string()));
  const flags = from.number();
  return {
    function: index,
    tries,
    types,
    runs,
    unknown: (flags & 1) === 0 ? [] : ['…'],
    ...((flags & 2) === 0 ? {} : { guessed: true as const }),
    ...((flags & 4) === 0 ? {} : { yields: true as const }),
  };
}

/** The method's name is all that is read from the text of a call elsewhere. */
function runOf(symbol: string): RunFact {
  return { symbol, text: `${symbol.slice(symbol.lastIndexOf('.'))}()` };
}

function readGuard(from: ByteReader): TryGuard {
  return { clauses: from.list(() => readClause(from)) };
}

function readClause(from: ByteReader): GuardClause {
  const types = from.list(from.optionalString);
  const flags = from.number();
  return {
    types,
    ...((flags & 1) === 0 ? {} : { broad: true as const }),
    ...((flags & 2) === 0 ? {} : { rethrows: true as const }),
  };
}
