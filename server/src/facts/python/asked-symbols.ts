import type { PythonFacts, Symbol, Value } from '../../core/python-facts.ts';
import type { Resolver } from './resolve.ts';

/** Takes down which symbols somebody was told. */
export interface AskedSymbols {
  /** Runs something that may ask. */
  during<T>(run: () => T): T;
  /** A resolver that gives the same answers. */
  through(resolver: Resolver): Resolver;
  /**
   * Those of them that calls of the file call, sorted: of no others do other files say anything.
   * @param finish makes sure that everything was asked
   */
  calledIn(facts: PythonFacts, finish: () => unknown): readonly Symbol[];
}

/** Opens a list without symbols. */
export function createAskedSymbols(): AskedSymbols {
  const asked = new Set<Symbol>();
  let isListening = false;
  const tell = (value: Value | undefined): Value | undefined => {
    if (isListening && value) asked.add(value.symbol);
    return value;
  };
  return {
    during: run => {
      isListening = true;
      try {
        return run();
      } finally {
        isListening = false;
      }
    },
    through: resolver => ({
      ...resolver,
      valueOf: node => tell(resolver.valueOf(node)),
      instanceOf: annotation => tell(resolver.instanceOf(annotation)),
      lookup: (name, at) => tell(resolver.lookup(name, at)),
      valueOfBinding: binding => tell(resolver.valueOfBinding(binding)),
      attributeOf: (scope, name) => tell(resolver.attributeOf(scope, name)),
      returnsOf: scope => resolver.returnsOf(scope).map(tell),
    }),
    calledIn: ({ calls, classes, functions }, finish) => {
      finish();
      // Rules and recognisers find these in lists, whatever they look for.
      const listed = [...functions, ...classes.flatMap(one => [one, { decorators: one.bases }])];
      for (const value of listed.flatMap(({ decorators }) => decorators)) if (value) asked.add(value.symbol);
      const called = new Set(calls.flatMap(({ callee }) => callee?.symbol ?? []));
      return [...called].filter(symbol => asked.has(symbol)).sort();
    },
  };
}
