import type { ArgumentFact } from '../../core/python-facts.ts';
import type { NodeIndex } from '../../syntax/python/tree.ts';
import { classOfValue } from './canonical.ts';
import type { ValueReader } from './value-reader.ts';

/** What the converted value says beyond what is known of the conversion. */
export interface Conversion {
  readonly also: readonly string[];
  /** Types that it rules out. */
  readonly never: readonly string[];
}

/** Looks at the value that a call of a known callable converts; `node` and `argument` are those of the first argument. */
export type ConversionReader = (name: string, node: NodeIndex, argument: ArgumentFact | undefined) => Conversion;

const NOTHING: Conversion = { also: [], never: [] };

/** For one extraction only. */
export function createConversionReader(values: ValueReader): ConversionReader {
  return (name, node, argument) => {
    if (!CONVERSIONS.has(name) || argument === undefined) return NOTHING;
    const type = classOfValue(argument.value?.symbol);
    return { also: alsoOf(name, type, node, argument), never: neverOf(name, type) };
  };

  /** Infinity is a float or a decimal, and no integer; JSON has it as well. */
  function alsoOf(name: string, type: string | undefined, node: NodeIndex, { kind }: ArgumentFact): readonly string[] {
    if (name !== 'builtins.int' || kind === 'float') return [];
    const isInfinite = type === 'builtins.float' || type === 'decimal.Decimal' || values.isData(node);
    return isInfinite ? [OVERFLOW_ERROR] : [];
  }

  function neverOf(name: string, type: string | undefined): readonly string[] {
    if (name === 'builtins.round') {
      if (type === 'builtins.int') return [OVERFLOW_ERROR, TYPE_ERROR, VALUE_ERROR];
      return type === 'builtins.float' || type === 'decimal.Decimal' ? [TYPE_ERROR] : [];
    }
    return type !== undefined && PLAIN.has(type) ? [OVERFLOW_ERROR, TYPE_ERROR] : [];
  }
}

const OVERFLOW_ERROR = 'builtins.OverflowError';
const TYPE_ERROR = 'builtins.TypeError';
const VALUE_ERROR = 'builtins.ValueError';

/** They fail with `TypeError` for values that are neither numbers nor text. */
const CONVERSIONS: ReadonlySet<string> = new Set([
  'builtins.int',
  'builtins.float',
  'builtins.round',
  'decimal.Decimal',
]);

const PLAIN: ReadonlySet<string> = new Set(['builtins.str', 'builtins.int', 'builtins.float', 'decimal.Decimal']);
